import { type ParsedCronItem, parseCronItems, type TaskList } from 'graphile-worker';
import { failAbandonedRequests } from '../engine/operations/applyRequest.ts';
import { endAssignments, tellOfEndings } from '../engine/operations/endAssignments.ts';
import { tendRequests } from '../engine/operations/endRequest.ts';
import type { EngineContext } from '../engine/operations/runOperation.ts';
import type { BackgroundTaskOptions } from './backgroundTask.ts';
import { referencesOf } from './references.ts';

export interface ScheduleOptions extends BackgroundTaskOptions {
  /** Days before the end of an assignment on which its member is told. */
  endNoticeDays: number;
}

/** Work that comes round by itself, however many processes there are: one of them does it. */
interface Scheduled {
  /** When, as cron writes it. */
  when: string;
  /** Each does what is due and nothing twice: a round that is left out is made up for by the next. */
  run: (options: ScheduleOptions) => Promise<unknown>;
}

const SCHEDULE: Record<string, Scheduled> = {
  tend_requests: {
    when: '* * * * *',
    run: async ({ engine, log }) => {
      await failAbandonedRequests(engine, referencesOf(log));
      await tendAll(engine, referencesOf(log));
    },
  },
  end_assignments: {
    when: '*/5 * * * *',
    run: async ({ engine, log, endNoticeDays }) => {
      await endAssignments(engine, referencesOf(log));
      await tellOfEndings(engine, endNoticeDays);
    },
  },
};

/** Rounds at one time; what is left then is looked after a minute later. */
const ROUNDS = 20;

/** Ends requests whose time is over, and reminds of those that wait. */
async function tendAll(engine: EngineContext, report: (error: unknown) => unknown): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if ((await tendRequests(engine, report)) === 0) return;
}

/** The tasks of the schedule. */
export function scheduledTasks(options: ScheduleOptions): TaskList {
  const tasks = Object.entries(SCHEDULE).map(([name, { run }]) => [
    name,
    async () => {
      try {
        await run(options);
      } finally {
        options.onProgress();
      }
    },
  ]);
  return Object.fromEntries(tasks);
}

/** When the queue is to do them. A round that waits is replaced by the next one. */
export function cronItems(): ParsedCronItem[] {
  return parseCronItems(
    Object.entries(SCHEDULE).map(([task, { when }]) => ({
      ...{ task, match: when, identifier: task },
      options: { backfillPeriod: 0, jobKey: task, queueName: task, maxAttempts: 1 },
    })),
  );
}
