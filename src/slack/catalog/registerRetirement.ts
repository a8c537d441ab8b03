import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import { restoreEntry, retireEntry } from '../../engine/operations/retirement.ts';
import { type EntryRef, previewRetirement } from '../../engine/readModels/catalogForms.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import { baseOf } from './registerForms.ts';
import { retireView } from './retireView.ts';

type Action = ScreenState<typeof SCREENS.catalogRetire>['action'];

const ACTION = z.enum(['retire', 'restore']);

/** Opens the confirmation of retiring an entry, or of bringing it back. */
export type OpenRetirement = (interaction: Interaction, entry: EntryRef, action: Action) => Promise<void>;

/** Retiring applications, permissions and structures, and bringing them back. */
export function registerRetirement({ engine, screens, listeners }: FeatureKit): OpenRetirement {
  /** @throws EngineError `nothing_changed` where it is so already, or what must come back first. */
  async function preview(actor: Actor, { kind, id, action }: EntryRef & { action: Action }) {
    const found = await previewRetirement(engine, actor, { kind, id });
    const { retired, above } = found.entry;
    if (retired !== (action === 'restore')) throw new EngineError('nothing_changed', {});
    if (retired && above) throw above;
    return found;
  }

  screens.register(SCREENS.catalogRetire, async ({ actor, texts }, state) =>
    retireView(texts, actor, await preview(actor, state)),
  );

  const open: OpenRetirement = ({ stage, view }, entry, action) => {
    const base = baseOf(getState(SCREENS.catalog, view));
    return stage.show(SCREENS.catalogRetire, { ...entry, action, key: randomUUID(), base });
  };
  listeners.action(
    ACTIONS.catalogRetire,
    { opens: true, value: z.object({ kind: z.literal('application'), id: z.number().int(), action: ACTION }) },
    (interaction, { action, ...entry }) => open(interaction, entry, action),
  );

  listeners.submission(SCREENS.catalogRetire, async ({ identity, stage, whisper }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    const { kind, id, action, key, base } = state;
    const { blocked } = await preview(actor, state);
    // Somebody began to use it while the window was open
    if (blocked) return { drawn: await screens.draw(identity, SCREENS.catalogRetire, state) };
    return {
      close: true,
      work: async () => {
        const command = { actor, key, entry: { kind, id } };
        const { outcome } = await (action === 'retire' ? retireEntry : restoreEntry)(engine, command);
        const note = texts.catalog.done[action](`*${escapeText(outcome.name)}*`);
        if (!(await stage.refreshBelow(SCREENS.catalog, { ...base, note }))) await whisper(note);
      },
    };
  });

  return open;
}
