import {
  type DraftKey,
  deleteDraft,
  deleteOldDrafts,
  findDraft,
  lockDraft,
  saveDraft,
} from '../../persistence/drafts.ts';
import type { EngineContext } from './runOperation.ts';

/** Days that an untouched draft is kept. */
const DRAFT_LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** Stores a dialog under way. A draft of somebody else, or of another kind, is never touched. */
export function storeDraft(context: EngineContext, key: DraftKey, kind: string, data: object): Promise<void> {
  return saveDraft(context.database.prisma, key, kind, data, context.now());
}

/** A dialog under way, unparsed; null where it is gone or somebody else's. */
export function loadDraft(context: EngineContext, key: DraftKey, kind: string): Promise<unknown> {
  return findDraft(context.database.prisma, key, kind);
}

/**
 * Changes a dialog under way: what `edit` makes of it is stored, and nobody else changes it meanwhile, be it in another
 * process. `edit` gets null where the draft is gone or somebody else's, and refuses then.
 */
export function changeDraft<Data extends object>(
  context: EngineContext,
  key: DraftKey,
  kind: string,
  edit: (data: unknown) => Data | Promise<Data>,
): Promise<Data> {
  return context.database.prisma.$transaction(async (transaction) => {
    const data = await edit(await lockDraft(transaction, key, kind));
    await saveDraft(transaction, key, kind, data, context.now());
    return data;
  });
}

/** Forgets a dialog that has come to its end. */
export function forgetDraft(context: EngineContext, key: DraftKey, kind: string): Promise<void> {
  return deleteDraft(context.database.prisma, key, kind);
}

/** Forgets drafts that nobody has touched for a week. @returns how many. */
export function forgetOldDrafts(context: EngineContext): Promise<number> {
  return deleteOldDrafts(context.database.prisma, new Date(context.now().getTime() - DRAFT_LIFETIME_MS));
}
