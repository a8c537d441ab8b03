import type { TaskList } from 'graphile-worker';
import { z } from 'zod';
import { scanDrift } from '../engine/operations/scanDrift.ts';
import { DRIFT_TASK, enqueueDriftScans, settleDrift } from '../engine/operations/settleDrift.ts';
import type { BackgroundTaskOptions } from './backgroundTask.ts';

/** The task of the schedule: it has every organization scanned. */
export const DRIFT_SCANS_TASK = 'drift_scans';

const Payload = z.object({ organizationId: z.number().int(), scan: z.boolean() });

/** The queue's tasks that keep the drift of organizations up to date, and scan them. */
export function driftTasks({ engine, log, onProgress }: BackgroundTaskOptions): TaskList {
  return {
    [DRIFT_TASK]: async (payload) => {
      const { organizationId, scan } = Payload.parse(payload);
      const found = scan ? await scanDrift(engine, organizationId) : await settleDrift(engine, organizationId);
      onProgress();
      if (!found) return;
      const { cells, corrected } = found;
      const said = `Drift scan of organization ${organizationId}: ${cells} cells have drifted`;
      if (corrected > 0) log.warn(`${said}; ${corrected} had been changed from outside since the last scan`);
      else log.info(said);
    },
    [DRIFT_SCANS_TASK]: () => enqueueDriftScans(engine, { onlyNew: false }),
  };
}
