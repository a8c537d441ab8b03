import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimMessage, enqueueMessages, settleMessage } from '../../src/persistence/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, TEST_NOW } from '../support/organization.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const hiddenUntil = new Date(TEST_NOW.getTime() + 600_000);

it('gives the messages of one series out one after another, and those of others meanwhile', async () => {
  const { prisma } = test.database;
  const { id: organizationId } = await createOrganization(test.database);
  const [one, other] = [randomUUID(), randomUUID()];
  for (const [series, name] of [
    [one, 'first'],
    [one, 'second'],
    [other, 'other'],
  ] as const) {
    await enqueueMessages(prisma, { organizationId, operationId: null, at: TEST_NOW, series }, [
      { kind: 'background_progress', payload: name },
    ]);
  }
  const claim = () =>
    claimMessage(prisma, { kinds: ['background_progress'], claimedBy: 'me', now: TEST_NOW, hiddenUntil });
  const first = await claim();
  expect(first?.payload).toBe('first');
  expect((await claim())?.payload).toBe('other');
  expect(await claim()).toBeNull();
  if (first) await settleMessage(prisma, first, TEST_NOW, null);
  expect((await claim())?.payload).toBe('second');
});

it('takes only the kinds that it is asked for', async () => {
  const { prisma } = test.database;
  const { id: organizationId } = await createOrganization(test.database);
  const at = new Date(TEST_NOW.getTime() - 1_000);
  await enqueueMessages(prisma, { organizationId, operationId: 1, at }, [
    { kind: 'access_changed', payload: { organizationId } },
    { kind: 'assignment_report', payload: { organizationId } },
  ]);
  const claim = { kinds: ['assignment_report' as const], claimedBy: null, now: at, hiddenUntil };
  expect(await claimMessage(prisma, claim)).toMatchObject({ kind: 'assignment_report', payload: { organizationId } });
  expect(await claimMessage(prisma, claim)).toBeNull();
});
