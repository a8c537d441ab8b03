import { type DraftKey, deleteOldDrafts, findDraft, saveDraft } from '../../persistence/drafts.ts';
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

/** Forgets drafts that nobody has touched for a week. @returns how many. */
export function forgetOldDrafts(context: EngineContext): Promise<number> {
  return deleteOldDrafts(context.database.prisma, new Date(context.now().getTime() - DRAFT_LIFETIME_MS));
}
