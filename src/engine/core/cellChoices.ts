import { STATUS_KINDS, STATUS_TABLE, type StatusKind } from './statusTable.ts';

/**
 * Which cells (person × permission) of a list are chosen: those of some statuses whose person fits a search, and single
 * ones decided the other way. Ten thousand choices are stored as what was pressed, not as ten thousand rows.
 */
export interface CellChoices {
  kinds: readonly StatusKind[];
  /** Search text that the person must fit; empty: everybody. */
  text: string;
  exceptions: readonly CellException[];
}

/** One cell decided by hand. */
export interface CellException {
  userId: number;
  permissionId: number;
  chosen: boolean;
}

/** The statuses that can be synced where assignment, permission and package allow it (DOMAIN 3). */
export const SYNCABLE = STATUS_KINDS.filter((kind) => STATUS_TABLE[kind].refusal === null);

/** What the controls of a sync page choose (DOMAIN 4). */
export const SYNC_CONTROLS = {
  /** Sync where nobody has decided otherwise: not granted, and divergence of rows that the package owns. */
  defaults: SYNCABLE.filter((kind) => STATUS_TABLE[kind].syncDefault === 'sync'),
  eligible: SYNCABLE,
  divergent: ['divergent', 'divergent_manual'],
  none: [],
} as const satisfies Record<string, readonly StatusKind[]>;

export type SyncControl = keyof typeof SYNC_CONTROLS;

/** Exceptions with one more cell decided. */
export function decideCell(exceptions: readonly CellException[], decided: CellException): CellException[] {
  return [...exceptions.filter((each) => !isSameCell(each, decided)), decided];
}

/** Whether two references mean the same cell. */
export function isSameCell(
  a: { userId: number; permissionId: number },
  b: { userId: number; permissionId: number },
): boolean {
  return a.userId === b.userId && a.permissionId === b.permissionId;
}
