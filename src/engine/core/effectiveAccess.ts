import { ALL_STRUCTURES, NO_STRUCTURES, type Parameter } from './parameter.ts';
import type { AuthorizationRow, Grant } from './status.ts';

/** Everything that a person's access to one permission depends on. */
export interface AccessFacts {
  founder: boolean;
  /** The highest level of the permission, and `*` where it takes structures: what a founder has. */
  full: { value: string; param: Parameter };
  row: AuthorizationRow | null;
  /** State of the package that owns the row; irrelevant for a manual row. */
  sourceState: 'active' | 'disabled';
  profile: Grant | null;
  rule: Grant | null;
}

/** What a person can really do, and the source in the words of the `effective_access` view. */
export interface EffectiveAccess {
  value: string;
  param: Parameter;
  source: string;
}

/**
 * DOMAIN 2, first match wins: founder, active row (manual, or of an active package), explicit manual disable, profile,
 * rule, nothing. The view `effective_access` says the same in SQL; a test holds the two equal.
 */
export function effectiveAccess(facts: AccessFacts): EffectiveAccess | null {
  const { founder, full, row, sourceState, profile, rule } = facts;
  if (founder) return { ...full, source: 'founder' };
  if (row?.active && (row.packageNumber === null || sourceState === 'active')) {
    const source = row.packageNumber === null ? 'manual' : `package:${row.packageNumber}`;
    return { value: row.value, param: row.param, source };
  }
  if (row && !row.active && row.reason === 'manual') return null;
  if (profile) return { value: profile.value, param: profile.param, source: `profile:${profile.name}` };
  if (rule) return { value: rule.value, param: rule.param, source: `rule:${rule.name}` };
  return null;
}

/** What a founder has of a permission: its highest level, and every structure where it takes any. */
export function fullAccess({ levels, scope }: { levels: readonly string[]; scope: 'none' | 'structures' }): {
  value: string;
  param: Parameter;
} {
  return { value: levels.at(-1) ?? '', param: scope === 'structures' ? ALL_STRUCTURES : NO_STRUCTURES };
}
