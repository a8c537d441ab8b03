import type { TaskList } from 'graphile-worker';
import { z } from 'zod';
import { BACKGROUND_TASK } from '../engine/operations/enqueueBackground.ts';
import { runBackground } from '../engine/operations/runBackground.ts';
import type { EngineContext } from '../engine/operations/runOperation.ts';
import type { Log } from '../log.ts';
import { referencesOf } from './references.ts';

/** After so many attempts an error is no accident; they lie seconds, in the end a minute, apart. */
const ATTEMPTS = 5;

const Payload = z.object({ organizationId: z.number().int(), key: z.uuid() });

export interface BackgroundTaskOptions {
  engine: EngineContext;
  log: Log;
  onProgress: () => void;
}

/** The queue's task that does one background operation. */
export function backgroundTask({ engine, log, onProgress }: BackgroundTaskOptions): TaskList {
  return {
    [BACKGROUND_TASK]: async (payload, { job }) => {
      const watch = {
        lastAttempt: job.attempts >= ATTEMPTS,
        report: referencesOf(log),
        onBegun: onProgress,
      };
      try {
        await runBackground(engine, Payload.parse(payload), watch);
      } finally {
        onProgress();
      }
    },
  };
}
