import { Prisma } from './database.ts';

/**
 * The common table expressions that every set-based question about a package begins with: `wanted` (its permissions),
 * and the best profile and rule for each (user, permission) of them, highest level first, ties by name.
 *
 * @param onlyLive leaves removed permissions out.
 */
export function packageCtes(organizationId: number, packageNumber: number, onlyLive: boolean): Prisma.Sql {
  return Prisma.sql`
    wanted AS MATERIALIZED (
      SELECT permission_id, value, param, live FROM package_permissions
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
        AND (live OR NOT ${onlyLive}::boolean)
    ),
    best_profile AS MATERIALIZED (${bestGrant(Prisma.sql`profile_grants`, organizationId)}),
    best_rule AS MATERIALIZED (${bestGrant(Prisma.sql`rule_grants`, organizationId)})`;
}

function bestGrant(view: Prisma.Sql, organizationId: number): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (user_id, permission_id) user_id, permission_id, name, value, param
    FROM ${view}
    WHERE organization_id = ${organizationId}::int AND permission_id IN (SELECT permission_id FROM wanted)
    ORDER BY user_id, permission_id, level DESC, name COLLATE "C"`;
}

/**
 * FROM clause of the cells: every (person, wanted permission), with the row held and the best grants. The caller's
 * statement defines `person(user_id, founder, assignment, …)` and the expressions of {@link packageCtes}.
 */
export function cellsFrom(organizationId: number): Prisma.Sql {
  return Prisma.sql`
    person CROSS JOIN wanted
    LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int
      AND held.user_id = person.user_id AND held.permission_id = wanted.permission_id
    LEFT JOIN best_profile by_profile ON by_profile.user_id = person.user_id
      AND by_profile.permission_id = wanted.permission_id
    LEFT JOIN best_rule by_rule ON by_rule.user_id = person.user_id AND by_rule.permission_id = wanted.permission_id`;
}
