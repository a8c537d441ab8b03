import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { createManageDesk, type ManageDesk } from './manageDesk.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: number;
let desk: ManageDesk;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], now: () => TEST_NOW });
  admin = city.admin;
  ana = city.idOf('ANA');
  desk = createManageDesk(test, city);
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

describe('setting a value', () => {
  it('goes through value and structures, says what packages will show, saves, and draws the screen below again', async () => {
    await desk.addMember();
    await desk.openRegistry();
    await admin.click('Change', desk.of('registry/records'));
    const form = await admin.waitForScreen('# Set a permission');
    expect(form).toContain('Now: `edit` (REG) — from package:1');
    expect(form).toContain('Value: <edit>');
    expect(form).toContain('Selected: *1 structure* — REG');
    await admin.select('Value', 'admin');
    await admin.click('Take all structures (*)');
    expect(await admin.waitForScreen('Selected: *all structures*')).toContain('Value: <admin>');
    await admin.submit();
    const confirm = await admin.waitForScreen('# Set by hand');
    expect(confirm).toContain(
      'Now: `edit` (REG) — from package:1\n*Afterwards: `admin` (All structures) — from a manual grant*',
    );
    expect(confirm).toContain('• *package:1* Package 1 will show *Divergent (All)* (now Active)');
    expect(await desk.rowOf('registry/records')).toMatchObject({ value: 'edit', source: 1 });
    await admin.submit();
    const below = await admin.waitForScreen('Student Registry · Student records is set to `admin` (All structures).');
    expect(below).toContain('`admin` (All structures) — from a manual grant');
    expect(await desk.rowOf('registry/records')).toEqual({
      ...{ value: 'admin', param: '*', source: null, active: true, reason: null },
    });
    await city.bench.app.outbox.idle();
    const { text } = await city.as('ANA').waitForMessage('Your access was changed.');
    expect(text).toBe(
      'Your access was changed.\nChanged:\n• *Student Registry · Student records*: `admin` (All structures) (it was `edit` (REG))\nPlease *log out and back in* for the change to take effect. See what you have with `/package me`.',
    );
  });

  it('shows Manual (coincident) for the same value, and tells nobody of a mere change of source', async () => {
    await desk.addMember();
    await desk.openRegistry();
    await admin.click('Change', desk.of('registry/records'));
    await admin.waitForScreen('# Set a permission');
    await admin.submit();
    const confirm = await admin.waitForScreen('will show *Manual (coincident)* (now Active)');
    expect(confirm).toContain('only the source changes, and nobody is told');
    await admin.submit();
    await admin.waitForScreen('is set to `edit` (REG).');
    await city.bench.app.outbox.idle();
    expect(await city.as('ANA').dm()).toEqual([]);
  });

  it('lets the value be changed again before saving, and keeps what was chosen', async () => {
    await desk.openRegistry();
    await admin.click('Set', desk.of('registry/records'));
    await admin.waitForScreen('Selected: *0 structures*');
    await admin.select('Value', 'edit');
    await admin.select('grant_structure_checked_0', ['REG']);
    await admin.waitForScreen('Selected: *1 structure* — REG');
    await admin.submit();
    await admin.waitForScreen('*Afterwards: `edit` (REG) — from a manual grant*');
    await admin.click('‹ Change the value');
    const form = await admin.waitForScreen('# Set a permission');
    expect(form).toContain('Value: <edit>');
    await admin.select('Value', 'view');
    await admin.submit();
    await admin.waitForScreen('*Afterwards: `view` (REG) — from a manual grant*');
    await admin.submit();
    await admin.waitForScreen('is set to `view` (REG).');
  });

  it('takes by Select all what the filter shows', async () => {
    await test.database.prisma.structure.createMany({
      data: Array.from({ length: 30 }, (_, index) => ({
        ...{ organizationId: city.organization.id, code: `S${100 + index}`, name: `Office ${index}`, path: [] },
        searchText: `s${100 + index} ${index < 25 ? 'faculty' : 'office'}`,
      })),
    });
    await desk.openRegistry();
    await admin.click('Set', desk.of('registry/grades'));
    await admin.waitForScreen('Selected: *0 structures*');
    await admin.fill('grant_structure_filter', 'faculty');
    await admin.pressEnter('grant_structure_filter');
    await admin.waitForScreen('1–20 of 25');
    await admin.click('Select all 25 shown by the filter');
    await admin.waitForScreen('Selected: *25 structures*');
    await admin.submit();
    await admin.waitForScreen('# Set by hand');
    await admin.submit();
    await admin.waitForScreen('Student Registry · Grades is set to');
    const codes = Array.from({ length: 25 }, (_, index) => `S${100 + index}`);
    expect(await desk.rowOf('registry/grades')).toMatchObject({ param: codes.join(','), active: true });
  });

  it('says beside the field, or above the form, what is missing', async () => {
    await city.organization.addRow(ana, 'registry/records', { value: 'edit', param: '*' });
    await desk.openRegistry();
    await admin.click('Change', desk.of('registry/records'));
    await admin.waitForScreen('Selected: *all structures*');
    await admin.submit();
    await admin.waitForScreen('It is so already; nothing was changed.');
    await admin.click('Choose structures instead');
    await admin.waitForScreen('Selected: *0 structures*');
    const { errors = {} } = await admin.submit();
    expect(Object.entries(errors)).toEqual([
      [expect.stringMatching(/^grant_structure_filter/), 'Choose at least one structure, or all of them.'],
    ]);
    expect(await desk.rowOf('registry/records')).toMatchObject({ value: 'edit', param: '*' });
  });

  it('warns before saving where MAIN will be missing', async () => {
    await desk.openRegistry();
    await admin.click('Set', desk.of('registry/grades'));
    await admin.waitForScreen('# Set a permission');
    await admin.click('Take all structures (*)');
    await admin.waitForScreen('Selected: *all structures*');
    await admin.submit();
    const confirm = await admin.waitForScreen('# Set by hand');
    expect(confirm).toContain('Without *Open the registry* (MAIN) Student Registry cannot be used');
    expect(confirm).toContain('No package of this person has this permission.');
  });
});

