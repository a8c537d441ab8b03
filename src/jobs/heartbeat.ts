import { endAbandoned } from '../engine/operations/runBackground.ts';
import type { EngineContext } from '../engine/operations/runOperation.ts';
import { forgetOldWork, keepWorkersAlive } from '../engine/operations/workers.ts';
import type { Log } from '../log.ts';
import type { JobTimes } from './jobTimes.ts';
import { referencesOf } from './references.ts';

export interface Heartbeat {
  /** Resolves when the first sign of life has been given. */
  begun: Promise<void>;
  stop(): Promise<void>;
}

export interface HeartbeatOptions {
  engine: EngineContext;
  log: Log;
  times: Pick<JobTimes, 'beat' | 'deadAfter'>;
  /** The workers of this process that are alive now. */
  alive: ReadonlySet<string>;
  /** Called whenever there may be something to tell. */
  onProgress: () => void;
}

/**
 * Says every few seconds that this process's workers live, and takes care of what the dead left behind: the queue itself
 * would wait hours for them.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { engine, log, times, alive, onProgress } = options;
  let beating: Promise<void> | null = null;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  async function beat(): Promise<void> {
    const freed = await keepWorkersAlive(engine, [...alive], times.deadAfter);
    begin();
    const ended = await endAbandoned(engine, referencesOf(log));
    if (freed.deadWorkers > 0) log.warn(`${freed.deadWorkers} workers died; others go on with their jobs`);
    if (freed.messages + ended > 0) onProgress();
  }

  function next(): void {
    beating ??= beat()
      .catch((error: Error) => log.warn(`No sign of life could be given: ${error.message}`))
      .finally(() => {
        beating = null;
      });
  }

  const timer = setInterval(next, times.beat);
  timer.unref();
  next();
  const forgetting = forgetOldWork(engine).catch(() => undefined);
  return {
    begun,
    async stop() {
      clearInterval(timer);
      await beating;
      await forgetting;
    },
  };
}
