import { countLiveCells, type DriftingPackage, selectDriftByPackage } from '../../persistence/driftByPackage.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { DriftingPackage };

/** Cells that are counted while somebody waits; beyond, a dashboard would take seconds. */
const COUNTED_AT_ONCE = 400_000;

/** The packages with most drift, and how many have any; `unknown` where there are too many cells to count each time. */
export type DriftOverview = 'unknown' | { packages: DriftingPackage[]; total: number };

/** Drift by package, counted at this moment. Needs `view`. */
export async function driftOverview(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  limit: number,
): Promise<DriftOverview> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  if ((await countLiveCells(prisma, organizationId)) > COUNTED_AT_ONCE) return 'unknown';
  return selectDriftByPackage(prisma, organizationId, limit);
}
