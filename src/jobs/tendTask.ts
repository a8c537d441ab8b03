import type { TaskList } from 'graphile-worker';
import { tendRequests } from '../engine/operations/endRequest.ts';
import type { BackgroundTaskOptions } from './backgroundTask.ts';

export const TEND_TASK = 'tend_requests';

/** Rounds at one time; what is left then is looked after a minute later. */
const ROUNDS = 20;

/** The queue's task that ends requests whose time is over, and reminds of those that wait. */
export function tendTask({ engine, onProgress }: Pick<BackgroundTaskOptions, 'engine' | 'onProgress'>): TaskList {
  return {
    [TEND_TASK]: async () => {
      try {
        for (let round = 0; round < ROUNDS; round++) if ((await tendRequests(engine)) === 0) return;
      } finally {
        onProgress();
      }
    },
  };
}
