import { findLastDriftScan } from '../../persistence/drift/driftRecords.ts';
import { type DriftingPackage, type DriftingPage, selectDriftByPackage } from '../../persistence/drift/driftTotals.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { DriftingPackage, DriftingPage };

/** The packages with most drift, and how many have any; `not_scanned` until the first scan has ended. */
export type DriftOverview = 'not_scanned' | { packages: DriftingPackage[]; total: number };

/** Drift by package, as it is written down: behind an operation by the moment that a worker takes. Needs `view`. */
export async function driftOverview(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: DriftingPage,
): Promise<DriftOverview> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  if ((await findLastDriftScan(prisma, organizationId)) === null) return 'not_scanned';
  return selectDriftByPackage(prisma, organizationId, page);
}
