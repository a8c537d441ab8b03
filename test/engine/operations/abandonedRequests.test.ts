import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { failAbandonedRequests } from '../../../src/engine/operations/applyRequest.ts';
import { retryRequest } from '../../../src/engine/operations/endRequest.ts';
import { type Approvals, createApprovals } from '../../support/approvals.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { TEST_NOW } from '../../support/organization.ts';

let test: TestDatabase;
let city: Approvals;
let reported: unknown[];
let id: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  reported = [];
  city = await createApprovals(test.database, () => TEST_NOW);
  await city.setPolicy();
  id = await city.ask();
});

const look = () => failAbandonedRequests(city.context, (error) => `reference-${reported.push(error)}`);
const onJobs = (sql: string) => test.database.pool.query(`${sql} WHERE key LIKE $1`, [`%:${city.organization.id}:%`]);
const failed = { state: 'failed', error: { reference: 'reference-1' } };

it('leaves alone what waits for decisions or for a worker', async () => {
  expect(await look()).toBe(0);
  await city.decide(id, city.ana);
  expect(await look()).toBe(0);
  expect(await city.requestOf(id)).toMatchObject({ state: 'approved' });
});

it('fails an approved request over which every worker died, once, so that it can be tried again', async () => {
  await city.decide(id, city.ana);
  await onJobs('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');
  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  expect(await city.requestOf(id)).toMatchObject(failed);
  await retryRequest(city.context, { actor: city.organization.admin, key: randomUUID(), requestId: id });
  expect(await look()).toBe(0);
  await city.apply(id);
  expect(await city.requestOf(id)).toMatchObject({ state: 'applied' });
  expect((await city.story()).slice(-3)).toEqual(['fail_request', 'retry_request', 'assign_package']);
});

it('fails an approved request whose job is gone', async () => {
  await city.decide(id, city.ana);
  await onJobs('DELETE FROM graphile_worker._private_jobs');
  expect(await look()).toBe(1);
  expect(await city.requestOf(id)).toMatchObject(failed);
  expect(reported).toHaveLength(1);
});
