import type { TaskList } from 'graphile-worker';
import { z } from 'zod';
import { applyRequest } from '../engine/operations/applyRequest.ts';
import { REQUEST_TASK } from '../engine/operations/recordRequest.ts';
import type { BackgroundTaskOptions } from './backgroundTask.ts';
import { referencesOf } from './references.ts';

/** After so many attempts an error is no accident. */
const ATTEMPTS = 5;

const Payload = z.object({ organizationId: z.number().int(), requestId: z.number().int() });

/** The queue's task that does what an approved request asked for. */
export function requestTask({ engine, log, onProgress }: BackgroundTaskOptions): TaskList {
  return {
    [REQUEST_TASK]: async (payload, { job }) => {
      try {
        const watch = { lastAttempt: job.attempts >= ATTEMPTS, report: referencesOf(log) };
        await applyRequest(engine, Payload.parse(payload), watch);
      } finally {
        onProgress();
      }
    },
  };
}
