import type { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { changeDraft, loadDraft, storeDraft } from '../../engine/operations/drafts.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { Identity } from './identify.ts';

/** Dialogs under way, kept on the server: a modal carries little, submits only its current page, and can be lost. */
export interface Drafts<Data> {
  /** @throws EngineError `draft_lost` where it is gone or somebody else's. */
  get(identity: Identity, id: string): Promise<Data>;
  save(identity: Identity, id: string, data: Data): Promise<void>;
  /** Changes a draft that two clicks, or two processes, may be changing at once. @throws EngineError `draft_lost`. */
  change(identity: Identity, id: string, edit: (data: Data) => Data | Promise<Data>): Promise<Data>;
}

/** The drafts of one kind of dialog; what comes back is parsed, because an older version may have written it. */
export function draftsOf<Data extends object>(
  engine: EngineContext,
  kind: string,
  schema: z.ZodType<Data>,
): Drafts<Data> {
  const keyOf = ({ actor }: Identity, id: string) => ({
    organizationId: actor.organizationId,
    userId: actor.userId,
    id,
  });
  function parse(stored: unknown): Data {
    const parsed = schema.safeParse(stored);
    if (!parsed.success) throw new EngineError('draft_lost', {});
    return parsed.data;
  }
  return {
    get: async (identity, id) => parse(await loadDraft(engine, keyOf(identity, id), kind)),
    change: (identity, id, edit) => changeDraft(engine, keyOf(identity, id), kind, (stored) => edit(parse(stored))),
    save: (identity, id, data) => storeDraft(engine, keyOf(identity, id), kind, data),
  };
}
