import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN'],
    profiles: { BEN: { locale: 'es-ES' } },
    now: () => TEST_NOW,
  });
  admin = city.admin;
  ana = city.idOf('ANA');
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** What the administrator is told of Ana and the registry. */
async function why(application = 'registry'): Promise<string> {
  await admin.command(`/package why ANA ${application}`);
  return admin.waitForScreen('# Why');
}

describe('the answer', () => {
  it('is that MAIN is missing, whatever else is granted, with the package that has it', async () => {
    await city.organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG' });
    const screen = await why('Student Registry');
    expect(screen).toContain('*Person ANA* `ANA` · *Student Registry*');
    expect(screen).toContain(':no_entry: Cannot open *Student Registry*: *Open the registry* `MAIN` is missing.');
    expect(screen).toContain(
      'Nothing gives it. It is in *package:1* Package 1: assign a package, or grant it by hand.',
    );
    expect(screen).toContain('*Student records*\n`view` (REG) — from a manual grant\n_set by hand to `view` (REG)_');
    await admin.click('Assign package:1');
    await admin.waitForModal('Assign a package');
  });

  it('is that it can be opened, from where, and that an old session must end', async () => {
    await city.organization.addMember(1, ana);
    await city.organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
    await city.organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    await city.organization.addProfile('Reader', 'registry/records', 'view', ana);
    const screen = await why();
    expect(screen).toContain(
      ':white_check_mark: Can open *Student Registry*: its MAIN permission comes from package:1.',
    );
    expect(screen).toContain('they must log out of the application and back in.');
    expect(screen).toContain('given by package:1 as `edit` (REG); profile Reader would also give `view`');
    expect(screen).toContain('*Not given:*\n• Grades');
    expect(screen).not.toContain(':arrow_right:');
  });

  it('is that the package is disabled, and leads to it', async () => {
    await city.organization.addMember(1, ana);
    await city.organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
    await test.database.prisma.package.updateMany({
      where: { organizationId: city.organization.id },
      data: { state: 'disabled' },
    });
    const screen = await why();
    expect(screen).toContain(':no_entry: Has no access to *Student Registry*.');
    expect(screen).toContain('*package:1* Package 1 is *disabled*: the access it gave is suspended.');
    expect(screen).toContain('*package:1* Package 1 has it, but is *disabled*.');
    await admin.click('Open package:1');
    await admin.waitForModal('package:1');
  });

  it('is that it was disabled by hand, which no profile or rule outweighs', async () => {
    await city.organization.addRow(ana, 'registry/open', { value: 'granted', reason: 'manual' });
    await city.organization.addRule('Everybody', 'registry/open', 'granted', ana);
    const screen = await why();
    expect(screen).toContain('It was *disabled by hand*.');
    expect(screen).toContain('this blocks rule Everybody');
    await admin.click('Manage Permissions');
    await admin.waitForModal('Manage Permissions');
  });

  it('is that the person differs from the package, or was never given it: sync one person', async () => {
    await city.organization.addMember(1, ana);
    await city.organization.addRow(ana, 'registry/open', { value: 'granted', reason: 'removal', packageNumber: 1 });
    await city.organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG', packageNumber: 1 });
    const screen = await why();
    expect(screen).toContain('*package:1* Package 1 says `granted`, but it is not given from there.');
    expect(screen).toContain('*package:1* Package 1 says `edit` (REG). Sync to bring the person in line.');
    await admin.click('Sync');
    await admin.waitForScreen('*Person ANA* `ANA`\n');
  });

  it('is that the package was removed from the person, or the permission from the package', async () => {
    await city.organization.addMember(1, ana, 'former');
    expect(await why()).toContain('*package:1* Package 1 has it, but was *removed* from this person. Re-assign it.');
    await admin.close();
    await test.database.prisma.assignment.updateMany({
      where: { organizationId: city.organization.id },
      data: { state: 'active' },
    });
    await test.database.prisma.packagePermission.updateMany({
      where: { organizationId: city.organization.id },
      data: { live: false },
    });
    expect(await why()).toContain('It was *removed from* *package:1* Package 1.');
  });
});

it('is reached from a badge, and leads back', async () => {
  await city.organization.addMember(1, ana);
  await admin.command('/package status 1 ANA');
  await admin.waitForModal('User details');
  await admin.click('Why?');
  await admin.waitForModal('Why');
  await admin.click('‹ User details');
  await admin.waitForModal('User details');
});

