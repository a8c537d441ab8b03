import { type CatalogPermission, findPermission } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import type { Parameter } from '../core/parameter.ts';
import { EngineError } from '../errors.ts';

/** A package's own columns. */
export interface PackageRecord {
  number: number;
  name: string;
  description: string;
  state: 'active' | 'disabled';
}

/** A package of the organization. @throws EngineError `package_not_found`. */
export async function getPackage(queryable: Queryable, organizationId: number, number: number): Promise<PackageRecord> {
  const found = await queryable.package.findUnique({ where: { organizationId_number: { organizationId, number } } });
  if (!found) throw new EngineError('package_not_found', { wanted: String(number) });
  return { number, name: found.name, description: found.description, state: found.state };
}

/** A green permission of a package: its place in the catalogue, and what the package says of it. */
export interface LivePermission {
  permission: CatalogPermission;
  value: string;
  param: Parameter;
}

/** A live permission of a package. @throws EngineError `package_not_found`, `permission_not_in_package`. */
export async function getLivePermission(
  queryable: Queryable,
  organizationId: number,
  number: number,
  permissionId: number,
): Promise<LivePermission> {
  await getPackage(queryable, organizationId, number);
  const permission = await findPermission(queryable, organizationId, permissionId);
  const found = await queryable.packagePermission.findUnique({
    where: { organizationId_packageNumber_permissionId: { organizationId, packageNumber: number, permissionId } },
  });
  if (!permission || !found?.live) {
    throw new EngineError('permission_not_in_package', { permission: permission?.name ?? '?', number });
  }
  return { permission, value: found.value, param: found.param };
}
