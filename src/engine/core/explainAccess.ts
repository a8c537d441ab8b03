import { type AccessFacts, type EffectiveAccess, effectiveAccess } from './effectiveAccess.ts';
import type { Parameter } from './parameter.ts';

/** A package that has the permission, as far as the person is concerned. */
export interface PackageOffer {
  number: number;
  name: string;
  state: 'active' | 'disabled';
  /** The person's membership; null where they never had it. */
  assignment: 'active' | 'former' | null;
  live: boolean;
  value: string;
  param: Parameter;
}

type Named = Pick<PackageOffer, 'number' | 'name'>;

/** What keeps a person from a permission, or from having it as they should; each has one action that would fix it. */
export type AccessPoint =
  /** The row belongs to a disabled package: enable it. */
  | { kind: 'suspended'; package: Named }
  /** Disabled by hand, which also blocks profile and rule: enable it by hand. */
  | { kind: 'denied' }
  /** A package of the person says something else: sync. */
  | { kind: 'divergent'; package: Named; value: string; param: Parameter }
  /** A package of the person has it, and it was never given, or taken away: sync. */
  | { kind: 'not_given'; package: Named; value: string; param: Parameter }
  /** A package of the person has it, but is disabled: enable it. */
  | { kind: 'package_disabled'; package: Named }
  /** The person had a package that has it: re-assign. */
  | { kind: 'former'; package: Named }
  /** It was removed from a package of the person: put it back. */
  | { kind: 'removed'; package: Named }
  /** Nothing gives it: assign one of the packages that have it, or grant it by hand. */
  | { kind: 'no_source'; packages: Named[] };

/** Packages offered where nothing gives the permission; the person who fixes it wants a few, not all. */
const OFFERED = 3;

export interface PermissionExplanation {
  effective: EffectiveAccess | null;
  points: AccessPoint[];
}

/** One permission of an application: why the person has it as they do, and what would change that (DOMAIN 2 and 3). */
export function explainPermission(facts: AccessFacts, packages: readonly PackageOffer[]): PermissionExplanation {
  const effective = effectiveAccess(facts);
  if (facts.founder) return { effective, points: [] };
  const { row, sourceState } = facts;
  const mine = packages.filter(({ assignment, state, live }) => assignment === 'active' && state === 'active' && live);
  if (row?.active) {
    const source = packages.find(({ number }) => number === row.packageNumber);
    const suspended =
      row.packageNumber !== null && sourceState === 'disabled'
        ? [{ kind: 'suspended' as const, package: source ? named(source) : { number: row.packageNumber, name: '' } }]
        : [];
    // A row of another package is managed from there
    const differing = mine.filter(
      ({ number, value, param }) =>
        (row.packageNumber === null || row.packageNumber === number) && (value !== row.value || param !== row.param),
    );
    return { effective, points: [...suspended, ...differing.map((each) => wants('divergent', each))] };
  }
  if (row?.reason === 'manual') return { effective, points: [{ kind: 'denied' }] };
  const missing = mine.map((each) => wants('not_given', each));
  if (effective || missing.length > 0) return { effective, points: missing };
  return { effective, points: [nearest(packages)] };
}

/** The best reason why nobody gives the permission: the nearer to giving it, the earlier. */
function nearest(packages: readonly PackageOffer[]): AccessPoint {
  const disabled = packages.find(({ assignment, live }) => assignment === 'active' && live);
  if (disabled) return { kind: 'package_disabled', package: named(disabled) };
  const former = packages.find(({ assignment, live, state }) => assignment === 'former' && live && state === 'active');
  if (former) return { kind: 'former', package: named(former) };
  const removed = packages.find(({ assignment, live }) => assignment === 'active' && !live);
  if (removed) return { kind: 'removed', package: named(removed) };
  const offers = packages.filter(({ assignment, live, state }) => assignment === null && live && state === 'active');
  return { kind: 'no_source', packages: offers.slice(0, OFFERED).map(named) };
}

function named({ number, name }: PackageOffer): Named {
  return { number, name };
}

function wants(kind: 'divergent' | 'not_given', offer: PackageOffer): AccessPoint {
  return { kind, package: named(offer), value: offer.value, param: offer.param };
}

/** Whether the person can open the application at all. */
export type Verdict = 'founder' | 'open' | 'main_missing' | 'nothing';

/**
 * The verdict of a whole application from its permissions (DOMAIN 2: nothing can be used without MAIN, where there is
 * one).
 */
export function accessVerdict(
  founder: boolean,
  permissions: readonly { main: boolean; effective: EffectiveAccess | null }[],
): Verdict {
  if (founder) return 'founder';
  if (permissions.every(({ effective }) => effective === null)) return 'nothing';
  return permissions.some(({ main, effective }) => main && effective === null) ? 'main_missing' : 'open';
}
