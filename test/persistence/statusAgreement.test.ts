import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYNC_CONTROLS } from '../../src/engine/core/cellChoices.ts';
import { classifyStatus } from '../../src/engine/core/status.ts';
import { selectFacts, selectStatuses } from '../../src/persistence/statuses.ts';
import { planSync, selectSyncPage, tallySync } from '../../src/persistence/syncCells.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { addWorldPackages, aWorld, buildWorld, PERMISSIONS } from '../support/world.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  await addWorldPackages(organization);
});
afterAll(() => test.drop());

it('classifies in SQL exactly as the pure function does', { timeout: 120_000 }, async () => {
  const { prisma } = test.database;
  await fc.assert(
    fc.asyncProperty(aWorld, async (world) => {
      await buildWorld(test.database, organization, world);
      const inSql = await selectStatuses(prisma, organization.id, 1);
      const facts = await selectFacts(prisma, organization.id, 1, [...new Set(inSql.map(({ userId }) => userId))]);
      const pure = facts.map(({ userId, permissionId, facts: each }) => {
        const { kind, divergence } = classifyStatus(each);
        return { userId, permissionId, kind, divergence };
      });
      expect(inSql).toHaveLength(world.members.length * PERMISSIONS.length);
      expect(inSql).toEqual(pure);
    }),
    { numRuns: 60 },
  );
});

it('lets a sync write in SQL exactly what the pure function calls syncable', { timeout: 120_000 }, async () => {
  const { prisma } = test.database;
  const scope = { organizationId: organization.id, packageNumber: 1, permissionId: null, userId: null };
  const choices = { kinds: SYNC_CONTROLS.eligible, text: '', exceptions: [] };
  const filter = { kinds: null, text: '', changedSince: null };
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(aWorld, async (world) => {
      const userIds = await buildWorld(test.database, organization, world);
      const { cells } = await selectSyncPage(prisma, scope, choices, filter, { offset: 0, limit: 1_000 });
      const inSql = new Map(cells.map(({ userId, permissionId, chosen }) => [`${userId}/${permissionId}`, chosen]));
      const facts = (await selectFacts(prisma, organization.id, 1, userIds)).filter(
        ({ facts: { assignment, permission } }) => assignment === 'active' && permission.live,
      );
      const pure = facts.map((cell) => ({ ...cell, status: classifyStatus(cell.facts) }));
      expect(inSql).toEqual(
        new Map(pure.map(({ userId, permissionId, status }) => [`${userId}/${permissionId}`, status.syncable || null])),
      );
      const syncable = pure.filter(({ status }) => status.syncable).length;
      expect((await tallySync(prisma, scope, choices)).reduce((sum, { eligible }) => sum + eligible, 0)).toBe(syncable);
      // Naming every cell one by one makes no more of them syncable
      const exceptions = pure.map(({ userId, permissionId }) => ({ userId, permissionId, chosen: true }));
      expect(await planSync(prisma, scope, { ...choices, kinds: [], exceptions })).toMatchObject({ written: syncable });
      refused += pure.filter(({ status }) => status.refusal === 'person_left').length;
    }),
    { numRuns: 40 },
  );
  expect(refused).toBeGreaterThan(10);
});
