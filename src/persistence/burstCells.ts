import { Prisma, type Transaction } from './database.ts';

/**
 * Opens a burst for each of some people, of whom `people` selects `id` and `since` when, and gives all of them as rows.
 * Whoever has an open burst keeps it; it is held until the transaction ends, so that nobody closes it meanwhile.
 */
export function openBurstsSql(organizationId: number, people: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO access_bursts AS b (organization_id, user_id, opened_at, founder_was)
    SELECT ${organizationId}::int, person.id, person.since, false FROM (${people}) person ORDER BY person.id
    ON CONFLICT (organization_id, user_id) WHERE closed_at IS NULL DO UPDATE SET opened_at = b.opened_at
    RETURNING b.organization_id, b.id, b.user_id`;
}

/**
 * Does what `rememberBefore` does, after a change whose every difference is known: `cells` selects `user_id`,
 * `permission_id`, and the `value` and `param` that were there before.
 */
export async function rememberCells(
  transaction: Transaction,
  organizationId: number,
  cells: Prisma.Sql,
  at: Date,
): Promise<void> {
  const people = Prisma.sql`SELECT u.id, ${at}::timestamptz AS since FROM users u
    WHERE u.organization_id = ${organizationId}::int AND u.slack_user_id IS NOT NULL
      AND u.id IN (SELECT cell.user_id FROM (${cells}) cell)`;
  await transaction.$executeRaw(openBurstsSql(organizationId, people));
  await transaction.$executeRaw`
    INSERT INTO access_burst_before (organization_id, burst_id, permission_ids, held_values, held_params)
    SELECT b.organization_id, b.id, array_agg(cell.permission_id), array_agg(cell.value), array_agg(cell.param)
    FROM (${cells}) cell
    JOIN access_bursts b ON b.organization_id = ${organizationId}::int AND b.user_id = cell.user_id
      AND b.closed_at IS NULL
    GROUP BY b.organization_id, b.id`;
}
