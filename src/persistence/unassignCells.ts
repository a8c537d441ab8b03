import { z } from 'zod';
import type { AssignmentTarget } from './assignCells.ts';
import { arrayOf, HISTORY_COLUMNS, HISTORY_VALUES } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

/**
 * `leaving`: active members among those chosen. `history`: each of them with the active rows that this package owns, in
 * the arrays of `changeHistory`.
 *
 * Everything here starts from a person's key, and nothing joins two large expressions: right after a bulk write the
 * planner believes them tiny, and would compare each row of one with each of the other.
 */
function unassignCtes({ organizationId, packageNumber, userIds }: AssignmentTarget): Prisma.Sql {
  return Prisma.sql`
    leaving AS MATERIALIZED (
      SELECT u.id AS user_id, u.code, u.name, u.founder, s.operation_id AS assignment_operation_id
      FROM assignments s
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
      WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int
        AND s.state = 'active' AND s.user_id = ANY (${idArray(userIds)})
    ),
    history AS MATERIALIZED (
      SELECT leaving.*, owned.*
      FROM leaving
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS taken, array_agg(permission_id) AS permission_ids, NULL::int[] AS codes,
               array_agg(true) AS written, array_agg(value::text) AS held_values, array_agg(param::text) AS held_params,
               NULL::text[] AS held_reasons, array_agg(package_number) AS held_packages,
               ${arrayOf('operation_id')} AS held_operations, ${arrayOf('replaced_operation_id')} AS held_replaced
        FROM (
          SELECT * FROM app_auth held
          WHERE held.organization_id = ${organizationId}::int AND held.user_id = leaving.user_id
            AND held.active AND held.package_number = ${packageNumber}::int AND NOT leaving.founder
          ORDER BY held.permission_id
        ) in_order
      ) owned
    ),
    fingerprint AS (
      SELECT encode(sha256(convert_to(concat_ws('/', 'unassign',
        (SELECT string_agg(concat_ws(':', user_id, permission_ids, held_values, held_params, held_operations), ';' ORDER BY user_id) FROM history)
      ), 'UTF8')), 'hex') AS hash
    )`;
}

const Counts = z.object({ people: z.number(), losing: z.number(), taken: z.number(), hash: z.string() });

/** People who leave, those of them who lose something, rows that go inactive, and the digest of it all. */
export type UnassignmentCounts = z.infer<typeof Counts>;

const COUNTS = Prisma.sql`
  (SELECT count(*)::int FROM history) AS people,
  (SELECT count(*)::int FROM history WHERE taken > 0) AS losing,
  (SELECT coalesce(sum(taken), 0)::int FROM history) AS taken,
  (SELECT hash FROM fingerprint) AS hash`;

/** Counts what removing the assignments would do. */
export async function countUnassignment(queryable: Queryable, target: AssignmentTarget): Promise<UnassignmentCounts> {
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${unassignCtes(target)}
    SELECT ${COUNTS}`;
  return Counts.parse(row);
}

/**
 * Ends assignments: memberships become former, every active row that the package owns goes inactive (kept legacy rows
 * too), rows of any other source stay as they are (DOMAIN 4, Remove package assignment).
 */
export async function writeUnassignment(
  queryable: Queryable,
  target: AssignmentTarget,
  operationId: number,
): Promise<UnassignmentCounts> {
  const { organizationId, packageNumber } = target;
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${unassignCtes(target)},
    deactivated AS (
      UPDATE app_auth a SET active = false, reason = 'unassignment', operation_id = ${operationId}::int
      FROM leaving
      WHERE a.organization_id = ${organizationId}::int AND a.user_id = leaving.user_id
        AND a.active AND a.package_number = ${packageNumber}::int AND NOT leaving.founder
    ),
    ended AS (
      UPDATE assignments SET state = 'former', operation_id = ${operationId}::int
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
        AND state = 'active' AND user_id = ANY (${idArray(target.userIds)})
    ),
    recorded AS (
      INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                     membership_was, membership_operation_id, ${HISTORY_COLUMNS})
      SELECT ${organizationId}::int, ${operationId}::int, user_id, code, name, 'unassigned', 'active',
             assignment_operation_id, ${HISTORY_VALUES}
      FROM history ORDER BY user_id
    )
    SELECT ${COUNTS}`;
  return Counts.parse(row);
}