describe('from a list', () => {
  beforeEach(async () => {
    await city.organization.addMember(1, ana);
    await city.organization.addMember(1, city.idOf('BEN'));
    await city.organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
  });

  it('of members it is asked beside the badges where they are all of one application', async () => {
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Active Assignees (2)');
    await admin.waitForScreen('*Person ANA* `ANA`\nActive 1 · Not granted 1\n[Details] [Why?]');
    await admin.click('Why?', { nth: 1 });
    const screen = await admin.waitForScreen('# Why\n*Person BEN* `BEN` · *Student Registry*');
    expect(screen).toContain('[‹ Back]');
    await admin.click('‹ Back');
    await admin.waitForScreen('*Person BEN* `BEN`\nNot granted 2');
  });

  it('of members whose badges are of several applications, the details say why of each', async () => {
    await city.organization.addPackage(2, { 'registry/open': ['granted'], 'tickets/open': ['granted'] });
    await city.organization.addMember(2, ana);
    await admin.command('/package show 2');
    await admin.waitForModal('package:2');
    await admin.click('Active Assignees (1)');
    const list = await admin.waitForScreen('[Details and why]');
    expect(list).not.toContain('[Why?]');
    await admin.click('Details and why');
    expect((await admin.waitForScreen('# User details')).match(/\[Why\?\]/g)).toHaveLength(2);
  });

  it('of a sync it leads back to the page and the choices that were left', async () => {
    await admin.command('/package sync 1');
    await admin.waitForScreen('*3* to sync');
    await admin.click('None');
    const list = await admin.waitForScreen('*0* to sync · *3* skipped');
    // Beside each row, whether it can be synced or not
    expect(list.match(/\[Why\?\]/g)).toHaveLength(4);
    await admin.click('Why?', { nth: 2 });
    await admin.waitForScreen('# Why\n*Person BEN* `BEN` · *Student Registry*');
    await admin.click('‹ Back');
    await admin.waitForScreen('*0* to sync · *3* skipped');
  });

  it('offers nothing that has no room for its window, which would be the fourth', async () => {
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Active Assignees (2)');
    await admin.waitForScreen('*Person ANA* `ANA`');
    await admin.click('Details');
    await admin.waitForModal('User details');
    await admin.click('Sync this person');
    await admin.waitForScreen('# Sync\n');
    await admin.click('Why?');
    const screen = await admin.waitForScreen('# Why\n');
    expect(screen).toContain('Sync to give it.');
    expect(screen).toContain('Three windows are open');
    expect(screen).not.toContain('[Sync]');
    expect(screen).not.toContain('[Manage Permissions]');
    await admin.click('‹ Back');
    await admin.waitForScreen('# Sync\n');
  });

  it('of Manage Permissions, beside a switch and for all that an application has', async () => {
    await admin.command('/package grant ANA');
    await admin.waitForScreen('*Help Desk*');
    await admin.click('Why?');
    await admin.waitForScreen('# Why\n*Person ANA* `ANA` · *Help Desk*');
    await admin.click('‹ Back');
    await admin.waitForScreen('# Manage Permissions\n');
    await admin.click('Open');
    await admin.waitForScreen('[‹ All applications]');
    await admin.click('Why?');
    await admin.waitForScreen('# Why\n*Person ANA* `ANA` · *Student Registry*');
    await admin.click('‹ Back');
    await admin.waitForScreen('[‹ All applications]');
  });
});

it('of somebody who left says so, and offers nothing that would give them something', async () => {
  await city.organization.addMember(1, ana);
  await test.database.prisma.user.updateMany({
    where: { organizationId: city.organization.id, id: ana },
    data: { leftAt: TEST_NOW, leftBecause: 'administrator' },
  });
  await admin.command('/package status 1 ANA');
  const details = await admin.waitForScreen(':wave: Left 3 May 2026, 12:00 CEST.');
  expect(details).toContain('Not syncable: left on 3 May 2026, 12:00 CEST; use “Remove all access” on their card.');
  expect(details).not.toContain('[Sync this person]');
  await admin.click('Why?');
  const screen = await admin.waitForScreen('# Why\n');
  expect(screen).toContain(':wave: Left 3 May 2026, 12:00 CEST. Nothing is given to people who left.');
  expect(screen).not.toContain('[Sync]');
});

it('leads back to nothing that was made by hand', async () => {
  await why();
  const view = {
    ...(await admin.modal()).view,
    private_metadata: JSON.stringify({
      ...{ userId: ana, applicationId: 1, page: 0 },
      back: { screen: 'package', state: { number: 'one' } },
    }),
  };
  await postPayload(city.bench, clickPayload(admin.userId, { actionId: 'why_back', value: {}, view }));
  await admin.waitForMessage('This window is too old to go on from.');
});

it('says what an application is called where the one that was typed is unknown or not clear', async () => {
  await admin.command('/package why ANA payroll');
  await admin.waitForScreen('There is no application “payroll”.');
  await admin.close();
  await admin.command('/package why ANA e');
  await admin.waitForScreen('Several applications match “e”: `tickets` Help Desk, `registry` Student Registry.');
  await admin.close();
  await admin.command('/package why');
  await admin.waitForScreen('Please write `/package why <@user|code> <application>`.');
});

describe('about oneself', () => {
  it('everybody may ask, in Spanish too, without the buttons of administrators', async () => {
    await city.organization.addRow(city.idOf('BEN'), 'registry/records', { value: 'view' });
    const ben = city.as('BEN');
    await ben.command('/package why registry');
    const screen = await ben.waitForScreen('# Por qué');
    expect(screen).toContain(':no_entry: No puede abrir *Student Registry*: falta *Open the registry* `MAIN`.');
    expect(screen).not.toContain('[Asignar');
    expect(screen).not.toContain('[Gestionar permisos]');
    await ben.close();
    await ben.command('/package me');
    await ben.waitForModal('Mi acceso');
    await ben.click('¿Por qué?');
    await ben.waitForModal('Por qué');
  });

  it('nobody asks about another without the right to view', async () => {
    const ben = city.as('BEN');
    await ben.command('/package why @person.ana registry');
    await ben.waitForScreen('ver, que usted no tiene');
    await ben.close();
    const where = { organizationId: city.organization.id, key: 'registry' };
    const { id: applicationId } = await test.database.prisma.application.findFirstOrThrow({ where });
    await ben.command('/package me');
    const { id } = await ben.waitForModal('Mi acceso');
    const click = { actionId: 'why_open', value: { userId: ana, applicationId }, view: { id, type: 'modal' } };
    await postPayload(city.bench, clickPayload(city.slackIdOf('BEN'), click));
    await ben.waitForScreen('ver, que usted no tiene');
  });
});
