import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncPackage } from '../../src/engine/operations/syncPackage.ts';
import { planSync } from '../../src/persistence/syncCells.ts';
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
  city = await startSlackOrganization(test, {
    ...{ people: ['ANA', 'BEN', 'CAT', 'DAN'], profiles: { DAN: { locale: 'es-ES' } } },
  });
  admin = city.admin;
  const { organization } = city;
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  for (const code of ['ANA', 'BEN', 'CAT', 'DAN']) await organization.addMember(1, city.idOf(code));
  // ANA diverges by the package, BEN by hand, CAT has nothing, DAN is in order
  await row('ANA', { value: 'view', param: 'REG', packageNumber: 1 });
  await row('BEN', { value: 'admin', param: 'REG' });
  await row('DAN', { value: 'edit', param: 'REG', packageNumber: 1 });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const row = (code: string, held: Parameters<SlackOrganization['organization']['addRow']>[2]) =>
  city.organization.addRow(city.idOf(code), 'registry/records', held);

/** Value and source of each person's row on Student records. */
async function records(): Promise<Record<string, string>> {
  const rows = await test.database.prisma.appAuth.findMany({
    where: { organizationId: city.organization.id, permissionId: city.organization.permissions['registry/records'] },
  });
  const codeOf = new Map(Object.entries(city.people).map(([code, { userId }]) => [userId, code]));
  return Object.fromEntries(
    rows.map(({ userId, value, packageNumber }) => [codeOf.get(userId), `${value} ${packageNumber ?? 'manual'}`]),
  );
}

/** Opens the sync of Student records from the menu of its row. */
async function openSync(who: Driver = admin): Promise<string> {
  await who.command('/package show 1');
  await who.waitForModal('package:1');
  await who.select(`permission_menu_${city.organization.permissions['registry/records']}`, 'Sync members…');
  await who.waitForModal('Sync');
  return who.screen();
}

const choiceOf = (code: string) =>
  `sync_choice_${city.idOf(code)}_${city.organization.permissions['registry/records']}`;

