import { Prisma } from './database.ts';
import { idArray } from './idArray.ts';

/** What of a package is asked about. */
interface PackageQuestion {
  /** Leaves removed permissions out. */
  onlyLive?: boolean;
  /** One permission alone; null: all of them. */
  permissionId?: number | null;
  /** Where the question is about a few people: grants of others are not read. */
  userIds?: readonly number[];
  /** False where it is enough to know that a profile or rule gives a cell, and not which: a status needs no more. */
  named?: boolean;
}

/**
 * The common table expressions that every set-based question about a package begins with: `wanted` (its permissions),
 * and the best profile and rule for each (user, permission) of them, highest level first, ties by name.
 */
export function packageCtes(
  organizationId: number,
  packageNumber: number,
  { onlyLive = false, permissionId = null, userIds, named = true }: PackageQuestion = {},
): Prisma.Sql {
  const among = (userId: string) =>
    userIds ? Prisma.sql`AND ${Prisma.raw(userId)} = ANY (${idArray(userIds)})` : Prisma.empty;
  return Prisma.sql`
    wanted AS MATERIALIZED (
      SELECT permission_id, value, param, live FROM package_permissions
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
        AND (live OR NOT ${onlyLive}::boolean)
        AND (${permissionId}::int IS NULL OR permission_id = ${permissionId}::int)
    ),
    best_profile AS MATERIALIZED (${
      named
        ? bestGrant(Prisma.sql`profile_grants`, organizationId, among('user_id'))
        : givenByProfile(organizationId, among)
    }),
    best_rule AS MATERIALIZED (${
      named ? bestGrant(Prisma.sql`rule_grants`, organizationId, among('user_id')) : givenByRule(organizationId, among)
    })`;
}

type Among = (userId: string) => Prisma.Sql;

function givenByProfile(organizationId: number, among: Among): Prisma.Sql {
  return Prisma.sql`
    SELECT pu.user_id, pp.permission_id
    FROM profile_permissions pp
    JOIN profile_users pu ON pu.organization_id = pp.organization_id AND pu.profile_id = pp.profile_id
    WHERE pp.organization_id = ${organizationId}::int AND pp.permission_id = ${WANTED_IDS} ${among('pu.user_id')}`;
}

function givenByRule(organizationId: number, among: Among): Prisma.Sql {
  return Prisma.sql`
    SELECT gm.user_id, r.permission_id
    FROM rules r JOIN group_members gm ON gm.organization_id = r.organization_id AND gm.group_id = r.group_id
    WHERE r.organization_id = ${organizationId}::int AND r.permission_id = ${WANTED_IDS} ${among('gm.user_id')}
    UNION ALL
    SELECT u.id, r.permission_id
    FROM rules r
    JOIN structures s ON s.organization_id = r.organization_id AND r.structure_id = ANY (s.path)
    JOIN users u ON u.organization_id = s.organization_id AND u.structure_id = s.id
    WHERE r.organization_id = ${organizationId}::int AND r.permission_id = ${WANTED_IDS} ${among('u.id')}`;
}

function bestGrant(view: Prisma.Sql, organizationId: number, among: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (user_id, permission_id) user_id, permission_id, name, value, param
    FROM ${view}
    WHERE organization_id = ${organizationId}::int AND permission_id = ${WANTED_IDS} ${among}
    ORDER BY user_id, permission_id, level DESC, name COLLATE "C"`;
}

/** Up to here, looking up each cell by its key is quicker than reading every row on the package's permissions. */
const FEW_PEOPLE = 1_000;

/** As an array, the permissions restrict what is read, also inside of views; as a join they would only filter it. */
const WANTED_IDS = Prisma.sql`ANY (ARRAY(SELECT permission_id FROM wanted))`;

/**
 * FROM clause of the cells: every (person, wanted permission), with the row held, and whether a profile or rule gives
 * it. The caller's statement defines `person(user_id, founder, assignment, …)` and the expressions of
 * {@link packageCtes}.
 *
 * Few cells get as far as a profile or rule: asked by IN, they are looked up for those alone, and not joined to all.
 *
 * @param people how many are asked about, where that is known: rows of a few are found by person, rows of many by
 *   permission. The planner cannot tell, because it does not see which permissions those are.
 */
export function cellsFrom(organizationId: number, people = Number.POSITIVE_INFINITY): Prisma.Sql {
  const byPermission = people > FEW_PEOPLE ? Prisma.sql`AND held.permission_id = ${WANTED_IDS}` : Prisma.empty;
  return Prisma.sql`
    person CROSS JOIN wanted
    LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int ${byPermission}
      AND held.user_id = person.user_id AND held.permission_id = wanted.permission_id
    CROSS JOIN LATERAL (${isAmong(Prisma.sql`best_profile`)}) by_profile
    CROSS JOIN LATERAL (${isAmong(Prisma.sql`best_rule`)}) by_rule`;
}

/** The person's id where `grants` has the cell, else null. */
function isAmong(grants: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT CASE WHEN (person.user_id, wanted.permission_id) IN (SELECT user_id, permission_id FROM ${grants})
                THEN person.user_id END AS user_id`;
}
