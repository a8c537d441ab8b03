import type { Divergence, StatusKind } from '../engine/core/statusTable.ts';
import { Prisma } from './database.ts';

/**
 * The status of DOMAIN 3 in SQL, for counts, pages and scans over many people: one small integer, four times the row of
 * the table plus what differs (1 value, 2 parameter; rows 5 and 8 alone). A property test holds it equal to
 * `classifyStatus`.
 *
 * Expects in scope: `person(founder, assignment)`, `wanted(value, param, live)` for the package's permission,
 * `held(user_id, active, reason, package_number, value, param)` for the row, and `by_profile.user_id`,
 * `by_rule.user_id`, null where there is none.
 */
export function statusCode(packageNumber: number): Prisma.Sql {
  const difference = Prisma.sql`(CASE WHEN held.value = wanted.value THEN 0 ELSE 1 END
    + CASE WHEN held.param = wanted.param THEN 0 ELSE 2 END)`;
  return Prisma.sql`(CASE
    WHEN person.founder THEN 4
    WHEN held.active THEN CASE
      WHEN held.package_number IS NOT NULL AND held.package_number <> ${packageNumber}::int THEN 8
      WHEN held.package_number IS NOT NULL THEN CASE
        WHEN NOT wanted.live THEN 12
        WHEN held.value = wanted.value AND held.param = wanted.param THEN 16
        ELSE 20 + ${difference} END
      WHEN NOT wanted.live THEN 24
      WHEN held.value = wanted.value AND held.param = wanted.param THEN 28
      ELSE 32 + ${difference} END
    WHEN held.reason = 'manual' THEN 36
    WHEN by_profile.user_id IS NOT NULL THEN 40
    WHEN by_rule.user_id IS NOT NULL THEN 44
    WHEN held.user_id IS NOT NULL AND NOT wanted.live THEN 48
    WHEN person.assignment = 'former' THEN 52
    WHEN held.user_id IS NULL OR held.reason IN ('unassignment', 'removal') THEN 56
    ELSE 60 END)`;
}

const KIND_OF_ROW: readonly StatusKind[] = [
  'undefined_exception',
  'founder',
  'other_package',
  'active_legacy',
  'active',
  'divergent',
  'active_manual',
  'manual_coincident',
  'divergent_manual',
  'disabled_manual',
  'profile',
  'rule',
  'archived',
  'disabled_assignment',
  'not_granted',
  'undefined_exception',
];

const DIVERGENCES: readonly (Divergence | null)[] = [null, 'value', 'param', 'all'];

/** What a code of {@link statusCode} means; `live` is the package permission's dot. */
export function statusOfCode(code: number, live: boolean): { kind: StatusKind; divergence: Divergence | null } {
  const kind = KIND_OF_ROW[code >> 2] ?? 'undefined_exception';
  return {
    kind: kind === 'disabled_manual' && !live ? 'archived' : kind,
    divergence: DIVERGENCES[code & 3] ?? null,
  };
}

/** The codes, without their difference, of some statuses of live permissions: `code >> 2` is one of these. */
export function rowsOfKinds(kinds: readonly StatusKind[]): number[] {
  return KIND_OF_ROW.flatMap((kind, row) => (kinds.includes(kind) ? [row] : []));
}
