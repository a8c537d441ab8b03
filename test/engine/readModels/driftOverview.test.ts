import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { META_PERMISSIONS } from '../../../src/engine/core/metaPermissions.ts';
import { driftOverview } from '../../../src/engine/readModels/driftOverview.ts';
import { exportedDrift } from '../../../src/engine/readModels/exportedCells.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';
import { addWorldPackages, aWorld, buildWorld } from '../../support/world.ts';

let test: TestDatabase;
let city: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  city = await createOrganization(test.database);
  await addWorldPackages(city);
});
afterAll(() => test.drop());

const actor = () => ({
  ...{ ...city.admin, code: 'ADMIN', name: 'Admin', founder: false },
  metaPermissions: new Set(META_PERMISSIONS),
});

it('counts what the list of drift lists, whatever the members have', async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, async (world) => {
      await buildWorld(test.database, city, world);
      const members = await test.database.prisma.user.findMany({ where: { organizationId: city.id } });
      const people = members.map(({ id, code, name }) => ({ userId: id, code, name }));
      const drifted = await exportedDrift(city.context, { organizationId: city.id, number: 1 }, people);
      const told = drifted.filter(({ accepted }) => !accepted);
      const expected = told.length === 0 ? [] : [{ number: 1, name: 'Package 1', cells: told.length }];
      const overview = await driftOverview(city.context, actor(), 5);
      if (overview === 'unknown') throw new Error('There is little to count here');
      expect(overview.packages).toMatchObject(expected);
      expect(overview.total).toBe(expected.length);
      expect(overview.packages[0]?.people ?? 0).toBe(new Set(told.map(({ person }) => person.userId)).size);
    }),
    { numRuns: 25 },
  );
});