describe('syncing a permission', () => {
  it('lists everybody with status and why, chooses by default what nobody decided, and writes what is confirmed', async () => {
    const list = await openSync();
    expect(list).toContain('*2* to sync · *1* skipped · *1* needs nothing');
    expect(list).toContain('*Person ANA* `ANA`\n*Divergent (Value)* — Given by package:1 as `view` (REG)');
    expect(list).toContain('*Active* — Given by package:1 as `edit` (REG)');
    await admin.submit();
    const review = await admin.waitForScreen('Review the sync');
    expect(review).toContain('2 permissions of 2 people will be as the package says:');
    expect(review).toContain('• access won: *1*');
    expect(review).toContain('• a higher level: *1*');
    expect(review).toContain('1 permission skipped: accepted as it is');
    expect(await records()).toEqual({ ANA: 'view 1', BEN: 'admin manual', DAN: 'edit 1' });
    await admin.submit();
    await admin.waitForScreen('2 permissions of 2 people are as *package:1* Package 1 says');
    expect(await records()).toEqual({ ANA: 'edit 1', BEN: 'admin manual', CAT: 'edit 1', DAN: 'edit 1' });
    await city.bench.app.outbox.idle();
    await city.as('CAT').waitForMessage('log out and back in');
    expect(JSON.stringify((await city.as('BEN').state()).conversations)).not.toContain('log out');
  });

  it('overwrites what was set by hand where Sync is chosen, and says that the level goes down', async () => {
    await openSync();
    await admin.select(choiceOf('BEN'), 'Sync');
    await admin.waitForScreen('*3* to sync');
    await admin.select(choiceOf('CAT'), 'Skip');
    await admin.waitForScreen('2 rows are decided one by one');
    await admin.submit();
    const review = await admin.waitForScreen('Review the sync');
    expect(review).toContain('• a lower level: *1*');
    expect(review).toContain('The package becomes the source of 1 permission that came from elsewhere');
    await admin.submit();
    await admin.waitForScreen('2 permissions of 2 people are as');
    expect(await records()).toEqual({ ANA: 'edit 1', BEN: 'edit 1', DAN: 'edit 1' });
  });

  it('chooses by control, and by the filter alone', async () => {
    await openSync();
    await admin.click('All eligible');
    await admin.waitForScreen('*3* to sync · *0* skipped');
    await admin.click('None');
    await admin.waitForScreen('*0* to sync · *3* skipped');
    await admin.click('All divergent');
    await admin.waitForScreen('*2* to sync');
    await admin.fill('sync_filter', 'cat');
    await admin.pressEnter('sync_filter');
    const found = await admin.waitForScreen('[Only what the filter shows]');
    expect(found).toContain('*Person CAT*');
    expect(found).not.toContain('*Person ANA*');
    await admin.click('Only what the filter shows');
    await admin.waitForScreen('*1* to sync');
    await admin.select('sync_status', 'Divergent (set by hand) (1)');
    await admin.waitForScreen('Nothing found for “cat”');
  });

  it('goes on with the choices after the window was lost', async () => {
    await openSync();
    await admin.click('All eligible');
    await admin.waitForScreen('*3* to sync');
    await admin.close({ all: true });
    const again = await openSync();
    expect(again).toContain('You go on with the choices that you left here');
    expect(again).toContain('*3* to sync');
    await admin.click('Defaults');
    await admin.waitForScreen('*2* to sync');
  });

  it('shows what changed since the last look, asks again, and keeps the other choices', async () => {
    await openSync();
    await admin.select(choiceOf('BEN'), 'Sync');
    await admin.waitForScreen('*3* to sync');
    await admin.select(choiceOf('CAT'), 'Skip');
    await admin.waitForScreen('*2* to sync');
    await admin.submit();
    await admin.waitForScreen('Review the sync');
    await syncElsewhere('CAT');
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: city.organization.id, userId: city.idOf('ANA') },
      data: { value: 'admin' },
    });
    await admin.submit();
    const moved = await admin.waitForScreen('Something changed since you looked, and nothing was synced');
    expect(moved).toContain('• Person CAT `CAT` · Student Registry · Student records: *Active*');
    expect(await records()).toMatchObject({ ANA: 'admin 1', BEN: 'admin manual' });
    await admin.submit();
    await admin.waitForScreen('2 permissions of 2 people are as');
    expect(await records()).toEqual({ ANA: 'edit 1', BEN: 'edit 1', CAT: 'edit 1', DAN: 'edit 1' });
  });

  /** Somebody else syncs one person in a window of their own. */
  async function syncElsewhere(code: string): Promise<void> {
    const other = await city.organization.addAdministrator(`O${code}`, 'sync_packages');
    const choices = { kinds: ['not_granted'] as const, text: '', exceptions: [] };
    const permissionId = city.organization.permissions['registry/records'];
    const scope = { permissionId, userId: city.idOf(code) };
    const organizationId = city.organization.id;
    const { hash } = await planSync(test.database.prisma, { organizationId, packageNumber: 1, ...scope }, choices);
    const command = { actor: other, key: randomUUID(), number: 1, ...scope, choices, planHash: hash };
    await syncPackage(city.organization.context, command);
  }
});

