import type { Queryable } from './database.ts';

/** Active members who have a permission of the package from it, or by hand, but with another value or parameter. */
export async function countDivergent(
  queryable: Queryable,
  scope: { organizationId: number; packageNumber: number; permissionId: number },
): Promise<number> {
  const { organizationId, packageNumber, permissionId } = scope;
  const rows = await queryable.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people
    FROM package_permissions pp
    JOIN app_auth held ON held.organization_id = pp.organization_id AND held.permission_id = pp.permission_id
      AND held.active AND (held.package_number IS NULL OR held.package_number = pp.package_number)
      AND (held.value <> pp.value OR held.param <> pp.param)
    JOIN assignments s ON s.organization_id = held.organization_id AND s.user_id = held.user_id
      AND s.package_number = pp.package_number AND s.state = 'active'
    JOIN users u ON u.organization_id = held.organization_id AND u.id = held.user_id AND NOT u.founder
    WHERE pp.organization_id = ${organizationId}::int AND pp.package_number = ${packageNumber}::int
      AND pp.permission_id = ${permissionId}::int AND pp.live`;
  return rows[0]?.people ?? 0;
}
