import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
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
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], backgroundFrom: 2 });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  for (const code of ['ANA', 'BEN']) {
    await city.organization.addMember(1, city.idOf(code));
    await city.organization.addRow(city.idOf(code), 'registry/open', { value: 'granted', packageNumber: 1 });
    await city.organization.addRow(city.idOf(code), 'registry/records', { value: 'view', packageNumber: 1 });
  }
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Value, state and owner of every row, in the order of people and permissions. */
async function rows(): Promise<string[]> {
  const found = await test.database.prisma.appAuth.findMany({
    where: { organizationId: city.organization.id },
    orderBy: [{ userId: 'asc' }, { permissionId: 'asc' }],
  });
  return found.map(({ value, active, packageNumber }) => `${value} ${active ? 'on' : 'off'} ${packageNumber}`);
}

/** The details that came as the latest file. */
async function details(): Promise<Record<string, string>[]> {
  const message = await admin.waitFor(
    ({ conversations }) =>
      conversations.flatMap(({ messages }) => messages).findLast(({ text }) => text === 'Person by person.'),
    'the details',
  );
  const text = await (await fetch(String(message.files[0]?.url_private))).text();
  return parse(text, { bom: true, columns: true });
}

it('a sync, its undo, the removal of a permission and of assignments are left to a worker, and say person by person what they did', async () => {
  await admin.command('/package sync 1');
  await admin.waitForScreen('*2* to sync');
  await admin.submit();
  await admin.waitForScreen('2 permissions of 2 people will be as the package says');
  await admin.submit();
  await admin.waitForModal('Synced');
  expect(await admin.screen()).toContain('Syncing 2 people with *package:1* Package 1: *done*');
  expect(await rows()).toEqual(['granted on 1', 'edit on 1', 'granted on 1', 'edit on 1']);
  expect(await details()).toMatchObject([
    { 'Personal code': 'ANA', Permission: 'Student records', 'Value before': 'view', 'Value after': 'edit' },
    { 'Personal code': 'BEN', Permission: 'Student records', 'Value before': 'view', 'Value after': 'edit' },
  ]);

  await admin.close({ all: true });
  await admin.command('/package undo');
  await admin.waitForScreen('*Synced*');
  await admin.click('Undo…');
  await admin.waitForScreen('2 permissions will be as before.');
  await admin.submit();
  await admin.waitForScreen('Undoing “Synced” for 2 people: *done*');
  expect(await rows()).toEqual(['granted on 1', 'view on 1', 'granted on 1', 'view on 1']);

  await admin.close({ all: true });
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.select(`permission_menu_${city.organization.permissions['registry/records']}`, 'Remove from package…');
  await admin.waitForScreen('Removed for *2 people*');
  await admin.submit();
  await admin.waitForScreen('2 people lost it, 0 people kept it');
  expect(await rows()).toEqual(['granted on 1', 'view off 1', 'granted on 1', 'view off 1']);

  await admin.close({ all: true });
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.click('Remove people…');
  await admin.waitForModal('Remove assignment');
  await admin.fill('codes', 'ana ben');
  await admin.submit();
  await admin.waitForScreen('2 people become former members');
  await admin.submit();
  await admin.waitForScreen('2 people no longer have *package:1* Package 1; 2 permissions deactivated.');
  expect(await rows()).toEqual(['granted off 1', 'view off 1', 'granted off 1', 'view off 1']);
});
