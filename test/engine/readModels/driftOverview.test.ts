import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { META_PERMISSIONS } from '../../../src/engine/core/metaPermissions.ts';
import { scanDrift } from '../../../src/engine/operations/scanDrift.ts';
import { driftOverview } from '../../../src/engine/readModels/driftOverview.ts';
import { exportedDrift } from '../../../src/engine/readModels/exportedCells.ts';
import { packageDrift } from '../../../src/engine/readModels/packageDrift.ts';
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
      await scanDrift(city.context, city.id);
      const overview = await driftOverview(city.context, actor(), { text: '', offset: 0, limit: 5 });
      if (overview === 'not_scanned') throw new Error('It has just been scanned');
      expect(overview.packages).toMatchObject(expected);
      expect(overview.total).toBe(expected.length);
      expect(overview.packages[0]?.people ?? 0).toBe(new Set(told.map(({ person }) => person.userId)).size);
    }),
    { numRuns: 25 },
  );
});

it('tells of a package what drifts how, where most differ alike, and how it went', async () => {
  const town = await createOrganization(test.database);
  const { context, permissions } = town;
  const owner = { ...actor(), ...town.admin };
  await town.addPackage(7, { 'registry/records': ['view'], 'registry/open': ['granted'] });
  const people = await town.addUsers(...Array.from({ length: 6 }, (_, index) => `P${index}`));
  for (const userId of people) await town.addMember(7, userId);
  await scanDrift({ ...context, now: () => new Date('2026-05-01T10:00:00Z') }, town.id);
  for (const userId of people.slice(0, 5)) await town.addRow(userId, 'registry/records', { value: 'edit' });
  for (const userId of people.slice(0, 4))
    await town.addRow(userId, 'registry/open', { value: 'granted', packageNumber: 7 });
  await scanDrift(context, town.id);
  const drift = await packageDrift(context, owner, 7);
  expect(drift.counts).toEqual([
    { permissionId: permissions['registry/open'], kind: 'not_granted', cells: 2 },
    { permissionId: permissions['registry/records'], kind: 'divergent_manual', cells: 5 },
    { permissionId: permissions['registry/records'], kind: 'not_granted', cells: 1 },
  ]);
  expect(drift.common).toEqual([
    { permissionId: permissions['registry/records'], value: 'edit', param: '', people: 5, members: 6 },
  ]);
  const days = drift.trend.map(({ day, cells, people: affected }) => `${day}: ${cells} of ${affected}`);
  expect(days).toHaveLength(14);
  expect(days.slice(-4)).toEqual([
    '2026-04-30: 0 of 0',
    '2026-05-01: 12 of 6',
    '2026-05-02: 12 of 6',
    '2026-05-03: 8 of 6',
  ]);
  const nobody = { ...owner, metaPermissions: new Set<never>() };
  await expect(packageDrift(context, nobody, 7)).rejects.toMatchObject({ code: 'not_allowed' });
});
