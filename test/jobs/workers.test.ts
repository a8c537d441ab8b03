import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { enqueueBackground } from '../../src/engine/operations/enqueueBackground.ts';
import { keepWorkersAlive } from '../../src/engine/operations/workers.ts';
import { startHeartbeat } from '../../src/jobs/heartbeat.ts';
import { type Jobs, startJobs } from '../../src/jobs/startJobs.ts';
import { createLog } from '../../src/log.ts';
import { type Database, openDatabase } from '../../src/persistence/database.ts';
import { enqueueJob } from '../../src/persistence/jobs.ts';
import { enqueueMessages } from '../../src/persistence/outbox.ts';
import { assignmentOf } from '../support/background.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { holdOrganization } from '../support/holdOrganization.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../support/organization.ts';

let test: TestDatabase;
let warnings: string[];
let opened: { jobs: Jobs; database: Database }[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  warnings = [];
  opened = [];
});
afterEach(async () => {
  for (const { jobs, database } of opened) {
    await jobs.stop();
    await database.close();
  }
});

/** Workers as another process has them. */
function startWorkers(times = { poll: 200, stopWithin: 10_000 }): { jobs: Jobs; alive: Set<string> } {
  const database = openDatabase(test.url);
  const alive = new Set<string>();
  const log = createLog('warn', (line) => warnings.push(line));
  const engine = { database, now: () => TEST_NOW };
  const jobs = startJobs({ engine, log, times, alive, onProgress: () => undefined, endNoticeDays: 7 });
  opened.push({ jobs, database });
  return { jobs, alive };
}

async function organizationWithPackage(): Promise<TestOrganization> {
  const organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  return organization;
}

async function enqueueFor(organization: TestOrganization, ...codes: string[]): Promise<string> {
  const request = await assignmentOf(organization, 1, await organization.addUsers(...codes));
  await enqueueBackground(organization.context, request);
  return request.key;
}

const states = (organizationId: number) =>
  test.database.prisma.backgroundOperation.findMany({ where: { organizationId }, select: { state: true } });

