import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { SyncQuestion } from '../../engine/readModels/sync.ts';
import { draftIdOf, draftsOf } from '../kit/drafts.ts';
import type { Identity } from '../kit/identify.ts';
import { SyncDraft, startSync } from './syncDraft.ts';

/** The syncs that people have under way: one of each person for each scope. */
export interface SyncDrafts {
  /** The draft about a scope: the one under way, or a new one. */
  of(identity: Identity, scope: SyncQuestion): Promise<SyncDraft>;
  save(identity: Identity, scope: SyncQuestion, draft: SyncDraft): Promise<void>;
  /** @throws EngineError `draft_lost` where there is none. */
  change(identity: Identity, scope: SyncQuestion, edit: (draft: SyncDraft) => SyncDraft): Promise<void>;
}

/** Keeps the drafts of syncs. */
export function syncDrafts(engine: EngineContext): SyncDrafts {
  const drafts = draftsOf(engine, 'sync', SyncDraft);
  const idOf = (identity: Identity, { number, permissionId, userId }: SyncQuestion) =>
    draftIdOf(identity, 'sync', number, permissionId, userId);
  const save: SyncDrafts['save'] = (identity, scope, draft) => drafts.save(identity, idOf(identity, scope), draft);
  return {
    save,
    async of(identity, scope) {
      const found = await drafts.find(identity, idOf(identity, scope));
      if (found) return found;
      const begun = startSync();
      await save(identity, scope, begun);
      return begun;
    },
    async change(identity, scope, edit) {
      await drafts.change(identity, idOf(identity, scope), edit);
    },
  };
}
