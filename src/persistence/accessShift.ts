import { z } from 'zod';
import { rememberCells } from './burstCells.ts';
import { Prisma, type Queryable, type Transaction } from './database.ts';

/**
 * Whose access is watched: everybody's to one permission, or what rules for structures give to who is in or below one.
 */
export type ShiftScope = { permissionId: number } | { structureId: number };

/** What people effectively have in a scope; founders aside, who always have everything. */
function accessSql(organizationId: number, scope: ShiftScope): Prisma.Sql {
  const within =
    'permissionId' in scope
      ? Prisma.sql`g.permission_id = ${scope.permissionId}::int`
      : Prisma.sql`g.permission_id IN (
          SELECT permission_id FROM rules WHERE organization_id = ${organizationId}::int AND structure_id IS NOT NULL
        ) AND g.user_id IN (
          SELECT u.id FROM structures s
          JOIN users u ON u.organization_id = s.organization_id AND u.structure_id = s.id
          WHERE s.organization_id = ${organizationId}::int AND ${scope.structureId}::int = ANY (s.path))`;
  return Prisma.sql`
    SELECT g.user_id, g.permission_id, g.value::text AS value, g.param::text AS param FROM effective_grants g
    WHERE g.organization_id = ${organizationId}::int AND g.source <> 'founder' AND ${within}`;
}

/** Remembers, until the transaction ends, what people have in a scope before something changes. */
export async function rememberAccess(queryable: Queryable, organizationId: number, scope: ShiftScope): Promise<void> {
  await queryable.$executeRaw`
    CREATE TEMP TABLE access_before (user_id int, permission_id int, value text, param text) ON COMMIT DROP`;
  await queryable.$executeRaw`INSERT INTO access_before ${accessSql(organizationId, scope)}`;
}

/** Remembers, to tell them, what those who have something else in the scope than was remembered had before. */
export function rememberShifted(
  transaction: Transaction,
  organizationId: number,
  scope: ShiftScope,
  at: Date,
): Promise<void> {
  const cells = Prisma.sql`SELECT user_id, permission_id, b.value, b.param
    FROM access_before b FULL JOIN (${accessSql(organizationId, scope)}) a USING (user_id, permission_id)
    WHERE (b.value, b.param) IS DISTINCT FROM (a.value, a.param)`;
  return rememberCells(transaction, organizationId, cells, at);
}

/** The people who have something else in the scope than was remembered. */
export async function selectShifted(
  queryable: Queryable,
  organizationId: number,
  scope: ShiftScope,
): Promise<number[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT DISTINCT user_id AS "userId" FROM (
      SELECT * FROM access_before FULL JOIN (${accessSql(organizationId, scope)}) afterwards
        USING (user_id, permission_id, value, param)
      WHERE access_before IS NULL OR afterwards IS NULL
    ) shifted`;
  return z
    .array(z.object({ userId: z.number() }))
    .parse(rows)
    .map(({ userId }) => userId);
}
