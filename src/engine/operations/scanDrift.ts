import { enqueueDigests } from '../../persistence/drift/driftChannels.ts';
import { deleteDriftMarks, selectDriftMarkIds } from '../../persistence/drift/driftMarks.ts';
import {
  countDriftCells,
  type DriftScan,
  findLastDriftScan,
  forgetOldDrift,
  insertDriftScan,
  writeDriftDays,
} from '../../persistence/drift/driftRecords.ts';
import { lockDrift, writeDriftOfEverybody } from '../../persistence/drift/driftState.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import type { EngineContext } from './operationFrame.ts';

/** Days for which events and daily numbers are kept. */
const KEPT_MS = 60 * 24 * 3_600_000;

/** What a full scan found. */
export interface DriftScanned extends DriftScan {
  /** The organization's first: it tells nothing as news. */
  baseline: boolean;
}

/**
 * Looks at the whole organization and puts right what the running state of its drift had missed: rows that were changed
 * from outside. For the program itself: not authorized here.
 */
export async function scanDrift(context: EngineContext, organizationId: number): Promise<DriftScanned> {
  const { database, now } = context;
  const { prisma } = database;
  const { changed, ...scanned } = await prisma.$transaction(
    async (transaction) => {
      const startedAt = now();
      await lockDrift(rawQueryOf(transaction), organizationId);
      const baseline = (await findLastDriftScan(transaction, organizationId)) === null;
      // What is marked by now is seen by the statement after it; what is marked later stays for the next
      const marks = await selectDriftMarkIds(transaction, organizationId);
      const writing = { organizationId, at: startedAt, tells: !baseline };
      const changes = await writeDriftOfEverybody(transaction, writing);
      await deleteDriftMarks(transaction, organizationId, marks);
      await writeDriftDays(transaction, organizationId, startedAt);
      const touched = changes.map(({ packageNumber }) => packageNumber);
      if (!baseline) await enqueueDigests(transaction, organizationId, startedAt, touched);
      await forgetOldDrift(transaction, organizationId, new Date(startedAt.getTime() - KEPT_MS));
      const sum = (of: 'cells' | 'unannounced') => changes.reduce((total, change) => total + change[of], 0);
      const scan = {
        ...{ startedAt, endedAt: now(), cells: await countDriftCells(transaction, organizationId) },
        corrected: baseline ? 0 : sum('unannounced'),
      };
      await insertDriftScan(transaction, organizationId, scan);
      return { ...scan, baseline, changed: sum('cells') };
    },
    { maxWait: 30_000, timeout: 600_000 },
  );
  refreshStatistics(database, changed, 'drift_cells');
  return scanned;
}
