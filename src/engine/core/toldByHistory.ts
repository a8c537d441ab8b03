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
