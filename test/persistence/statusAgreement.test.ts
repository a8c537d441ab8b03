import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifyStatus } from '../../src/engine/core/status.ts';
import { selectFacts, selectStatuses } from '../../src/persistence/statuses.ts';
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
