import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportsOf } from '../../src/engine/readModels/exports.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { exportBytes } from './support.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  const { id: organizationId, addRow, addUsers } = organization;
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/grades': ['enter', 'REG'] });
  await organization.addPackage(2, { 'registry/records': ['edit', '*'] });
  const two = { organizationId, number: 2 };
  await test.database.prisma.package.updateMany({ where: two, data: { state: 'disabled' } });
  const [ana = 0, ben = 0, cat = 0] = await addUsers('ANA', 'BEN', 'CAT', 'DAN');
  await organization.addFounder('EVA');
  await addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
  await addRow(ana, 'registry/grades', { value: 'enter', param: 'FENG,REG', packageNumber: 1 });
  await addRow(ana, 'tickets/open', { value: 'granted', reason: 'manual' });
  await organization.addRule('Everybody', 'tickets/open', 'granted', ana, ben);
  // Without MAIN the application cannot be used, whatever else is granted in it
  await addRow(ben, 'registry/records', { value: 'view' });
  await organization.addProfile('Marker', 'registry/grades', 'enter', ben);
  await addRow(cat, 'registry/records', { value: 'edit', param: '*', packageNumber: 2 });
});
afterAll(() => test.drop());

it('tells what everybody can really do, and whether the application can be used, to the byte', async () => {
  const golden = await readFile(new URL('golden/access.csv', import.meta.url), 'utf8');
  const wanted = { kind: 'access', number: null } as const;
  expect((await exportBytes(organization, wanted)).toString('utf8')).toBe(golden);
  for (const people of [1, 2, 6]) {
    const inPages = exportsOf(organization.context, organization.id, { members: 1, people });
    expect((await exportBytes(organization, wanted, inPages)).toString('utf8')).toBe(golden);
  }
});

it('agrees with the view that applications read', async () => {
  const exported: string[] = [];
  for await (const page of exportsOf(organization.context, organization.id).access())
    exported.push(...page.map(({ person, value, param, source }) => [person.code, value, param, source].join('|')));
  const rows = await test.database.prisma.$queryRaw<{ line: string }[]>`
    SELECT concat_ws('|', user_code, value, array_to_string(parameter, ','), source) AS line
    FROM effective_access WHERE organization = ${organization.id}::int`;
  expect(exported.sort()).toEqual(rows.map(({ line }) => line).sort());
});
