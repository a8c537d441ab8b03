import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { searchText } from '../../src/engine/core/searchText.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA'] });
  admin = city.admin;
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function addStructures(count: number, nameOf: (index: number) => string) {
  await test.database.prisma.structure.createMany({
    data: Array.from({ length: count }, (_, index) => {
      const code = `S${100 + index}`;
      const name = nameOf(index);
      return { organizationId: city.organization.id, code, name, path: [], searchText: searchText(code, name) };
    }),
  });
}

async function openAddPermission() {
  await admin.command('/package show 1');
  await admin.waitForScreen('# package:1');
  await admin.click('Add Permission');
  await admin.waitForScreen('Application: <Search an application…>');
}

async function choose(application: string, permission: string) {
  await admin.pick('application', '', application);
  await admin.waitForScreen('Permission: <Search a permission…>');
  await admin.pick('Permission', '', permission);
}

async function openRecords() {
  await openAddPermission();
  await choose('Student Registry', 'Student records');
  await admin.waitForScreen('Selected: *0 structures*');
}

async function inPackage() {
  const where = { organizationId: city.organization.id, packageNumber: 1 };
  const rows = await test.database.prisma.packagePermission.findMany({ where });
  return rows.map(({ value, param, live }) => ({ value, param, live }));
}

describe('adding a permission', () => {
  it('goes from application to permission to value and structures, and the package below shows it', async () => {
    await city.organization.addPackage(1, {});
    await city.organization.addMember(1, city.idOf('ANA'));
    await openAddPermission();
    expect((await admin.suggest('application', 'regis')).map(({ label }) => label)).toEqual(['Student Registry']);
    await admin.pick('application', 'regis', 'Student Registry');
    await admin.waitForScreen('Permission: <Search a permission…>');
    const offered = await admin.suggest('Permission', '');
    expect(offered.map(({ label }) => label)).toEqual(['Open the registry (MAIN)', 'Grades', 'Student records']);
    await admin.pick('Permission', 'records', 'Student records');
    await admin.waitForScreen('Selected: *0 structures*');
    await admin.select('Value', 'edit');
    await admin.select('structure_checked_0', ['REG']);
    expect(await admin.waitForScreen('Selected: *1 structure* — REG')).toContain('Value: <edit>');
    await admin.submit();
    const screen = await admin.waitForScreen('Student Registry · Student records was added.');
    expect(screen).toContain('1 person with the package already, and not changed: they show Not granted');
    expect(screen).toContain('`edit` (REG)');
    expect(await inPackage()).toEqual([{ value: 'edit', param: 'REG', live: true }]);
    expect(await test.database.prisma.appAuth.count({ where: { organizationId: city.organization.id } })).toBe(0);
  });

  it('asks for no value where the permission is a switch', async () => {
    await city.organization.addPackage(1, {});
    await openAddPermission();
    await choose('Help Desk', 'Open the help desk (MAIN)');
    expect(await admin.waitForScreen('This permission is a plain switch: *granted*.')).not.toContain('Structures');
    await admin.submit();
    await admin.waitForScreen('Nobody has the package yet, so nobody needs a sync.');
    expect(await inPackage()).toEqual([{ value: 'granted', param: '', live: true }]);
  });

  it('takes by Select all what the filter shows, and keeps earlier choices while the filter changes', async () => {
    await city.organization.addPackage(1, {});
    await addStructures(40, (index) => (index < 25 ? `Faculté ${index}` : `Office ${index}`));
    await openRecords();
    await admin.select('structure_checked_0', ['REG']);
    await admin.waitForScreen('Selected: *1 structure* — REG');
    await admin.fill('structure_filter', 'faculte');
    await admin.pressEnter('structure_filter');
    const filtered = await admin.waitForScreen('Select all 25 shown by the filter');
    expect(filtered).toContain('1–20 of 25');
    expect(filtered).not.toContain('Office');
    await admin.click('Select all 25 shown by the filter');
    expect(await admin.waitForScreen('Selected: *26 structures*')).toContain('<faculte>');
    await admin.click('Next ›');
    await admin.waitForScreen('21–25 of 25');
    await admin.select('structure_checked_0', ['S120', 'S121', 'S122', 'S123']);
    await admin.waitForScreen('Selected: *25 structures*');
    await admin.fill('structure_filter', 'office 39');
    await admin.pressEnter('structure_filter');
    await admin.waitForScreen('( ) S139 · Office 39');
    await admin.select('structure_checked_0', ['S139']);
    await admin.waitForScreen('Selected: *26 structures*');
    await admin.fill('structure_filter', 'nothing like it');
    await admin.pressEnter('structure_filter');
    const none = await admin.waitForScreen('Nothing found for “nothing like it”.');
    expect(none).not.toContain('Select all');
    expect(none).toContain('Selected: *26 structures*');
    await admin.submit();
    await admin.waitForScreen('was added.');
    const codes = Array.from({ length: 24 }, (_, index) => `S${100 + index}`);
    expect(await inPackage()).toMatchObject([{ param: ['REG', ...codes, 'S139'].join(',') }]);
  });

  it('keeps both of two boxes ticked at the same moment', async () => {
    await city.organization.addPackage(1, {});
    await addStructures(12, (index) => `Office ${index}`);
    await openRecords();
    await Promise.all([admin.select('structure_checked_0', ['REG']), admin.select('structure_checked_1', ['S111'])]);
    await admin.waitForScreen('Selected: *2 structures* — REG, S111');
  });

  it('takes every structure, and lets go of them again', async () => {
    await city.organization.addPackage(1, {});
    await openRecords();
    await admin.click('Take all structures (*)');
    await admin.waitForScreen('Selected: *all structures*, also future ones.');
    await admin.click('Choose structures instead');
    await admin.waitForScreen('Selected: *0 structures*');
    await admin.click('Take all structures (*)');
    await admin.waitForScreen('Selected: *all structures*, also future ones.');
    await admin.submit();
    await admin.waitForScreen('`view` (All structures)');
    expect(await inPackage()).toEqual([{ value: 'view', param: '*', live: true }]);
  });

  it('turns a removed permission green again, with the new value', async () => {
    await city.organization.addPackage(1, { 'registry/records': ['admin', '*'] });
    const where = { organizationId: city.organization.id };
    await test.database.prisma.packagePermission.updateMany({ where, data: { live: false } });
    await openRecords();
    await admin.select('structure_checked_0', ['REG']);
    await admin.waitForScreen('Selected: *1 structure*');
    await admin.submit();
    const screen = await admin.waitForScreen('Student Registry · Student records is back in the package.');
    expect(screen).toContain(':large_green_circle: Live');
    expect(await inPackage()).toEqual([{ value: 'view', param: 'REG', live: true }]);
  });

  it('says beside the field that the permission is in the package already, and that something is missing', async () => {
    await city.organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await openRecords();
    const missing = await admin.submit();
    expect(Object.entries(missing.errors ?? {})).toEqual([
      [expect.stringMatching(/^structure_filter/), 'Choose at least one structure, or all of them.'],
    ]);
    await admin.click('Take all structures (*)');
    await admin.waitForScreen('Selected: *all structures*');
    const { outcome, errors = {} } = await admin.submit();
    expect(outcome).toBe('errors');
    expect(Object.entries(errors)).toEqual([
      [
        expect.stringMatching(/^permission_/),
        'Student Registry · Student records is in package:1 already. Choose another permission.',
      ],
    ]);
    expect(await inPackage()).toEqual([{ value: 'edit', param: 'REG', live: true }]);
  });

  it('asks for an application and a permission first', async () => {
    await city.organization.addPackage(1, {});
    await openAddPermission();
    expect(await admin.submit()).toMatchObject({ outcome: 'invalid', errors: { application: expect.any(String) } });
    await admin.pick('application', '', 'Help Desk');
    await admin.waitForScreen('Permission: <Search a permission…>');
    expect(await admin.submit()).toMatchObject({ outcome: 'invalid' });
    expect(await inPackage()).toEqual([]);
  });

  it('forgets the permission where another application is chosen', async () => {
    await city.organization.addPackage(1, {});
    await openRecords();
    await admin.pick('application', 'help', 'Help Desk');
    const screen = await admin.waitForScreen('Application: <Help Desk>\nPermission: <Search a permission…>');
    expect(screen).not.toContain('Structures');
    expect((await admin.suggest('Permission', '')).map(({ label }) => label)).toEqual(['Open the help desk (MAIN)']);
  });
});
