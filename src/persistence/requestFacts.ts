import { z } from 'zod';
import type { AccessScope } from './accessDifference.ts';
import { Prisma, type Queryable, type Transaction } from './database.ts';
import { idArray } from './idArray.ts';

/** The permissions of which a request may change somebody's access. */
export async function selectPermissionIds(
  queryable: Queryable,
  organizationId: number,
  of: { permissionId: number } | { packageNumber: number } | { operationId: number },
): Promise<number[]> {
  if ('permissionId' in of) return [of.permissionId];
  const rows =
    'packageNumber' in of
      ? await queryable.$queryRaw<{ id: number }[]>`
          SELECT permission_id AS id FROM package_permissions
          WHERE organization_id = ${organizationId}::int AND package_number = ${of.packageNumber}::int`
      : await queryable.$queryRaw<{ id: number }[]>`
          SELECT permission_id AS id
          FROM operations o
          JOIN package_permissions p ON p.organization_id = o.organization_id AND p.package_number = o.package_number
          WHERE o.organization_id = ${organizationId}::int AND o.id = ${of.operationId}::int
          UNION
          SELECT unnest(permission_ids) FROM operation_changes
          WHERE organization_id = ${organizationId}::int AND operation_id = ${of.operationId}::int`;
  return rows.map(({ id }) => id);
}

const Named = z.object({ userId: z.number(), code: z.string(), name: z.string() });

/** Whom an operation concerned, to be asked after it and `compareAccess`: every id, and the first few by name. */
export async function selectConcerned(
  transaction: Transaction,
  organizationId: number,
  operationId: number,
  named: number,
): Promise<{ userIds: number[]; named: z.infer<typeof Named>[] }> {
  const concerned = Prisma.sql`
    SELECT user_id FROM operation_changes
    WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int AND membership <> 'unchanged'
    UNION SELECT user_id FROM access_difference WHERE kind <> 'same'`;
  const rows = await transaction.$queryRaw<{ userId: number }[]>`
    SELECT user_id AS "userId" FROM (${concerned}) concerned ORDER BY user_id`;
  const first = await transaction.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.code, u.name
    FROM (${concerned}) concerned JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = user_id
    ORDER BY u.code LIMIT ${named}::int`;
  return { userIds: rows.map(({ userId }) => userId), named: z.array(Named).parse(first) };
}

const Diverging = z.object({ number: z.number(), name: z.string(), cells: z.number() });

/**
 * What else an operation did, to be asked after it and `compareAccess` in the same transaction: rows that took another
 * source while the access stayed, and cells of the people in the scope that differ from an active package of theirs.
 */
export async function selectSideEffects(
  transaction: Transaction,
  { organizationId, permissionIds }: Pick<AccessScope, 'organizationId' | 'permissionIds'>,
  operationId: number,
  packages: number,
): Promise<{ owners: number; diverging: z.infer<typeof Diverging>[] }> {
  const [counted] = await transaction.$queryRaw<{ owners: number }[]>`
    SELECT count(*)::int AS owners
    FROM access_people
    JOIN app_auth a ON a.organization_id = ${organizationId}::int AND a.user_id = access_people.user_id
      AND a.permission_id = ANY (${idArray(permissionIds)}) AND a.active AND a.operation_id = ${operationId}::int
    LEFT JOIN access_difference d ON d.user_id = a.user_id AND d.permission_id = a.permission_id
    WHERE coalesce(d.kind, 'same') = 'same'`;
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT k.number, k.name, count(*)::int AS cells
    FROM access_people
    JOIN assignments s ON s.organization_id = ${organizationId}::int AND s.user_id = access_people.user_id
      AND s.state = 'active'
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number AND k.state = 'active'
    JOIN package_permissions wanted ON wanted.organization_id = k.organization_id
      AND wanted.package_number = k.number AND wanted.live AND wanted.permission_id = ANY (${idArray(permissionIds)})
    LEFT JOIN app_auth held ON held.organization_id = s.organization_id AND held.user_id = s.user_id
      AND held.permission_id = wanted.permission_id
    WHERE NOT access_people.founder
      AND (held.active AND held.package_number = k.number AND held.value = wanted.value
           AND held.param = wanted.param) IS NOT TRUE
    GROUP BY k.number, k.name ORDER BY cells DESC, k.number LIMIT ${packages}::int`;
  return { owners: counted?.owners ?? 0, diverging: z.array(Diverging).parse(rows) };
}
