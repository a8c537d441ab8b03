import {
  type ConflictCell,
  countPreflight,
  type PreflightCounts,
  selectConflicts,
} from '../../persistence/assignCells.ts';
import { selectPackagePermissions } from '../../persistence/packages.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import { refuseLeft } from '../operations/refuseLeft.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import type { PackagePermission } from './packages.ts';
import { requireMay } from './requireMay.ts';

/** A permission that somebody has from elsewhere, beside what the package gives. */
export interface Conflict extends ConflictCell {
  permission: PackagePermission;
}

export interface PreflightView {
  package: PackageRecord;
  counts: PreflightCounts;
  /** The page of conflicts asked for. */
  conflicts: Conflict[];
}

/**
 * What assigning a package to some people would do, with one page of the conflicts (DOMAIN 4, preflight). Needs
 * `assign_packages`.
 * @throws EngineError `package_not_found`, `package_disabled`, `person_left`.
 */
export async function previewAssignment(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  wanted: { number: number; userIds: readonly number[] },
  page: { offset: number; limit: number },
): Promise<PreflightView> {
  requireMay(actor, 'assign_packages');
  const { organizationId } = actor;
  const pack = await getPackage(prisma, organizationId, wanted.number);
  if (pack.state === 'disabled') {
    throw new EngineError('package_disabled', { number: pack.number, name: pack.name });
  }
  await refuseLeft(prisma, organizationId, wanted.userIds);
  const target = { organizationId, packageNumber: wanted.number, userIds: wanted.userIds };
  const counts = await countPreflight(prisma, target);
  const permissions = await selectPackagePermissions(prisma, organizationId, wanted.number);
  const byId = new Map(permissions.map((permission) => [permission.permissionId, permission]));
  const cells = counts.conflicts === 0 ? [] : await selectConflicts(prisma, target, page);
  const conflicts = cells.flatMap((cell) => {
    const permission = byId.get(cell.permissionId);
    return permission ? [{ ...cell, permission }] : [];
  });
  return { package: pack, counts, conflicts };
}
