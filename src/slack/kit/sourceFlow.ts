import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SourceChange } from '../../engine/core/sourceChange.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { type Drafts, draftsOf } from './drafts.ts';
import type { Identity } from './identify.ts';
import type { SCREENS, ScreenState } from './screenRefs.ts';

/** A change of a profile, a rule or a group that waits for its confirmation; the draft's id is the operation's key. */
export const SourceDraft = z.object({
  change: SourceChange,
  /** The plan last shown, and how many people's access it changes. */
  planHash: z.string(),
  people: z.number().int(),
});

export type SourceDraft = z.infer<typeof SourceDraft>;
type PreviewState = ScreenState<typeof SCREENS.sourcePreview>;

/** How a feature leads to the preview of a change. */
export interface SourceFlow {
  drafts: Drafts<SourceDraft>;
  /** Keeps a change, and gives the state of the screen that shows what it would do. */
  begin(identity: Identity, change: SourceChange, form?: PreviewState['form']): Promise<PreviewState>;
}

/** The way to the preview that profiles, rules and groups share. */
export function createSourceFlow(engine: EngineContext): SourceFlow {
  const drafts = draftsOf(engine, 'source_change', SourceDraft);
  return {
    drafts,
    async begin(identity, change, form = null) {
      const draft = randomUUID();
      await drafts.save(identity, draft, { change: SourceChange.parse(change), planHash: '', people: 0 });
      return { draft, page: 0, moved: false, form };
    },
  };
}
