import { type DriftDay, findLastDriftScan, selectDriftDays } from '../../persistence/drift/driftRecords.ts';
import {
  type CommonDrift,
  countDrift,
  type DriftCount,
  selectCommonDrift,
} from '../../persistence/drift/driftTotals.ts';
import { type PackagePermission, selectPackagePermissions } from '../../persistence/packages.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { CommonDrift, DriftCount, DriftDay };

/** Days of a trend, today included. */
const TREND_DAYS = 14;

/** Members from which it can be said that most of them differ in the same way. */
const COMMON_FROM = 5;

/** The drift of one package. */
export interface PackageDrift {
  package: PackageRecord;
  permissions: PackagePermission[];
  /** By permission and status. */
  counts: DriftCount[];
  /** Where most members differ in the same way: perhaps it is the package that should change. */
  common: CommonDrift[];
  /** The last days, oldest first. */
  trend: DriftDay[];
  scannedAt: Date | null;
}

/** How a package has drifted, and how that went. Needs `view`. @throws EngineError `package_not_found`. */
export async function packageDrift(context: EngineContext, actor: Actor, number: number): Promise<PackageDrift> {
  requireMay(actor, 'view');
  return driftOfPackage(context, actor.organizationId, number);
}

/** As {@link packageDrift}, for messages of the program itself: not authorized here. */
export async function driftOfPackage(
  { database: { prisma }, now }: EngineContext,
  organizationId: number,
  number: number,
): Promise<PackageDrift> {
  return {
    package: await getPackage(prisma, organizationId, number),
    permissions: await selectPackagePermissions(prisma, organizationId, number),
    counts: await countDrift(prisma, organizationId, number),
    common: await selectCommonDrift(prisma, organizationId, number, COMMON_FROM),
    trend: await selectDriftDays(prisma, organizationId, number, { at: now(), days: TREND_DAYS }),
    scannedAt: (await findLastDriftScan(prisma, organizationId))?.endedAt ?? null,
  };
}
