import type { RecordedKind } from './recordedKinds.ts';

/**
 * Kinds of operations whose history says of every person what the operation overwrote, row by row, and that leave
 * profiles, rules and the state of packages alone. So what people had before them can be worked out later, when they
 * are told: these operations, the largest there are, remember nothing for it.
 */
const TOLD_BY_HISTORY: ReadonlySet<RecordedKind> = new Set([
  ...(['assign_package', 'unassign_package', 'sync_package', 'remove_permission', 'grant_permission'] as const),
]);

/** Whether what people had before an operation is worked out from its history. */
export function isToldByHistory(kind: RecordedKind): boolean {
  return TOLD_BY_HISTORY.has(kind);
}

/** Kinds that change nothing of anybody's access, nor of what decides about it: they wait for no history to be read. */
const WITHOUT_ACCESS: ReadonlySet<RecordedKind> = new Set([
  ...(['create_request', 'approve_request', 'reject_request', 'cancel_request', 'retry_request'] as const),
  ...(['revise_request', 'outdate_request', 'expire_request', 'fail_request'] as const),
  ...(['set_policy', 'remove_policy', 'delegate', 'end_delegation'] as const),
  ...(['set_drift_channel', 'snooze_drift', 'end_snooze', 'accept_drift'] as const),
]);

/** Whether what people have, and why, is after an operation as it was before. */
export function leavesAccessAlone(kind: RecordedKind): boolean {
  return WITHOUT_ACCESS.has(kind);
}
