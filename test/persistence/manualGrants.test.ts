import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { effectiveAccess } from '../../src/engine/core/effectiveAccess.ts';
import { selectAccess } from '../../src/persistence/access.ts';
import { selectPermissionFacts } from '../../src/persistence/manualGrants.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { addWorldPackages, aWorld, buildWorld } from '../support/world.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  await addWorldPackages(organization);
});
afterAll(() => test.drop());

it('finds of every person, in every application, the access that applications read', async () => {
  const { prisma } = test.database;
  const applications = await prisma.application.findMany({ where: { organizationId: organization.id } });
  const ids = applications.map(({ id }) => id);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(aWorld, async (world) => {
      for (const userId of await buildWorld(test.database, organization, world)) {
        const facts = await selectPermissionFacts(prisma, organization.id, userId, ids);
        const found = facts.flatMap(({ permission, access }) => {
          const effective = effectiveAccess(access);
          return effective ? [{ application: permission.applicationName, name: permission.name, ...effective }] : [];
        });
        const read = await selectAccess(prisma, organization.id, userId);
        expect(facts).toHaveLength(4);
        expect(found).toEqual(
          read.map(({ applicationName: application, permissionName: name, value, param, source }) => ({
            ...{ application, name, value, param, source },
          })),
        );
        compared += found.length;
      }
    }),
    { numRuns: 8 },
  );
  expect(compared).toBeGreaterThan(10);
});

it('finds nothing of another organization', async () => {
  const elsewhere = await createOrganization(test.database, 'Elsewhere');
  const [eve = 0] = await elsewhere.addUsers('EVE');
  const { id } = await test.database.prisma.application.findFirstOrThrow({ where: { organizationId: elsewhere.id } });
  expect(await selectPermissionFacts(test.database.prisma, organization.id, eve, [id])).toEqual([]);
});
