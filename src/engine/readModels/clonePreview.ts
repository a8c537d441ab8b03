import { selectClonable } from '../../persistence/clonePackage.ts';
import { selectPackageStructures } from '../../persistence/packages.ts';
import { findStructures } from '../../persistence/structures.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { type CloneOutcome, exceptionsOf } from '../operations/clonePackage.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

/** What a clone of a package would have. */
export interface ClonePreview extends Omit<CloneOutcome, 'number'> {
  package: PackageRecord;
}

/**
 * What cloning a package would copy, and what it would leave out. Needs `define_packages`.
 * @throws `package_not_found`.
 */
export async function previewClone(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
): Promise<ClonePreview> {
  requireMay(actor, 'define_packages');
  const { organizationId } = actor;
  const pack = await getPackage(prisma, organizationId, number);
  const judged = await selectClonable(prisma, organizationId, number);
  const codes = (await selectPackageStructures(prisma, organizationId, number)).map(({ code }) => code);
  const retired = (await findStructures(prisma, organizationId, codes)).filter((each) => each.retired);
  return {
    package: pack,
    permissions: judged.filter((each) => !each.leftOut).length,
    ...exceptionsOf(judged),
    structures: retired.map(({ code }) => code),
  };
}
