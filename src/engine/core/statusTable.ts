/** How a person's authorization differs from the package's: in its value, its parameter, or both. */
export type Divergence = 'value' | 'param' | 'all';

/** Why a permission cannot be synced from this package. */
export type SyncRefusal =
  | 'founder'
  | 'other_package'
  | 'manage_permissions'
  | 'in_sync'
  | 'archived'
  | 'former_member'
  | 'person_left'
  | 'permission_removed'
  | 'package_disabled'
  | 'unclassified';

export type StatusKind =
  | 'founder'
  | 'other_package'
  | 'active_legacy'
  | 'active'
  | 'divergent'
  | 'active_manual'
  | 'manual_coincident'
  | 'divergent_manual'
  | 'disabled_manual'
  | 'archived'
  | 'profile'
  | 'rule'
  | 'disabled_assignment'
  | 'not_granted'
  | 'undefined_exception';

interface StatusRow {
  /** The table row of DOMAIN 3 that gives this status first. */
  row: number;
  /** Why it is never syncable; null: it is, unless assignment, permission or package forbid it. */
  refusal: SyncRefusal | null;
  /** What the sync page proposes where the status is syncable (DOMAIN 4). */
  syncDefault: 'sync' | 'skip' | null;
  /**
   * What assigning does to it: `write` at once, ask (`conflict`: Keep Package or Keep Original), or `nothing`.
   * Only live permissions are assigned, so the statuses of removed ones say `nothing`.
   */
  onAssign: 'write' | 'conflict' | 'nothing';
}

/** Everything that follows from a status, in one place. No branch elsewhere repeats it. */
export const STATUS_TABLE = {
  founder: { row: 1, refusal: 'founder', syncDefault: null, onAssign: 'nothing' },
  other_package: { row: 2, refusal: 'other_package', syncDefault: null, onAssign: 'conflict' },
  active_legacy: { row: 3, refusal: 'manage_permissions', syncDefault: null, onAssign: 'nothing' },
  active: { row: 4, refusal: 'in_sync', syncDefault: null, onAssign: 'nothing' },
  divergent: { row: 5, refusal: null, syncDefault: 'sync', onAssign: 'write' },
  active_manual: { row: 6, refusal: 'manage_permissions', syncDefault: null, onAssign: 'nothing' },
  manual_coincident: { row: 7, refusal: null, syncDefault: 'skip', onAssign: 'conflict' },
  divergent_manual: { row: 8, refusal: null, syncDefault: 'skip', onAssign: 'conflict' },
  disabled_manual: { row: 9, refusal: null, syncDefault: 'skip', onAssign: 'conflict' },
  profile: { row: 10, refusal: null, syncDefault: 'skip', onAssign: 'conflict' },
  rule: { row: 11, refusal: null, syncDefault: 'skip', onAssign: 'conflict' },
  archived: { row: 12, refusal: 'archived', syncDefault: null, onAssign: 'nothing' },
  disabled_assignment: { row: 13, refusal: 'former_member', syncDefault: null, onAssign: 'write' },
  not_granted: { row: 14, refusal: null, syncDefault: 'sync', onAssign: 'write' },
  undefined_exception: { row: 15, refusal: 'unclassified', syncDefault: null, onAssign: 'nothing' },
} as const satisfies Record<StatusKind, StatusRow>;

/** Every status, in the order of the table. */
export const STATUS_KINDS = Object.keys(STATUS_TABLE) as StatusKind[];

/** The statuses that assigning asks about. */
export const CONFLICTS = STATUS_KINDS.filter((kind) => STATUS_TABLE[kind].onAssign === 'conflict');

/** The statuses that assigning writes over without asking. */
export const WRITTEN_ON_ASSIGN = STATUS_KINDS.filter((kind) => STATUS_TABLE[kind].onAssign === 'write');
