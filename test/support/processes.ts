import { expect, vi } from 'vitest';
import type { SandboxPerson } from '../../src/sandbox/index.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { TestDatabase } from './database.ts';
import type { Held } from './holdOrganization.ts';
import { type Program, startProgram } from './program.ts';
import { type SandboxServer, startSandboxServer } from './sandboxServer.ts';
import { AT_ONCE } from './slackBench.ts';

/** A worker counts as dead after a second, so that nobody waits long for the other to go on. */
const JOB_TIMES = JSON.stringify({ ...AT_ONCE, poll: 200, beat: 100, deadAfter: 1_000, stopWithin: 10_000 });

/** For what other processes do on a machine that is busy with more. */
export const PATIENCE = { timeout: 60_000, interval: 50 };

/** The program as processes that are killed, at one workspace and one database. */
export interface Processes {
  workspace: SandboxServer;
  /** Starts another with these variables besides; what people do in Slack goes to it from now on. */
  start(more?: Record<string, string>): Promise<Program>;
  /** As `kill -9` does. */
  kill(program: Program): Promise<void>;
  /** Keeps somebody waiting until `release`. */
  hold(held: Promise<Held>): Promise<void>;
  release(): Promise<void>;
  /** Resolves when some statement waits for a lock that somebody else holds. */
  someoneWaits(): Promise<void>;
  /** Ends the statements that wait: what a killed process has sent, the database would do all the same. */
  endWaiting(): Promise<void>;
  /** Kills all of them, and closes the workspace. */
  stop(): Promise<void>;
}

/** A workspace of these people, at which no process runs yet. */
export async function createProcesses(
  { database, url }: TestDatabase,
  people: SandboxPerson[],
  channels?: SandboxOptions['channels'],
): Promise<Processes> {
  const workspace = await startSandboxServer(people, channels);
  const programs: Program[] = [];
  const held: Held[] = [];
  const waiting = "datname = current_database() AND wait_event_type = 'Lock'";

  async function kill(program: Program): Promise<void> {
    program.process.kill('SIGKILL');
    await program.ended();
  }

  async function release(): Promise<void> {
    for (const each of held.splice(0)) await each.release();
  }

  return {
    ...{ workspace, kill, release },
    async start(more = {}) {
      const variables = { ...workspace.variables, DATABASE_URL: url, JOB_TIMES, LOG_LEVEL: 'warn', ...more };
      const program = startProgram(variables, 'test/support/program.process.ts');
      programs.push(program);
      workspace.sendTo(await program.ready());
      return program;
    },
    hold: async (taken) => void held.push(await taken),
    someoneWaits: () =>
      vi.waitFor(async () => {
        const { rowCount } = await database.pool.query(`SELECT FROM pg_stat_activity WHERE ${waiting}`);
        expect(rowCount).toBeGreaterThan(0);
      }, PATIENCE),
    async endWaiting() {
      await database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${waiting}`);
    },
    async stop() {
      await release();
      for (const program of programs) await kill(program);
      await workspace.close();
    },
  };
}
