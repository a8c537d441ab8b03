import { NO_STRUCTURES, type Parameter } from './parameter.ts';
import { type Divergence, STATUS_TABLE, type StatusKind, type SyncRefusal } from './statusTable.ts';

/** Access that a profile or a rule gives. */
export interface Grant {
  name: string;
  value: string;
  param: Parameter;
}

/** A user's own authorization row. */
export type AuthorizationRow =
  | { active: true; value: string; param: Parameter; packageNumber: number | null }
  | {
      active: false;
      value: string;
      param: Parameter;
      packageNumber: number | null;
      reason: 'manual' | 'unassignment' | 'removal';
    };

/** Everything that the status of (package, user, permission) depends on. */
export interface StatusFacts {
  founder: boolean;
  /** When the person left the organization; null while they are here. */
  left: Date | null;
  package: { number: number; state: 'active' | 'disabled' };
  assignment: 'active' | 'former';
  /** The permission as the package has it; `live: false` is a red dot. */
  permission: { live: boolean; value: string; param: Parameter };
  row: AuthorizationRow | null;
  /** The best profile that gives the permission: highest level, ties by name. */
  profile: Grant | null;
  /** The best rule that gives it. */
  rule: Grant | null;
}

/** A source of access that would have counted, had a stronger one not decided. */
export type LostSource =
  | { source: 'row'; row: AuthorizationRow }
  | { source: 'profile'; grant: Grant }
  | { source: 'rule'; grant: Grant };

export interface Status {
  kind: StatusKind;
  /** The row of the table of DOMAIN 3 that decided: 1 to 15. */
  decidedBy: number;
  /** How the person's value and parameter differ from the package's; null where they do not, or it does not matter. */
  divergence: Divergence | null;
  syncable: boolean;
  /** Why it is not syncable; null where it is. */
  refusal: SyncRefusal | null;
  /** Sources that lost, in the order of their strength. */
  lost: LostSource[];
}

/** The status of (package, user, permission): DOMAIN 3, first match wins. Total: every combination of facts answers. */
export function classifyStatus(facts: StatusFacts): Status {
  const { kind, decidedBy } = decide(facts);
  const refusal = refusalOf(kind, facts);
  return {
    kind,
    decidedBy,
    divergence: kind === 'divergent' || kind === 'divergent_manual' ? divergenceOf(facts) : null,
    syncable: refusal === null,
    refusal,
    lost: lostSources(facts, decidedBy),
  };
}

function decide({ founder, package: pack, assignment, permission, row, profile, rule }: StatusFacts): {
  kind: StatusKind;
  decidedBy: number;
} {
  if (founder) return { kind: 'founder', decidedBy: 1 };
  if (row?.active) {
    const same = row.value === permission.value && row.param === permission.param;
    if (row.packageNumber !== null && row.packageNumber !== pack.number) return { kind: 'other_package', decidedBy: 2 };
    if (row.packageNumber !== null) {
      if (!permission.live) return { kind: 'active_legacy', decidedBy: 3 };
      return same ? { kind: 'active', decidedBy: 4 } : { kind: 'divergent', decidedBy: 5 };
    }
    if (!permission.live) return { kind: 'active_manual', decidedBy: 6 };
    return same ? { kind: 'manual_coincident', decidedBy: 7 } : { kind: 'divergent_manual', decidedBy: 8 };
  }
  if (row?.reason === 'manual') return { kind: permission.live ? 'disabled_manual' : 'archived', decidedBy: 9 };
  if (profile) return { kind: 'profile', decidedBy: 10 };
  if (rule) return { kind: 'rule', decidedBy: 11 };
  if (row && !permission.live) return { kind: 'archived', decidedBy: 12 };
  if (assignment === 'former') return { kind: 'disabled_assignment', decidedBy: 13 };
  if (!row || row.reason === 'unassignment' || row.reason === 'removal') return { kind: 'not_granted', decidedBy: 14 };
  // Types say that nothing is left; data that got past them still gets an answer
  return { kind: 'undefined_exception', decidedBy: 15 };
}

/** Re-assigning a former member who left is refused too: that they left is what keeps them from it. */
function refusalOf(kind: StatusKind, facts: StatusFacts): SyncRefusal | null {
  const { refusal } = STATUS_TABLE[kind];
  return refusal === null || refusal === 'former_member' ? overridingRefusal(facts) : refusal;
}

/**
 * Over all of it, nothing is syncable for a former member, a removed permission or a disabled package (DOMAIN 3), nor
 * for people who left, to whom nothing is given.
 */
function overridingRefusal({ left, assignment, permission, package: pack }: StatusFacts): SyncRefusal | null {
  if (left !== null) return 'person_left';
  if (assignment === 'former') return 'former_member';
  if (!permission.live) return 'permission_removed';
  if (pack.state === 'disabled') return 'package_disabled';
  return null;
}

function divergenceOf({ row, permission }: StatusFacts): Divergence {
  const value = row?.value !== permission.value;
  const param = (row?.param ?? NO_STRUCTURES) !== permission.param;
  if (value && param) return 'all';
  return value ? 'value' : 'param';
}

function lostSources({ row, profile, rule }: StatusFacts, decidedBy: number): LostSource[] {
  const sources: (LostSource & { from: number; to: number })[] = [];
  if (row) sources.push({ source: 'row', row, from: 2, to: 9 });
  if (profile) sources.push({ source: 'profile', grant: profile, from: 10, to: 10 });
  if (rule) sources.push({ source: 'rule', grant: rule, from: 11, to: 11 });
  return sources
    .filter(({ from, to }) => decidedBy < from || decidedBy > to)
    .map(({ from: _from, to: _to, ...source }) => source);
}
