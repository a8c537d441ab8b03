import { EngineError } from '../errors.ts';
import { hashOf } from './canonicalJson.ts';
import { type AccessFacts, type EffectiveAccess, effectiveAccess } from './effectiveAccess.ts';
import type { Parameter } from './parameter.ts';
import { type AuthorizationRow, classifyStatus, type Grant, type Status, type StatusFacts } from './status.ts';

/** What an administrator does to one permission of one person by hand. `set` also changes a value or parameter. */
export type GrantChange = { kind: 'set'; value: string; param: Parameter } | { kind: 'disable' } | { kind: 'enable' };

/** A package of the person that has the permission, live or removed. */
export interface HoldingPackage extends Pick<StatusFacts, 'left' | 'package' | 'assignment' | 'permission'> {
  name: string;
}

/** The permission as its application defines it. */
export interface PermissionTerms {
  /** Lowest first. */
  levels: readonly string[];
  scope: 'none' | 'structures';
  /** Can only be disabled any more. */
  retired?: boolean;
}

/** Everything that a change by hand depends on. */
export interface ManualGrantFacts {
  /** Names for refusals. */
  user: string;
  permission: string;
  levels: readonly string[];
  access: AccessFacts;
  packages: readonly HoldingPackage[];
  /** What the person has besides in the application, and whether it has a MAIN permission at all. */
  application: { isMain: boolean; hasMain: boolean; mainHeld: boolean; othersHeld: boolean };
}

/** What a package of the person shows before and after, with the facts behind the badge afterwards. */
export interface PackageOutlook {
  name: string;
  before: Status;
  after: Status;
  factsBefore: StatusFacts;
  factsAfter: StatusFacts;
}

/** What a change by hand will do; shown before it is confirmed, and written as it is. */
export interface ManualGrantPlan {
  /** The row as it is; null where there is none. */
  held: AuthorizationRow | null;
  /** The row as it will be written. */
  row: AuthorizationRow;
  before: EffectiveAccess | null;
  after: EffectiveAccess | null;
  /** Whether the person can do more, less or something else afterwards; a new source alone is no change of access. */
  accessChanges: boolean;
  /** What an explicit disable keeps from giving access. */
  blocked: { profile: Grant | null; rule: Grant | null };
  packages: PackageOutlook[];
  /** Whether the person will have something in the application, but not the MAIN permission that opens it. */
  lacksMain: boolean;
  /** Identifies everything that was shown. */
  hash: string;
}

/**
 * Plans a change by hand (DOMAIN 4, Manage Permissions). The row becomes `manual`; disabling keeps its value and
 * parameter, and where there is no row it writes the lowest level, inactive: an explicit deny.
 * @throws EngineError `founder_untouchable`, `nothing_to_enable`, `nothing_changed`.
 */
export function planManualGrant(facts: ManualGrantFacts, change: GrantChange): ManualGrantPlan {
  const { access, application } = facts;
  if (access.founder) throw new EngineError('founder_untouchable', { user: facts.user });
  const row = rowAfter(facts, change);
  if (access.row && isSameRow(access.row, row)) throw new EngineError('nothing_changed', {});
  const before = effectiveAccess(access);
  const after = effectiveAccess({ ...access, row });
  const hasAny = after !== null || application.othersHeld;
  const opens = application.isMain ? after !== null : application.mainHeld;
  const plan = {
    held: access.row,
    row,
    before,
    after,
    accessChanges: before?.value !== after?.value || before?.param !== after?.param,
    blocked: row.active ? { profile: null, rule: null } : { profile: access.profile, rule: access.rule },
    packages: facts.packages.map((each) => outlook(each, access, row)),
    lacksMain: application.hasMain && hasAny && !opens,
  };
  return { ...plan, hash: hashPlan(plan) };
}

/** Which changes a permission offers: those that would change something. A founder's offers none. */
export function offeredChanges(
  { founder, row }: AccessFacts,
  terms: PermissionTerms,
): Record<GrantChange['kind'], boolean> {
  if (founder) return { set: false, disable: false, enable: false };
  const enable = row !== null && !row.active && terms.levels.includes(row.value) && !terms.retired;
  const isManual = row?.active === true && row.packageNumber === null;
  return {
    set: !terms.retired && (!isPlainSwitch(terms) || !(enable || isManual)),
    disable: !(row !== null && !row.active && row.reason === 'manual'),
    enable,
  };
}

/** What the one switch of a Simple App Mode application does: off where the person has access, else on. */
export function switchedChange(access: AccessFacts, terms: PermissionTerms): GrantChange['kind'] {
  if (effectiveAccess(access)) return 'disable';
  return offeredChanges(access, terms).enable ? 'enable' : 'set';
}

/** Whether the permission is on or off and nothing else: one level, and no structures. */
export function isPlainSwitch({ levels, scope }: PermissionTerms): boolean {
  return levels.length === 1 && scope === 'none';
}

function rowAfter({ access: { row }, levels, permission }: ManualGrantFacts, change: GrantChange): AuthorizationRow {
  if (change.kind === 'set') return { active: true, value: change.value, param: change.param, packageNumber: null };
  if (change.kind === 'disable') {
    const kept = { value: row?.value ?? levels[0] ?? '', param: row?.param ?? '' };
    return { active: false, ...kept, packageNumber: null, reason: 'manual' };
  }
  if (row === null) throw new EngineError('nothing_to_enable', { permission });
  // An active row needs no enabling, whoever owns it
  if (row.active) throw new EngineError('nothing_changed', {});
  return { active: true, value: row.value, param: row.param, packageNumber: null };
}

function isSameRow(a: AuthorizationRow, b: AuthorizationRow): boolean {
  const reasonOf = (row: AuthorizationRow) => (row.active ? null : row.reason);
  return (
    reasonOf(a) === reasonOf(b) && a.value === b.value && a.param === b.param && a.packageNumber === b.packageNumber
  );
}

function outlook({ name, ...holding }: HoldingPackage, access: AccessFacts, row: AuthorizationRow): PackageOutlook {
  const { founder, profile, rule } = access;
  const factsBefore = { founder, ...holding, row: access.row, profile, rule };
  const factsAfter = { ...factsBefore, row };
  return { name, before: classifyStatus(factsBefore), after: classifyStatus(factsAfter), factsBefore, factsAfter };
}

function hashPlan(plan: Omit<ManualGrantPlan, 'hash'>): string {
  return hashOf({
    held: plan.held && { ...plan.held },
    row: { ...plan.row },
    before: plan.before && { ...plan.before },
    after: plan.after && { ...plan.after },
    blocked: [plan.blocked.profile?.name ?? null, plan.blocked.rule?.name ?? null],
    packages: plan.packages.map(({ before, after, factsAfter }) => ({
      ...{
        package: { ...factsAfter.package },
        assignment: factsAfter.assignment,
        permission: { ...factsAfter.permission },
      },
      ...{ before: before.decidedBy, after: after.decidedBy },
    })),
    lacksMain: plan.lacksMain,
  });
}
