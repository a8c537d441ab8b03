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
    expect(screen).toContain('Nothing gives it. It is in *package:1* Package 1: assign one, or grant it by hand.');
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