describe('syncing one person, or the whole package', () => {
  it('offers every permission of one person from the details', async () => {
    await admin.command('/package status 1 CAT');
    await admin.waitForModal('User details');
    await admin.click('Sync this person');
    await admin.waitForModal('Sync');
    const list = await admin.screen();
    expect(list).toContain('*Person CAT* `CAT`');
    expect(list).toContain('*2* to sync');
    await admin.submit();
    await admin.waitForScreen('2 permissions of 1 person will be as the package says');
    await admin.submit();
    await admin.waitForScreen('2 permissions of 1 person are as');
    expect(await records()).toMatchObject({ CAT: 'edit 1' });
  });

  it('offers every cell of the package by command', async () => {
    await admin.command('/package sync 1');
    const list = await admin.waitForScreen('*6* to sync · *1* skipped · *1* needs nothing');
    expect(list).toContain('*Person ANA* `ANA` · Student Registry · Open the registry `MAIN`');
  });

  it('offers nothing while the package is disabled', async () => {
    await test.database.prisma.package.updateMany({
      where: { organizationId: city.organization.id },
      data: { state: 'disabled' },
    });
    await admin.command('/package sync 1');
    const list = await admin.waitForScreen('*0* to sync');
    expect(list).toContain('This package is disabled');
    await admin.submit();
    expect(await admin.waitForScreen('Nothing is chosen to be synced.')).not.toContain('[Sync]');
  });

  it('shows who left with the reason, in Spanish too, and has nothing to choose for them', async () => {
    await test.database.prisma.user.updateMany({
      where: { organizationId: city.organization.id, id: city.idOf('ANA') },
      data: { leftAt: new Date('2026-05-03T10:00:00Z'), leftBecause: 'administrator' },
    });
    const list = await openSync();
    expect(list).toContain('*1* to sync · *1* skipped · *2* need nothing or cannot be synced');
    expect(list).toContain(
      'Not syncable: left on 3 May 2026, 12:00 CEST; use “Remove all access” on their card.  [Why?]\n*Person BEN*',
    );
    await test.database.prisma.metaPermission.createMany({
      data: ['view' as const, 'sync_packages' as const].map((metaPermission) => ({
        ...{ organizationId: city.organization.id, userId: city.idOf('DAN'), metaPermission },
      })),
    });
    const dan = city.as('DAN');
    await dan.command('/package sync 1');
    expect(await dan.waitForScreen('# Sincronizar')).toContain(
      'No sincronizable: se fue el 3 may 2026, 12:00 CEST; use «Quitar todo el acceso» en su ficha.',
    );
  });

  it.each(['@person.ben', 'BEN'])('is about one member where the command names them: %s', async (person) => {
    await admin.command(`/package sync 1 ${person}`);
    const shown = await admin.waitForScreen('Person BEN');
    expect(shown).not.toContain('Person ANA');
  });

  it('is refused to who may look but not sync, with a forged click as well', async () => {
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('BEN'), metaPermission: 'view' },
    });
    const ben = city.as('BEN');
    await ben.command('/package show 1');
    await ben.waitForModal('package:1');
    expect(await ben.screen()).not.toContain('Sync members');
    await ben.command('/package sync 1');
    await ben.waitForScreen('This needs the right to sync packages');
    await postPayload(city.bench, clickPayload(ben.userId, { actionId: 'sync_open', value: { number: 1 } }));
    await ben.waitForMessage('This needs the right to sync packages');
  });
});

it('turns the pages of a whole package in the middle of a person, and counts every cell', async () => {
  const { organization } = city;
  const codes = Array.from({ length: 11 }, (_, index) => `P${String(index).padStart(2, '0')}`);
  for (const userId of await organization.addUsers(...codes)) await organization.addMember(1, userId);
  await organization.addPackage(3, {
    'registry/open': ['granted'],
    'registry/records': ['edit', 'REG'],
    'registry/grades': ['view', 'REG'],
  });
  const members = await test.database.prisma.assignment.findMany({
    where: { organizationId: organization.id, packageNumber: 1 },
  });
  for (const { userId } of members) await organization.addMember(3, userId);
  await admin.command('/package sync 3');
  const first = await admin.waitForScreen('1–20 of 45');
  expect(first).toContain('*Person P02* `P02` · Student Registry · Open the registry `MAIN`');
  expect(first).not.toContain('*Person P02* `P02` · Student Registry · Student records');
  await admin.click('Next ›');
  const second = await admin.waitForScreen('21–40 of 45');
  expect(second).not.toContain('*Person P02* `P02` · Student Registry · Open the registry');
  expect(second).toContain('*Person P02* `P02` · Student Registry · Student records');
});
