import {
  type Application,
  type CatalogPermission,
  findApplication,
  findPermission,
} from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import { findStructure, type PlacedStructure } from '../../persistence/structureTree.ts';
import { areLevels, isEntryKey, isEntryName } from '../core/catalogEntry.ts';
import { EngineError } from '../errors.ts';

/** An application of the organization, retired or not. @throws EngineError `application_not_found`. */
export async function getApplication(queryable: Queryable, organizationId: number, id: number): Promise<Application> {
  const found = await findApplication(queryable, organizationId, id);
  if (!found) throw new EngineError('application_not_found', {});
  return found;
}

/** A permission of the organization's catalogue, retired or not. @throws EngineError `permission_not_found`. */
export async function getPermission(
  queryable: Queryable,
  organizationId: number,
  id: number,
): Promise<CatalogPermission> {
  const found = await findPermission(queryable, organizationId, id);
  if (!found) throw new EngineError('permission_not_found', { wanted: String(id) });
  return found;
}

/** A structure of the organization, retired or not. @throws EngineError `structure_not_found`. */
export async function getStructure(queryable: Queryable, organizationId: number, id: number): Promise<PlacedStructure> {
  const found = await findStructure(queryable, organizationId, id);
  if (!found) throw new EngineError('structure_not_found', {});
  return found;
}

/** The MAIN permission of an application; null where it has none. */
export async function findMain(
  queryable: Queryable,
  organizationId: number,
  applicationId: number,
): Promise<{ id: number; name: string } | null> {
  return queryable.permission.findFirst({
    where: { organizationId, applicationId, isMain: true },
    select: { id: true, name: true },
  });
}

/** What somebody typed for an entry must be what the catalogue can hold. @throws EngineError `invalid_entry`. */
export function requireEntry({ key, name, levels }: { key?: string; name: string; levels?: readonly string[] }): void {
  if (key !== undefined && !isEntryKey(key)) throw new EngineError('invalid_entry', { field: 'key' });
  if (!isEntryName(name)) throw new EngineError('invalid_entry', { field: 'name' });
  if (levels && !areLevels(levels)) throw new EngineError('invalid_entry', { field: 'levels' });
}

/** Nothing is written over what somebody else saved after it was looked at. @throws EngineError `plan_changed`. */
export function requireUnchanged(shown: string, now: string): void {
  if (shown !== now) throw new EngineError('plan_changed', {});
}
