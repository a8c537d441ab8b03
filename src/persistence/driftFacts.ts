import { z } from 'zod';
import type { Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Cell = z.object({ userId: z.number(), permissionId: z.number() });

/**
 * Deviations of some members that an administrator accepted and that are still what was accepted: its time has not
 * passed, and neither the package's value and parameter nor the person's row has changed since (DOMAIN 1).
 */
export async function selectAcceptedDeviations(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  { userIds, at }: { userIds: readonly number[]; at: Date },
): Promise<z.infer<typeof Cell>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT accepted.user_id AS "userId", accepted.permission_id AS "permissionId"
    FROM accepted_deviations accepted
    JOIN package_permissions wanted ON wanted.organization_id = accepted.organization_id
      AND wanted.package_number = accepted.package_number AND wanted.permission_id = accepted.permission_id
      AND wanted.value = accepted.value AND wanted.param = accepted.param
    LEFT JOIN app_auth held ON held.organization_id = accepted.organization_id AND held.user_id = accepted.user_id
      AND held.permission_id = accepted.permission_id
    WHERE accepted.organization_id = ${organizationId}::int AND accepted.package_number = ${packageNumber}::int
      AND accepted.user_id = ANY (${idArray(userIds)})
      AND (accepted.until IS NULL OR accepted.until > ${at})
      AND held.operation_id IS NOT DISTINCT FROM accepted.row_operation_id`;
  return z.array(Cell).parse(rows);
}

/** Which of some packages are disabled: the access they gave is suspended. */
export async function selectDisabledAmong(
  queryable: Queryable,
  organizationId: number,
  numbers: readonly number[],
): Promise<number[]> {
  const packages = await queryable.package.findMany({
    where: { organizationId, state: 'disabled', number: { in: [...numbers] } },
    select: { number: true },
  });
  return packages.map(({ number }) => number);
}
