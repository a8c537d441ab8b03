import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN', 'CAT'] });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view', 'REG'] });
  await assign('ANA', 'BEN', 'CAT');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function assign(...codes: string[]): Promise<void> {
  const { id: organizationId, context, admin: actor } = city.organization;
  const userIds = codes.map((code) => city.idOf(code));
  const { hash } = await countPreflight(test.database.prisma, { organizationId, packageNumber: 1, userIds });
  const choices = { keepPackage: true, exceptions: [] };
  await assignPackage(context, { actor, key: randomUUID(), number: 1, userIds, choices, planHash: hash });
}

const permissionId = () => city.organization.permissions['registry/records'];

/** Opens an entry of the menu of Student records in package 1. */
async function fromMenu(label: string, title: string): Promise<string> {
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.select(`permission_menu_${permissionId()}`, label);
  await admin.waitForModal(title);
  return admin.screen();
}

async function rowOf(code: string) {
  const where = { organizationId: city.organization.id, userId: city.idOf(code), permissionId: permissionId() };
  const row = await test.database.prisma.appAuth.findFirst({ where });
  return row && { value: row.value, active: row.active, reason: row.reason, packageNumber: row.packageNumber };
}

describe('changing a permission of a package', () => {
  it('says how many members differ now, offers their sync at once, and changes nobody', async () => {
    await test.database.prisma.structure.create({
      data: { organizationId: city.organization.id, code: 'LAW', name: 'Law', path: [1], searchText: 'law' },
    });
    const form = await fromMenu('Change value…', 'Change permission');
    expect(form).toContain('*Student Registry · Student records*');
    expect(form).toContain('Value: <view>');
    await admin.select('permission_changed_level', 'edit');
    await admin.click('Select all 2 shown by the filter');
    await admin.waitForScreen('Selected: *2 structures*');
    await admin.submit();
    const list = await admin.waitForScreen('3 people now differ from it; decide whom to sync');
    expect(list).toContain('# Sync');
    expect(list).toContain('*3* to sync');
    expect(list).toContain('*Divergent (All)*');
    expect(await rowOf('ANA')).toMatchObject({ value: 'view', packageNumber: 1 });
    const [package1] = (await admin.state()).modals;
    expect(JSON.stringify(package1?.view.blocks)).toContain('LAW, REG');
  });

  it('refuses a change that changes nothing, and one without structures', async () => {
    await fromMenu('Change value…', 'Change permission');
    await admin.submit();
    await admin.waitForScreen('It is so already; nothing was changed.');
    await fromMenu('Change value…', 'Change permission');
    await admin.click('Clear the selection');
    await admin.waitForScreen('Selected: *0 structures*');
    const { errors } = await admin.submit();
    expect(Object.values(errors ?? {})).toEqual(['Choose at least one structure, or all of them.']);
  });
});

describe('removing a permission from a package', () => {
  it('takes it from the chosen holders, leaves it to the others, and offers to put it back', async () => {
    const list = await fromMenu('Remove from package…', 'Remove permission');
    expect(list).toContain('Removed for *3 people*, kept for *0 people*');
    await admin.select(`removal_choice_${city.idOf('BEN')}`, 'Keep Permission');
    await admin.waitForScreen('Removed for *2 people*, kept for *1 person*');
    await admin.submit();
    await admin.waitForScreen('2 people lost it, 1 person kept it');
    expect(await rowOf('ANA')).toEqual({ value: 'view', active: false, reason: 'removal', packageNumber: 1 });
    expect(await rowOf('BEN')).toEqual({ value: 'view', active: true, reason: null, packageNumber: 1 });
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('log out and back in');
    await admin.command('/package status 1 BEN');
    await admin.waitForScreen('*Active Legacy*');
    await admin.command('/package status 1 ANA');
    await admin.waitForScreen('*Archived*');

    const form = await fromMenu('Put back into package…', 'Add Permission');
    expect(form).toContain('Value: <view>');
    await admin.submit();
    await admin.waitForScreen('is back in the package');
    await admin.command('/package status 1 BEN');
    await admin.waitForScreen('*Active* — Given by package:1 as `view` (REG)');
  });

  it('chooses only whom the filter shows, says who has it from elsewhere, and keeps choices in a lost window', async () => {
    await city.organization.addProfile('Reader', 'registry/records', 'view', city.idOf('CAT'));
    await fromMenu('Remove from package…', 'Remove permission');
    await admin.fill('removal_filter', 'cat');
    await admin.pressEnter('removal_filter');
    await admin.waitForScreen('[Remove only for whom the filter shows]');
    await admin.click('Remove only for whom the filter shows');
    const chosen = await admin.waitForScreen('Removed for *1 person*, kept for *2 people*');
    expect(chosen).toContain('1 person of them still has it through a profile or a rule');
    await admin.close({ all: true });
    expect(await fromMenu('Remove from package…', 'Remove permission')).toContain('Removed for *1 person*');
    await admin.click('Keep for all');
    await admin.waitForScreen('Removed for *0 people*, kept for *3 people*');
  });

  it('shows the situation again where it moved, and removes nothing before the second look', async () => {
    await fromMenu('Remove from package…', 'Remove permission');
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: city.organization.id, userId: city.idOf('CAT'), permissionId: permissionId() },
      data: { packageNumber: null },
    });
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked');
    expect(await rowOf('ANA')).toMatchObject({ active: true });
    await admin.submit();
    await admin.waitForScreen('2 people lost it, 0 people kept it');
    expect(await rowOf('CAT')).toMatchObject({ active: true, packageNumber: null });
  });

  it('is refused to who may not define packages, with forged clicks as well', async () => {
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('BEN'), metaPermission: 'view' },
    });
    const ben = city.as('BEN');
    for (const action of ['change', 'remove']) {
      const value = `${action}:1:${permissionId()}`;
      const click = clickPayload(ben.userId, { actionId: `permission_menu_${permissionId()}`, value: {} });
      const forged = {
        ...click,
        actions: [{ ...Object(click.actions?.[0 as never]), type: 'overflow', selected_option: { value } }],
      };
      await postPayload(city.bench, forged as never);
    }
    await ben.command('/package show 1');
    await ben.waitForModal('package:1');
    expect(await ben.screen()).not.toContain('Remove from package');
    const found = await test.database.prisma.packagePermission.findMany({
      where: { organizationId: city.organization.id, permissionId: permissionId() },
    });
    expect(found).toMatchObject([{ live: true, value: 'view' }]);
  });
});
