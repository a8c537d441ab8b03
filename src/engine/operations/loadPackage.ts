import type { Queryable } from '../../persistence/database.ts';
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
