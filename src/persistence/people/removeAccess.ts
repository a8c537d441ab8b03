import { z } from 'zod';
import { HELD_COLUMNS, HISTORY_COLUMNS, HISTORY_VALUES, NOTEWORTHY_CTE } from '../changeHistory.ts';
import { Prisma, type Queryable } from '../database.ts';

const Cell = z.object({
  permissionId: z.number(),
  applicationName: z.string(),
  name: z.string(),
  main: z.boolean(),
  value: z.string(),
  /** Whether the person's row is active; false where it is not, or there is none. */
  active: z.boolean(),
  /** The package that owns the row; null for one set by hand, or none. */
  packageNumber: z.number().nullable(),
  operationId: z.number().nullable(),
  /** The rule of a structure that gives the permission besides; it can only be denied. */
  rule: z.string().nullable(),
});

/** A permission of somebody, of which something is to be taken away. */
export type AccessCell = z.infer<typeof Cell>;

/**
 * `cell`: every permission of which the person has an active row, or which a rule of their structure gives them without
 * being denied; `held` is their row. A rule of a group ends with the membership of the group.
 */
function cellsCte(organizationId: number, userId: number): Prisma.Sql {
  return Prisma.sql`
    given AS MATERIALIZED (
      SELECT r.permission_id, min(r.name) AS rule
      FROM users u
      JOIN structures s ON s.organization_id = u.organization_id AND s.id = u.structure_id
      JOIN rules r ON r.organization_id = u.organization_id AND r.structure_id = ANY (s.path)
      WHERE u.organization_id = ${organizationId}::int AND u.id = ${userId}::int AND NOT u.founder
      GROUP BY r.permission_id
    ),
    cell AS MATERIALIZED (
      SELECT ${userId}::int AS user_id, wanted.permission_id, given.rule, ${HELD_COLUMNS}
      FROM (
        SELECT permission_id FROM given
        UNION
        SELECT permission_id FROM app_auth
        WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int AND active
      ) wanted
      LEFT JOIN given ON given.permission_id = wanted.permission_id
      LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int AND held.user_id = ${userId}::int
        AND held.permission_id = wanted.permission_id
      WHERE held.reason IS DISTINCT FROM 'manual'
    )`;
}

/** What of a person's permissions would have to be written so that they have nothing, by application. */
export async function selectAccessCells(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<AccessCell[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${cellsCte(organizationId, userId)}
    SELECT p.id AS "permissionId", a.name AS "applicationName", p.name, p.is_main AS main,
           coalesce(cell.held_value, p.levels[1]) AS value, coalesce(cell.active, false) AS active,
           CASE WHEN cell.active THEN cell.package_number END AS "packageNumber", cell.operation_id AS "operationId",
           cell.rule
    FROM cell
    JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = cell.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    ORDER BY a.name, p.is_main DESC, p.name, p.id`;
  return z.array(Cell).parse(rows);
}

/**
 * Takes everything from a person: rows of packages go inactive as by an unassignment, all others and what a rule of
 * their structure would still give are denied by hand, memberships become former, profiles and groups are left (DOMAIN
 * 2: a deny beats profile and rule). What was there before is kept in the arrays of `changeHistory`.
 */
export async function writeRemoval(
  queryable: Queryable,
  { organizationId, userId, operationId }: { organizationId: number; userId: number; operationId: number },
): Promise<void> {
  await queryable.$executeRaw`
    WITH ${cellsCte(organizationId, userId)},
    denied AS (
      INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, operation_id, active, reason, value,
                            param, replaced_operation_id)
      SELECT ${organizationId}::int, cell.user_id, cell.permission_id,
             CASE WHEN cell.rule IS NULL THEN cell.package_number END, ${operationId}::int, false,
             CASE WHEN cell.rule IS NULL AND cell.package_number IS NOT NULL
               THEN 'unassignment' ELSE 'manual' END::inactive_reason,
             coalesce(cell.held_value, p.levels[1]), coalesce(cell.held_param, ''),
             CASE WHEN cell.rule IS NULL THEN cell.replaced_operation_id END
      FROM cell JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = cell.permission_id
      ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
      SET active = false, reason = EXCLUDED.reason, package_number = EXCLUDED.package_number,
          operation_id = EXCLUDED.operation_id, replaced_operation_id = EXCLUDED.replaced_operation_id
    ),
    ended AS (
      UPDATE assignments SET state = 'former', operation_id = ${operationId}::int
      WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int AND state = 'active'
    ),
    unprofiled AS (
      DELETE FROM profile_users WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int
    ),
    ungrouped AS (
      DELETE FROM group_members WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int
    ),
    noted AS (SELECT *, NULL::int AS code, true AS written FROM cell),
    ${NOTEWORTHY_CTE}
    INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                   ${HISTORY_COLUMNS})
    SELECT u.organization_id, ${operationId}::int, u.id, u.code, u.name, 'unassigned', ${HISTORY_VALUES}
    FROM users u LEFT JOIN noteworthy ON noteworthy.user_id = u.id
    WHERE u.organization_id = ${organizationId}::int AND u.id = ${userId}::int`;
}
