import { z } from 'zod';
import type { AssignmentTarget } from './assignCells.ts';
import { Prisma, type Queryable } from './database.ts';
import { hasLeft } from './hasLeft.ts';
import { idArray } from './idArray.ts';
import { offeredSql } from './undoTerms.ts';

/**
 * What can become of the rows that ending an assignment takes away, besides nothing: another active package of the
 * person takes them over, or what the package had replaced comes back (DOMAIN 4, Remove package assignment and
 * Restore). Neither gives access to somebody who has left.
 */

/**
 * `heir(user_id, permission_id, number, value, param, to_left)`: for each person and permission the lowest-numbered
 * other active package of theirs that defines it; `to_left` where the person has left.
 */
function heirSql({ organizationId, packageNumber, userIds }: AssignmentTarget): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (s.user_id, pp.permission_id) s.user_id, pp.permission_id, k.number, pp.value, pp.param,
           ${hasLeft(organizationId, 's.user_id')} AS to_left
    FROM assignments s
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number AND k.state = 'active'
    JOIN package_permissions pp ON pp.organization_id = k.organization_id AND pp.package_number = k.number AND pp.live
    WHERE s.organization_id = ${organizationId}::int AND s.state = 'active' AND s.user_id = ANY (${idArray(userIds)})
      AND s.package_number <> ${packageNumber}::int
      AND pp.permission_id IN (
        SELECT permission_id FROM package_permissions
        WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
      )
    ORDER BY s.user_id, pp.permission_id, k.number`;
}

/**
 * The state that a row's package replaced, from the history of the operation that the row names. What came from another
 * package comes back only where the person still has that package and it is active; nothing comes back that the
 * catalogue no longer has. `to_left`: it is access, of somebody who has left.
 *
 * @param rows a relation `a` of `app_auth` rows.
 */
function earlierSql({ organizationId }: AssignmentTarget, rows: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT a.user_id, a.permission_id, c.held_values[at.i] AS value, c.held_params[at.i] AS param,
           c.held_reasons[at.i]::inactive_reason AS reason, c.held_packages[at.i] AS package_number,
           c.held_replaced[at.i] AS replaced_operation_id,
           c.held_reasons[at.i] IS NULL AND ${hasLeft(organizationId, 'a.user_id')} AS to_left
    FROM ${rows}
    JOIN operation_changes c ON c.organization_id = ${organizationId}::int
      AND c.operation_id = a.replaced_operation_id AND c.user_id = a.user_id
    CROSS JOIN LATERAL (SELECT array_position(c.permission_ids, a.permission_id) AS i) at
    JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = a.permission_id
    WHERE c.held_values[at.i] IS NOT NULL AND (${offeredSql({
      value: Prisma.sql`c.held_values[at.i]`,
      param: Prisma.sql`c.held_params[at.i]`,
      active: Prisma.sql`c.held_reasons[at.i] IS NULL`,
    })}) AND (c.held_packages[at.i] IS NULL OR EXISTS (
      SELECT FROM assignments s JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number
      WHERE s.organization_id = ${organizationId}::int AND s.user_id = a.user_id
        AND s.package_number = c.held_packages[at.i] AND s.state = 'active' AND k.state = 'active'
    ))`;
}

/** The active rows of the chosen members that the package owns. */
function ownedSql({ organizationId, packageNumber, userIds }: AssignmentTarget, more = Prisma.empty): Prisma.Sql {
  return Prisma.sql`(
    SELECT held.* FROM app_auth held
    JOIN assignments s ON s.organization_id = held.organization_id AND s.user_id = held.user_id
      AND s.package_number = ${packageNumber}::int AND s.state = 'active'
    WHERE held.organization_id = ${organizationId}::int AND held.user_id = ANY (${idArray(userIds)})
      AND held.active AND held.package_number = ${packageNumber}::int ${more}
  ) a`;
}

const Options = z.object({ claimed: z.number(), restorable: z.number(), left: z.number(), hash: z.string() });

/**
 * Rows that another package could take over, rows whose earlier state could come back, people who have left and could
 * get neither, and a digest of all.
 */
export type UnassignmentOptions = z.infer<typeof Options>;

/** Counts what could become of the rows that ending the assignments takes away. */
export async function countUnassignmentOptions(
  queryable: Queryable,
  target: AssignmentTarget,
): Promise<UnassignmentOptions> {
  const replaced = Prisma.sql`AND held.replaced_operation_id IS NOT NULL`;
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH heir AS MATERIALIZED (${heirSql(target)}),
    claimed AS MATERIALIZED (
      SELECT heir.* FROM ${ownedSql(target)} JOIN heir ON heir.user_id = a.user_id AND heir.permission_id = a.permission_id
    ),
    earlier AS MATERIALIZED (${earlierSql(target, ownedSql(target, replaced))})
    SELECT (SELECT count(*)::int FROM claimed WHERE NOT to_left) AS claimed,
           (SELECT count(*)::int FROM earlier WHERE NOT to_left) AS restorable,
           (SELECT count(*)::int FROM (
             SELECT user_id FROM claimed WHERE to_left UNION SELECT user_id FROM earlier WHERE to_left) passed_over) AS left,
           encode(sha256(convert_to(concat_ws('/',
             (SELECT string_agg(claimed::text, ';' ORDER BY user_id, permission_id) FROM claimed),
             (SELECT string_agg(earlier::text, ';' ORDER BY user_id, permission_id) FROM earlier)), 'UTF8')), 'hex') AS hash`;
  return Options.parse(row);
}

/**
 * Brings back what the package had replaced, where the operation has just taken the row away.
 * @returns how many rows.
 */
export function restoreReplaced(queryable: Queryable, target: AssignmentTarget, operationId: number): Promise<number> {
  const taken = Prisma.sql`(
    SELECT * FROM app_auth WHERE organization_id = ${target.organizationId}::int
      AND user_id = ANY (${idArray(target.userIds)}) AND operation_id = ${operationId}::int
      AND NOT active AND replaced_operation_id IS NOT NULL
  ) a`;
  return queryable.$executeRaw`
    UPDATE app_auth held
    SET active = earlier.reason IS NULL, reason = earlier.reason, package_number = earlier.package_number,
        value = earlier.value, param = earlier.param, replaced_operation_id = earlier.replaced_operation_id
    FROM (${earlierSql(target, taken)}) earlier
    WHERE NOT earlier.to_left
      AND held.organization_id = ${target.organizationId}::int AND held.user_id = earlier.user_id
      AND held.permission_id = earlier.permission_id`;
}

/**
 * Hands what the operation has just taken away to another package of the person, with that package's value.
 * @returns rows.
 */
export function handOver(queryable: Queryable, target: AssignmentTarget, operationId: number): Promise<number> {
  return queryable.$executeRaw`
    UPDATE app_auth held
    SET active = true, reason = NULL, package_number = heir.number, value = heir.value, param = heir.param,
        replaced_operation_id = NULL
    FROM (${heirSql(target)}) heir
    WHERE NOT heir.to_left
      AND held.organization_id = ${target.organizationId}::int AND held.user_id = heir.user_id
      AND held.permission_id = heir.permission_id AND held.operation_id = ${operationId}::int
      AND held.reason = 'unassignment' AND held.package_number = ${target.packageNumber}::int`;
}
