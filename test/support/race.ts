import { expect, vi } from 'vitest';
import { EngineError } from '../../src/engine/errors.ts';
import type { TestDatabase } from './database.ts';
import type { Held } from './holdOrganization.ts';

/** Long enough for a machine that is busy with more. */
const PATIENCE = { timeout: 20_000, interval: 20 };

/**
 * Lets several begin, one after the other, while somebody else holds what each of them needs; then lets all of them go.
 * Locks are given in the order in which they were asked for.
 * @returns what became of each: `done`, or the code of the refusal. @throws any other error.
 */
export async function race(
  { database }: TestDatabase,
  held: Promise<Held>,
  ...runs: (() => Promise<unknown>)[]
): Promise<string[]> {
  const lock = await held;
  const outcomes: Promise<string | Error>[] = [];
  try {
    for (const run of runs) {
      outcomes.push(outcomeOf(run));
      await vi.waitFor(async () => {
        const sql = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                       AND backend_type = 'client backend'`;
        expect((await database.pool.query(sql)).rowCount).toBe(outcomes.length);
      }, PATIENCE);
    }
  } finally {
    // Others wait for it too where this fails
    await lock.release();
  }
  return (await Promise.all(outcomes)).map((outcome) => {
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
}

async function outcomeOf(run: () => Promise<unknown>): Promise<string | Error> {
  try {
    await run();
    return 'done';
  } catch (error) {
    return error instanceof EngineError ? error.code : (error as Error);
  }
}