describe('workers', () => {
  it('of two processes share the work of several organizations and do everything once', async () => {
    const organizations = await Promise.all([1, 2, 3].map(organizationWithPackage));
    for (const organization of organizations) {
      for (const code of ['ANA', 'BEN', 'CAT', 'DAN']) await enqueueFor(organization, code);
    }
    startWorkers();
    startWorkers();
    for (const { id } of organizations) {
      await vi.waitFor(async () => expect(await states(id)).toEqual(Array(4).fill({ state: 'done' })), 20_000);
      const where = { organizationId: id };
      expect(await test.database.prisma.operation.count({ where })).toBe(4);
      expect(await test.database.prisma.auditRecord.count({ where })).toBe(4);
      expect(await test.database.prisma.assignment.count({ where })).toBe(4);
    }
    expect(warnings).toEqual([]);
  });

  it('do not wait for an organization whose writers wait', async () => {
    const [busy, free] = await Promise.all([organizationWithPackage(), organizationWithPackage()]);
    const held = await holdOrganization(test.url, busy.id);
    for (const code of ['ANA', 'BEN', 'CAT']) await enqueueFor(busy, code);
    startWorkers();
    await enqueueFor(free, 'EVE');
    await vi.waitFor(async () => expect(await states(free.id)).toEqual([{ state: 'done' }]), 20_000);
    await held.release();
    await vi.waitFor(async () => expect(await states(busy.id)).toEqual(Array(3).fill({ state: 'done' })), 20_000);
  });

  it('go on after the database dropped their connections in the middle of an operation', async () => {
    const organization = await organizationWithPackage();
    const held = await holdOrganization(test.url, organization.id);
    await enqueueFor(organization, 'ANA');
    const { alive } = startWorkers();
    const heart = { engine: organization.context, log: createLog('error'), alive, onProgress: () => undefined };
    const heartbeat = startHeartbeat({ ...heart, times: { beat: 100, deadAfter: 1_000 } });
    await vi.waitFor(async () => expect(await states(organization.id)).toEqual([{ state: 'running' }]), 20_000);
    await test.database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type IN ('Lock', 'Client') AND state <> 'idle in transaction'
         AND pid <> pg_backend_pid()`,
    );
    await held.release();
    await vi.waitFor(async () => expect(await states(organization.id)).toEqual([{ state: 'done' }]), 20_000);
    expect(await test.database.prisma.auditRecord.count({ where: { organizationId: organization.id } })).toBe(1);
    await heartbeat.stop();
  });

  it('are not waited for longer than allowed when the process stops', async () => {
    const organization = await organizationWithPackage();
    const held = await holdOrganization(test.url, organization.id);
    await enqueueFor(organization, 'ANA');
    const { jobs } = startWorkers({ poll: 200, stopWithin: 200 });
    await vi.waitFor(async () => expect(await states(organization.id)).toEqual([{ state: 'running' }]), 20_000);
    await jobs.stop();
    expect(warnings).toEqual([expect.stringContaining('the next start goes on with it')]);
    await held.release();
  });
});

describe('what a dead worker had taken', () => {
  const lockedBy = async (key: string) =>
    (await test.database.pool.query('SELECT locked_by FROM graphile_worker.jobs WHERE key = $1', [key])).rows[0]
      ?.locked_by;

  /** A job in the hands of `worker`, who was heard of `silentMs` ago. */
  async function jobOf(worker: string, silentMs: number): Promise<void> {
    await enqueueJob(test.database.prisma, { task: 'none', payload: {}, key: worker, queue: worker, attempts: 5 });
    const long = `now() - ${silentMs} * interval '1 millisecond'`;
    await test.database.pool.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = key, locked_at = ${long} WHERE key = '${worker}'`,
    );
    await test.database.pool.query(
      `UPDATE graphile_worker._private_job_queues SET locked_by = queue_name, locked_at = ${long}
       WHERE queue_name = '${worker}'`,
    );
  }

  it('is given back when it has been silent for long, and not before', async () => {
    const engine = { database: test.database, now: () => TEST_NOW };
    await jobOf('silent', 40_000);
    await jobOf('alive', 40_000);
    expect(await keepWorkersAlive(engine, ['me', 'alive'], 30_000)).toEqual({ deadWorkers: 1, messages: 0 });
    expect(await lockedBy('silent')).toBeNull();
    expect(await lockedBy('alive')).toBe('alive');
    const queue = await test.database.pool.query(
      "SELECT locked_by FROM graphile_worker._private_job_queues WHERE queue_name = 'silent'",
    );
    expect(queue.rows).toEqual([{ locked_by: null }]);
  });

  it('is due again where it is a message', async () => {
    const { id: organizationId } = await createOrganization(test.database);
    const engine = { database: test.database, now: () => TEST_NOW };
    const later = new Date(TEST_NOW.getTime() + 600_000);
    for (const claimedBy of ['gone', 'alive', 'forgotten']) {
      await enqueueMessages(test.database.prisma, { organizationId, operationId: 1, at: later }, [
        { kind: 'access_changed', payload: { claimedBy } },
      ]);
    }
    await test.database.pool.query("UPDATE outbox SET claimed_by = payload->>'claimedBy' WHERE organization_id = $1", [
      organizationId,
    ]);
    await test.database.pool.query("INSERT INTO worker_heartbeats VALUES ('gone', now() - interval '40 seconds')");
    expect(await keepWorkersAlive(engine, ['alive'], 30_000)).toMatchObject({ messages: 2 });
    const due = await test.database.prisma.outboxEntry.findMany({
      where: { organizationId, availableAt: TEST_NOW },
      select: { payload: true },
      orderBy: { id: 'asc' },
    });
    expect(due).toEqual([{ payload: { claimedBy: 'gone' } }, { payload: { claimedBy: 'forgotten' } }]);
  });
});
