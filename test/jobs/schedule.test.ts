import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cronItems, scheduledTasks } from '../../src/jobs/schedule.ts';
import { startJobs } from '../../src/jobs/startJobs.ts';
import { createLog } from '../../src/log.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { enqueueJob } from '../../src/persistence/jobs.ts';
import { createApprovals } from '../support/approvals.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, TEST_NOW } from '../support/organization.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const log = createLog('error', (line) => expect(line).toBe(''));

it('names for every task that comes round when that is', () => {
  const engine = { database: test.database, now: () => TEST_NOW };
  const tasks = scheduledTasks({ engine, log, onProgress: () => undefined, endNoticeDays: 7 });
  expect(cronItems().map(({ task }) => task)).toEqual(Object.keys(tasks));
  expect(Object.keys(tasks)).toContain('end_assignments');
});

it('ends assignments whose time is over, in whichever process the round comes to, once', async () => {
  const organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  const [userId = 0] = await organization.addUsers('ANA');
  await organization.addMember(1, userId);
  await organization.addRow(userId, 'registry/open', { value: 'granted', packageNumber: 1 });
  const { id: organizationId, admin } = organization;
  await test.database.prisma.assignment.updateMany({
    where: { organizationId, userId },
    data: { endsAt: TEST_NOW, endsBy: admin.userId },
  });
  const processes = [1, 2].map(() => {
    const database = openDatabase(test.url);
    const engine = { database, now: () => TEST_NOW };
    const times = { poll: 100, stopWithin: 10_000 };
    const alive = new Set<string>();
    const options = { engine, log, times, alive, onProgress: () => undefined, endNoticeDays: 7 };
    return { database, jobs: startJobs(options) };
  });
  const queue = (key: string) => ({ task: 'end_assignments', payload: {}, key, queue: key, attempts: 1 });
  await Promise.all(['one', 'two'].map((key) => enqueueJob(test.database.prisma, queue(key))));
  const where = { organizationId, kind: 'unassign_package' };
  await vi.waitFor(async () => expect(await test.database.prisma.operation.count({ where })).toBe(1), 20_000);
  const left = () => test.database.pool.query('SELECT count(*)::int AS jobs FROM graphile_worker.jobs');
  await vi.waitFor(async () => expect((await left()).rows).toEqual([{ jobs: 0 }]), 20_000);
  for (const { jobs, database } of processes) {
    await jobs.stop();
    await database.close();
  }
  expect(await test.database.prisma.operation.count({ where })).toBe(1);
  const row = await test.database.prisma.appAuth.findFirstOrThrow({ where: { organizationId, userId } });
  expect(row).toMatchObject({ active: false, reason: 'unassignment' });
});

it('fails requests over which every worker died, with a reference in the log', async () => {
  const city = await createApprovals(test.database, () => TEST_NOW);
  await city.setPolicy();
  const id = await city.ask();
  await city.decide(id, city.ana);
  await test.database.pool.query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');
  const lines: string[] = [];
  const engine = { ...city.context, database: openDatabase(test.url) };
  const jobs = startJobs({
    ...{ engine, times: { poll: 100, stopWithin: 10_000 }, alive: new Set<string>(), endNoticeDays: 7 },
    ...{ log: createLog('error', (line) => lines.push(line)), onProgress: () => undefined },
  });
  const task = 'tend_requests';
  await enqueueJob(test.database.prisma, { task, payload: {}, key: task, queue: task, attempts: 1 });
  await vi.waitFor(async () => expect(await city.requestOf(id)).toMatchObject({ state: 'failed' }), 20_000);
  await jobs.stop();
  await engine.database.close();
  const { error } = await city.requestOf(id);
  expect(error).toEqual({ reference: expect.any(String) });
  expect(lines).toEqual([expect.stringContaining(`Every worker that began request ${id}`)]);
  expect(lines[0]).toContain((error as { reference: string }).reference);
});
