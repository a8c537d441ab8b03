import type { z } from 'zod';
import { derivedKey } from '../../engine/core/derivedKey.ts';
import { EngineError } from '../../engine/errors.ts';
import { changeDraft, forgetDraft, loadDraft, storeDraft } from '../../engine/operations/drafts.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { Identity } from './identify.ts';

/** Dialogs under way, kept on the server: a modal carries little, submits only its current page, and can be lost. */
export interface Drafts<Data> {
  /** @throws EngineError `draft_lost` where it is gone or somebody else's. */
  get(identity: Identity, id: string): Promise<Data>;
  /** As `get`, but null where there is none. */
  find(identity: Identity, id: string): Promise<Data | null>;
  save(identity: Identity, id: string, data: Data): Promise<void>;
  forget(identity: Identity, id: string): Promise<void>;
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
    find: async (identity, id) => {
      const parsed = schema.safeParse(await loadDraft(engine, keyOf(identity, id), kind));
      return parsed.success ? parsed.data : null;
    },
    get: async (identity, id) => parse(await loadDraft(engine, keyOf(identity, id), kind)),
    change: (identity, id, edit) => changeDraft(engine, keyOf(identity, id), kind, (stored) => edit(parse(stored))),
    forget: (identity, id) => forgetDraft(engine, keyOf(identity, id), kind),
    save: (identity, id, data) => storeDraft(engine, keyOf(identity, id), kind, data),
  };
}

/**
 * The id under which a person's draft about some subject is always found again: a window that was lost goes on where it
 * was. One person has one such draft for each subject.
 */
export function draftIdOf({ actor }: Identity, kind: string, ...subject: (number | null)[]): string {
  return derivedKey([kind, actor.organizationId, actor.userId, ...subject].join('/'));
}
