import type { SyncOutcome } from '../../engine/operations/syncPackage.ts';
import type { Texts } from '../kit/texts/index.ts';

/** The outcome of a sync in sentences, counts first. */
export function syncDone(texts: Texts, pack: string, outcome: SyncOutcome): string[] {
  return [
    texts.sync.done(outcome.written, outcome.people, pack),
    ...(outcome.owners > 0 ? [texts.sync.plan.owners(outcome.owners)] : []),
    ...(outcome.skipped > 0 ? [texts.sync.plan.skipped(outcome.skipped)] : []),
    texts.assign.done.logOut,
  ];
}
