import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Runner, run, type WorkerEvents } from 'graphile-worker';
import type { EngineContext } from '../engine/operations/runOperation.ts';
import type { Log } from '../log.ts';
import { backgroundTask } from './backgroundTask.ts';
import { scheduleOf } from './cronPattern.ts';
import { DRIFT_SCANS_TASK, driftTasks } from './driftTasks.ts';
import type { JobTimes } from './jobTimes.ts';
import { queueLog } from './queueLog.ts';
import { requestTask } from './requestTask.ts';
import { cronItems, scheduledTasks } from './schedule.ts';
import { settledWithin } from './settledWithin.ts';

/** Jobs done at once in one process. Those of one organization wait for each other. */
const CONCURRENCY = 2;

/** Before the workers are started again, where the queue broke under them. */
const RESTART_MS = 1_000;

export interface JobsOptions {
  engine: EngineContext;
  log: Log;
  /** Days before the end of an assignment on which its member is told. */
  endNoticeDays: number;
  times: Pick<JobTimes, 'poll' | 'stopWithin'>;
  /** Gets the ids of the workers that are alive; somebody gives their signs of life. */
  alive: Set<string>;
  /** Called whenever there may be something to tell. */
  onProgress: () => void;
  /** When drift is scanned, such as `15 3 * * *` (UTC); by default never. */
  driftScan?: string | null;
}

export interface Jobs {
  /** Takes no new job, and waits a while for those under way. */
  stop(): Promise<void>;
}

/** Starts this process's workers. Any number of processes may; whatever one of them leaves behind, another goes on with. */
export function startJobs(options: JobsOptions): Jobs {
  const { engine, log, times, alive, driftScan = null } = options;
  const stopping = new AbortController();
  let runner: Runner | undefined;

  /** A worker whose job cannot be put down (the database went away) ends itself; then all are started anew. */
  function events(onBroken: () => void): WorkerEvents {
    const emitter: WorkerEvents = new EventEmitter();
    emitter.on('worker:create', ({ worker }) => alive.add(worker.workerId));
    emitter.on('worker:stop', ({ worker }) => alive.delete(worker.workerId));
    emitter.on('worker:fatalError', onBroken);
    return emitter;
  }

  async function workUntilBroken(): Promise<void> {
    const started: Runner = await run({
      pgPool: engine.database.pool,
      taskList: {
        ...backgroundTask(options),
        ...requestTask(options),
        ...scheduledTasks(options),
        ...driftTasks(options),
      },
      parsedCronItems: [...cronItems(), ...(driftScan === null ? [] : scheduleOf(DRIFT_SCANS_TASK, driftScan))],
      concurrency: CONCURRENCY,
      pollInterval: times.poll,
      logger: queueLog(log),
      events: events(() => void started.stop().catch(() => undefined)),
      // The program has its own, and a pooler knows no prepared statements
      ...{ noHandleSignals: true, noPreparedStatements: true },
    });
    runner = started;
    if (stopping.signal.aborted) await started.stop();
    await started.promise;
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      await workUntilBroken().catch((error: unknown) => log.warn(`Queue: ${String(error)}`));
      await delay(RESTART_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  const working = work();
  return {
    async stop() {
      stopping.abort();
      // Refused where it stops already by itself
      runner?.stop().catch(() => undefined);
      if (!(await settledWithin(working, times.stopWithin))) {
        log.warn('A job is still under way; the next start goes on with it');
      }
    },
  };
}
