import { afterAll, beforeAll, expect, it } from 'vitest';
import { enqueueMessages } from '../../../src/persistence/outbox.ts';
import { type Claimant, startOutboxWorker } from '../../../src/slack/notify/outboxWorker.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fail } from '../../support/fail.ts';
import { createOrganization, TEST_NOW } from '../../support/organization.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('takes nothing before others know of its process, so that nothing is left behind unseen', async () => {
  const { id: organizationId } = await createOrganization(test.database);
  await enqueueMessages(test.database.prisma, { organizationId, operationId: null, at: TEST_NOW }, [
    { kind: 'channel_trouble', payload: {} },
  ]);
  const engine = { database: test.database, now: () => TEST_NOW };
  const delivered: number[] = [];
  const startAs = (claimant: Claimant) =>
    startOutboxWorker(
      engine,
      { channel_trouble: async ({ attempts }) => void delivered.push(attempts) },
      fail,
      claimant,
    );
  const unknown = startAs({ id: 'unknown', known: new Promise(() => undefined) });
  await unknown.stop();
  expect(delivered).toEqual([]);
  const known = startAs({ id: 'known', known: Promise.resolve() });
  await known.idle();
  await known.stop();
  expect(delivered).toEqual([1]);
});
