import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startJobs } from '../../src/jobs/startJobs.ts';
import { createLog } from '../../src/log.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { createApprovals } from '../support/approvals.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** A minute begins within a minute; the rest is for a machine that is busy. */
const A_MINUTE = { timeout: 120_000, interval: 250 };

it('expires requests and scans for drift as minutes begin, once for two processes, asked by nobody', {
  timeout: 150_000,
}, async () => {
  const city = await createApprovals(test.database, () => new Date());
  await city.setPolicy();
  const id = await city.ask();
  const later = () => new Date(Date.now() + 365 * 24 * 3_600_000);
  const processes = [1, 2].map(() => {
    const database = openDatabase(test.url);
    const options = {
      ...{ engine: { database, now: later }, log: createLog('error', (line) => expect(line).toBe('')) },
      ...{ times: { poll: 500, stopWithin: 10_000 }, alive: new Set<string>(), onProgress: () => undefined },
      ...{ endNoticeDays: 7, driftScan: '* * * * *' },
    };
    return { database, jobs: startJobs(options) };
  });
  const { prisma } = test.database;
  const where = { organizationId: city.organization.id };
  await vi.waitFor(async () => expect(await city.requestOf(id)).toMatchObject({ state: 'expired' }), A_MINUTE);
  await vi.waitFor(async () => expect(await prisma.driftScan.count({ where })).toBeGreaterThan(0), A_MINUTE);
  for (const { jobs, database } of processes) {
    await jobs.stop();
    await database.close();
  }
  expect(await prisma.operation.count({ where: { ...where, kind: 'expire_request' } })).toBe(1);
});
