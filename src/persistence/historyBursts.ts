import { z } from 'zod';
import { openBurstsSql } from './burstCells.ts';
import { Prisma, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';
import type { RawQuery } from './rawQuery.ts';

/** Leaves it to later to read out of an operation's history what it changed for whom. */
export async function leaveHistoryUnread(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
): Promise<void> {
  await queryable.unreadHistory.create({ data: { organizationId, operationId } });
}

/** Everybody's bursts know an operation's history. */
export async function markHistoryRead(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
): Promise<void> {
  await queryable.unreadHistory.deleteMany({ where: { organizationId, operationId } });
}

/**
 * Brings bursts up to now from the histories that were left unread: opens one for each of their people, or for some, and
 * remembers what they effectively had before (DOMAIN 2), as far as it is not known yet. That is what the row said that the
 * first of the operations overwrote, or what profiles and rules give where it gave nothing. So everybody's are to be read
 * under the organization's lock before anything else of what decides about access changes.
 */
export async function readHistories(
  query: RawQuery,
  organizationId: number,
  among: readonly number[] | 'everybody',
): Promise<void> {
  const rows = await query('SELECT operation_id AS id FROM unread_histories WHERE organization_id = $1::int', [
    organizationId,
  ]);
  const operations = Found.parse(rows).map(({ id }) => id);
  if (operations.length === 0) return;
  const scope = { organizationId, operations, among };
  const unread = unreadSql(scope);
  const people = Prisma.sql`SELECT user_id AS id, min(at) AS since FROM (${unread}) unread GROUP BY user_id`;
  await run(query, Prisma.sql`WITH opened AS (${openBurstsSql(organizationId, people)}) SELECT`);
  await run(query, beforeSql(scope, unread));
  await run(query, spanSql(scope, unread));
  if (among !== 'everybody') return;
  const read = Prisma.sql`operation_id = ANY (${idArray(operations)})`;
  await run(query, Prisma.sql`DELETE FROM unread_histories WHERE organization_id = ${organizationId}::int AND ${read}`);
}

const Found = z.array(z.object({ id: z.number() }));

/** What writes in bulk has a plain connection, not Prisma's. */
async function run(query: RawQuery, { text, values }: Prisma.Sql): Promise<void> {
  await query(text, values);
}

/** Whose histories of which operations are read. */
interface HistoryScope {
  organizationId: number;
  operations: readonly number[];
  among: readonly number[] | 'everybody';
}

/** What operations did to people who can be told, as far as no burst of theirs knows it. */
function unreadSql({ organizationId, operations, among }: HistoryScope): Prisma.Sql {
  const narrowed = among === 'everybody' ? Prisma.empty : Prisma.sql`AND c.user_id = ANY (${idArray(among)})`;
  return Prisma.sql`
    SELECT c.user_id, c.operation_id, o.at, c.membership, c.permission_ids, c.written, c.held_values,
           c.held_params, c.held_reasons, c.held_packages
    FROM operation_changes c
    JOIN operations o ON o.organization_id = c.organization_id AND o.id = c.operation_id
    JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id AND u.slack_user_id IS NOT NULL
    WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ANY (${idArray(operations)}) ${narrowed}
      AND c.membership NOT IN ('unchanged', 'founder')
      AND c.operation_id > coalesce((SELECT max(b.last_operation_id) FROM access_bursts b
                                     WHERE b.organization_id = c.organization_id AND b.user_id = c.user_id), 0)`;
}

/**
 * Remembers in the open bursts of people what they had before what is unread of them. Grouped and looked up instead of
 * joined: right after a large operation the planner believes its history to be tiny, and would compare each row with each.
 */
function beforeSql({ organizationId, operations, among }: HistoryScope, unread: Prisma.Sql): Prisma.Sql {
  const theirs = among === 'everybody' ? Prisma.empty : Prisma.sql`AND user_id = ANY (${idArray(among)})`;
  return Prisma.sql`
    WITH unread AS MATERIALIZED (${unread}),
    given AS MATERIALIZED (
      SELECT o.id AS operation_id, (p ->> 'id')::int AS permission_id
      FROM operations o CROSS JOIN LATERAL jsonb_array_elements(o.snapshot -> 'permissions') p
      WHERE o.organization_id = ${organizationId}::int AND o.id = ANY (${idArray(operations)})
        AND o.kind = 'assign_package'
    ),
    overwritten AS (
      SELECT unread.user_id, cell.permission_id, unread.operation_id, cell.value, cell.param, cell.reason,
             cell.package_number
      FROM unread
      CROSS JOIN LATERAL unnest(permission_ids, written, held_values, held_params, held_reasons, held_packages)
        AS cell(permission_id, written, value, param, reason, package_number)
      WHERE cell.written
      UNION ALL
      -- An assignment does not note what it gave where there was no row
      SELECT unread.user_id, given.permission_id, unread.operation_id, NULL, NULL, NULL, NULL
      FROM unread JOIN given USING (operation_id)
      WHERE NOT given.permission_id = ANY (unread.permission_ids)
    ),
    cell AS MATERIALIZED (
      SELECT DISTINCT ON (user_id, permission_id) user_id, permission_id,
             CASE WHEN reason IS NULL THEN value END AS value, CASE WHEN reason IS NULL THEN param END AS param,
             CASE WHEN reason IS NULL AND value IS NOT NULL
                  THEN coalesce(package_number = ANY (ARRAY(
                         SELECT number FROM packages
                         WHERE organization_id = ${organizationId}::int AND state = 'disabled')), false)
                  ELSE reason IS DISTINCT FROM 'manual' END AS from_elsewhere
      FROM overwritten ORDER BY user_id, permission_id, operation_id
    ),
    before AS (
      SELECT user_id, permission_id,
             CASE WHEN bool_or(from_elsewhere) THEN max(elsewhere_value) ELSE max(value) END AS value,
             CASE WHEN bool_or(from_elsewhere) THEN max(elsewhere_param) ELSE max(param) END AS param
      FROM (
        SELECT user_id, permission_id, from_elsewhere, value COLLATE "C" AS value, param COLLATE "C" AS param,
               NULL COLLATE "C" AS elsewhere_value, NULL COLLATE "C" AS elsewhere_param
        FROM cell
        UNION ALL
        SELECT user_id, permission_id, NULL, NULL, NULL, value, param
        FROM elsewhere_grants
        WHERE organization_id = ${organizationId}::int ${theirs}
          AND permission_id = ANY (ARRAY(SELECT DISTINCT permission_id FROM cell WHERE from_elsewhere))
      ) told
      GROUP BY user_id, permission_id HAVING bool_or(from_elsewhere) IS NOT NULL
    )
    INSERT INTO access_burst_before (organization_id, burst_id, permission_ids, held_values, held_params)
    SELECT ${organizationId}::int,
           (SELECT b.id FROM access_bursts b
            WHERE b.organization_id = ${organizationId}::int AND b.user_id = before.user_id AND b.closed_at IS NULL),
           array_agg(permission_id), array_agg(value), array_agg(param)
    FROM before GROUP BY user_id`;
}

/** Notes up to which operation the open bursts of people know now what changed; what was unread no longer is. */
function spanSql({ organizationId }: HistoryScope, unread: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO access_bursts AS b
      (organization_id, user_id, opened_at, first_operation_id, last_operation_id, founder_was)
    SELECT ${organizationId}::int, user_id, min(at), min(operation_id), max(operation_id), false
    FROM (${unread}) unread GROUP BY user_id ORDER BY user_id
    ON CONFLICT (organization_id, user_id) WHERE closed_at IS NULL DO UPDATE SET
      first_operation_id = coalesce(b.first_operation_id, EXCLUDED.first_operation_id),
      last_operation_id = EXCLUDED.last_operation_id`;
}