describe('disabling and enabling', () => {
  it('says Disabled Manual before saving, and Enable brings the value back by hand', async () => {
    await desk.addMember();
    await desk.openRegistry();
    await admin.click('Disable', desk.of('registry/records'));
    await admin.waitForScreen('• *package:1* Package 1 will show *Disabled Manual* (now Active)');
    await admin.submit();
    await admin.waitForScreen('Student Registry · Student records is disabled.');
    expect(await desk.rowOf('registry/records')).toMatchObject({
      active: false,
      reason: 'manual',
      source: null,
      value: 'edit',
    });
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You no longer have:\n• *Student Registry · Student records*');
    await admin.click('Enable', desk.of('registry/records'));
    await admin.waitForScreen('will show *Manual (coincident)* (now Disabled Manual)');
    await admin.submit();
    await admin.waitForScreen('Student Registry · Student records is enabled with `edit` (REG).');
    expect(await desk.rowOf('registry/records')).toMatchObject({
      active: true,
      source: null,
      value: 'edit',
      param: 'REG',
    });
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You now have:\n• *Student Registry · Student records*: `edit` (REG)');
  });

  it('changes nothing where it is cancelled', async () => {
    await desk.addMember();
    await desk.openRegistry();
    await admin.click('Disable', desk.of('registry/open'));
    await admin.waitForScreen('# Disable by hand');
    await admin.close();
    await admin.waitForScreen('# Manage Permissions');
    expect(await desk.rowOf('registry/open')).toMatchObject({ active: true, source: 1 });
  });

  it('shows the situation again where it moved, and saves nothing before the second look', async () => {
    await desk.addMember();
    await desk.openRegistry();
    await admin.click('Disable', desk.of('registry/records'));
    await admin.waitForScreen('# Disable by hand');
    const where = { organizationId: city.organization.id, userId: ana };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null } });
    await admin.submit();
    expect(await admin.waitForScreen('Something changed since you looked')).toContain('from a manual grant');
    expect(await desk.rowOf('registry/records')).toMatchObject({ active: true });
    await admin.submit();
    await admin.waitForScreen('is disabled.');
  });
});

describe('an application with one permission', () => {
  it('is turned on and off where it stands, with the same confirmation', async () => {
    await desk.openPerson();
    await admin.click('Turn on');
    await admin.waitForScreen('Now: no access\n*Afterwards: `granted` — from a manual grant*');
    await admin.submit();
    const on = await admin.waitForScreen('Help Desk · Open the help desk `MAIN` is set to `granted`.');
    expect(on).toContain('`granted` — from a manual grant  [Turn off]');
    await admin.click('Turn off');
    await admin.waitForScreen('*Afterwards: no access*');
    await admin.submit();
    expect(await admin.waitForScreen('is disabled.')).toContain('_1 permission disabled by hand_  [Turn on]');
    await admin.click('Turn on');
    await admin.waitForScreen('# Enable by hand');
    await admin.submit();
    await admin.waitForScreen('is enabled with `granted`.');
    expect(await desk.rowOf('tickets/open')).toMatchObject({ active: true, source: null });
  });

  it('is turned off against a rule, which then gives nothing', async () => {
    await city.organization.addRule('Everyone asks', 'tickets/open', 'granted', ana);
    expect(await desk.openPerson()).toContain('`granted` — from rule Everyone asks  [Turn off]');
    await admin.click('Turn off');
    await admin.waitForScreen('That keeps rule Everyone asks from giving it.');
    await admin.submit();
    await admin.waitForScreen('*Help Desk*\nno access');
  });

  it('asks for the value where there are several', async () => {
    const where = { organizationId: city.organization.id, id: city.organization.permissions['tickets/open'] };
    await test.database.prisma.permission.updateMany({ where, data: { levels: ['agent', 'lead'] } });
    await desk.openPerson();
    await admin.click('Turn on');
    await admin.waitForScreen('# Set a permission');
    await admin.select('Value', 'lead');
    await admin.submit();
    await admin.waitForScreen('*Afterwards: `lead` — from a manual grant*');
    await admin.submit();
    expect(await admin.waitForScreen('is set to `lead`.')).toContain('[Turn off]\n[Change]');
  });
});
