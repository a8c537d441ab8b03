import { z } from 'zod';
import type { Queryable } from './database.ts';

/** One piece of work for whichever worker is free. */
export interface NewJob {
  task: string;
  payload: object;
  /** A job of the same key that waits is replaced, so that there is one. */
  key: string;
  /** Jobs of one queue are done one after another. */
  queue: string;
  /** Times that it may be begun, those included that ended with the worker's death. */
  attempts: number;
}

/** Puts a job into the queue: in the caller's transaction, so that it is there exactly if what it is about is. */
export async function enqueueJob(queryable: Queryable, job: NewJob): Promise<void> {
  await queryable.$queryRaw`
    SELECT id::text FROM graphile_worker.add_job(
      identifier => ${job.task}::text, payload => ${JSON.stringify(job.payload)}::json,
      queue_name => ${job.queue}::text, max_attempts => ${job.attempts}::int, job_key => ${job.key}::text)`;
}

/** Says that these workers are alive. By the database's clock: those of machines differ. */
export async function beat(queryable: Queryable, workerIds: readonly string[]): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO worker_heartbeats (worker_id, at)
    SELECT worker_id, clock_timestamp() FROM unnest(${[...workerIds]}::text[]) AS alive(worker_id) ORDER BY worker_id
    ON CONFLICT (worker_id) DO UPDATE SET at = EXCLUDED.at`;
}

/** Forgets workers that have been silent for a day. */
export async function forgetOldWorkers(queryable: Queryable): Promise<void> {
  await queryable.$executeRaw`DELETE FROM worker_heartbeats WHERE at < now() - interval '1 day'`;
}

const Dead = z.array(z.object({ workerId: z.string() }));

/**
 * Gives the jobs of workers that have been silent for `deadAfterMs` back to the queue. A worker that was only slow
 * loses nothing by it: what it does has a key, and the second to do it finds it done.
 * @returns how many workers were found dead.
 */
export async function freeJobsOfTheDead(queryable: Queryable, deadAfterMs: number): Promise<number> {
  const dead = Dead.parse(
    await queryable.$queryRaw`
      SELECT DISTINCT j.locked_by AS "workerId"
      FROM graphile_worker.jobs j LEFT JOIN worker_heartbeats h ON h.worker_id = j.locked_by
      WHERE j.locked_by IS NOT NULL
        AND greatest(h.at, j.locked_at) < clock_timestamp() - ${deadAfterMs}::int * interval '1 millisecond'`,
  );
  if (dead.length === 0) return 0;
  await queryable.$queryRaw`
    SELECT graphile_worker.force_unlock_workers(${dead.map(({ workerId }) => workerId)}::text[])::text`;
  return dead.length;
}

/**
 * Makes the messages of workers that have been silent for `deadAfterMs`, or that are forgotten, due at once: a worker
 * takes none before its first sign of life. @returns how many messages.
 */
export async function freeMessagesOfTheDead(queryable: Queryable, now: Date, deadAfterMs: number): Promise<number> {
  return queryable.$executeRaw`
    UPDATE outbox o SET available_at = ${now}, claimed_by = NULL
    WHERE o.delivered_at IS NULL AND o.claimed_by IS NOT NULL AND NOT EXISTS (
      SELECT FROM worker_heartbeats h
      WHERE h.worker_id = o.claimed_by AND h.at >= clock_timestamp() - ${deadAfterMs}::int * interval '1 millisecond'
    )`;
}

/** Gives up the messages that workers silent for `deadAfterMs` were writing, so that others may write them. */
export async function freePostedOfTheDead(queryable: Queryable, deadAfterMs: number): Promise<void> {
  await queryable.$executeRaw`
    UPDATE posted_messages m SET claim = NULL, claimed_by = NULL, claimed_until = NULL
    FROM worker_heartbeats h
    WHERE m.claim IS NOT NULL AND h.worker_id = m.claimed_by
      AND h.at < clock_timestamp() - ${deadAfterMs}::int * interval '1 millisecond'`;
}
