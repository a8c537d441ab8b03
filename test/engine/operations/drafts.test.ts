import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeDraft, forgetOldDrafts, loadDraft, storeDraft } from '../../../src/engine/operations/drafts.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
});
afterAll(() => test.drop());

const newKey = () => ({ ...organization.admin, id: randomUUID() });

it('loses no change of two processes that change one draft at the same time', async () => {
  const key = newKey();
  await storeDraft(organization.context, key, 'count', { n: 0 });
  const second = openDatabase(test.url, { poolSize: 4 });
  try {
    const contexts = [organization.context, { ...organization.context, database: second }];
    const increment = (data: unknown) => ({ n: (data as { n: number }).n + 1 });
    await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        changeDraft(contexts[turn % 2] ?? organization.context, key, 'count', increment),
      ),
    );
    expect(await loadDraft(organization.context, key, 'count')).toEqual({ n: 20 });
  } finally {
    await second.close();
  }
});

it('shows a draft to nobody else, under no other kind, and lets nobody else write it', async () => {
  const key = newKey();
  await storeDraft(organization.context, key, 'assign', { secret: 1 });
  const [eve = 0] = await organization.addUsers('EVE');
  const others = { ...key, userId: eve };
  expect(await loadDraft(organization.context, others, 'assign')).toBeNull();
  expect(await loadDraft(organization.context, key, 'other')).toBeNull();
  await storeDraft(organization.context, others, 'assign', { secret: 2 });
  expect(await loadDraft(organization.context, key, 'assign')).toEqual({ secret: 1 });
});

it('forgets what nobody has touched for a week', async () => {
  const key = newKey();
  await storeDraft(organization.context, key, 'assign', {});
  const later = new Date(organization.context.now().getTime() + 8 * 24 * 60 * 60_000);
  expect(await forgetOldDrafts(organization.context)).toBe(0);
  expect(await forgetOldDrafts({ ...organization.context, now: () => later })).toBeGreaterThan(0);
  expect(await loadDraft(organization.context, key, 'assign')).toBeNull();
});
