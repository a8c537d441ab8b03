import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let ana: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' }, ANA: { locale: 'fr-FR' } },
  });
  ana = city.as('ANA');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function openMe(person = ana, title = 'My access') {
  await person.command('/package me');
  await person.waitForModal(title);
  return person.screen();
}

describe('one’s own access', () => {
  it('is shown to an employee who holds no meta-permission, each with its source', async () => {
    const { organization, idOf } = city;
    await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
    await organization.addMember(1, idOf('ANA'));
    await organization.addRow(idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
    await organization.addRow(idOf('ANA'), 'registry/records', { value: 'edit', param: '*' });
    await organization.addProfile('Marker', 'registry/grades', 'enter', idOf('ANA'));
    await organization.addRule('Everybody', 'tickets/open', 'granted', idOf('ANA'));
    const screen = await openMe();
    expect(screen).toContain(':large_green_circle: *package:1* Package 1');
    expect(screen).toContain('• Student Registry · Open the registry `MAIN`: `granted` — from package:1');
    expect(screen).toContain('• Student Registry · Student records: `edit` (All structures) — from a manual grant');
    expect(screen).toContain('• Student Registry · Grades: `enter` — from profile Marker');
    expect(screen).toContain('• Help Desk · Open the help desk `MAIN`: `granted` — from rule Everybody');
    expect(screen).toContain('log out of the application and back in');
  });

  it('leaves out what a disabled package gave, and says that it is suspended', async () => {
    const { organization, idOf } = city;
    await organization.addPackage(1, { 'registry/open': ['granted'] });
    await organization.addMember(1, idOf('ANA'));
    await organization.addRow(idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
    await test.database.prisma.package.updateMany({
      where: { organizationId: organization.id },
      data: { state: 'disabled' },
    });
    const screen = await openMe();
    expect(screen).toContain(':white_circle: *package:1* Package 1 (disabled: the access it gave is suspended)');
    expect(screen).toContain('You have no access to any application');
  });

  it('warns where an application cannot be opened for want of MAIN', async () => {
    await city.organization.addRow(city.idOf('ANA'), 'registry/grades', { value: 'view' });
    expect(await openMe()).toContain('Without *Open the registry* (MAIN) Student Registry cannot be used');
  });

  it('says to somebody with nothing that they have nothing', async () => {
    const screen = await openMe();
    expect(screen).toContain('You have no package yet.');
    expect(screen).toContain('You have no access to any application that Quartermaster manages.');
  });
});

describe('the language', () => {
  it('is Spanish for somebody whose Slack is, and English for every other', async () => {
    const { organization, idOf } = city;
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    for (const code of ['ANA', 'EVA']) {
      await organization.addMember(1, idOf(code));
      await test.database.prisma.metaPermission.create({
        data: { organizationId: organization.id, userId: idOf(code), metaPermission: 'assign_packages' },
      });
    }
    const eva = city.as('EVA');
    expect(await openMe(eva, 'Mi acceso')).toContain('Mis paquetes');
    expect(await openMe()).toContain('My packages');
    await eva.command('/package status 1 ANA');
    await eva.waitForScreen('*No concedido* — Nada lo concede. Se puede sincronizar.');
    await eva.command('/package asign 1');
    await eva.waitForMessage('No conozco «asign». ¿Quería decir `/package assign 1`?');
    await eva.command('/package new');
    await eva.waitForScreen('Esto necesita el derecho de definir paquetes, que usted no tiene.');
    await eva.openHome();
    await eva.close();
    await eva.waitForScreen('Acciones rápidas');
  });

  it('of a message is that of who reads it, not of who acted', async () => {
    const { organization } = city;
    await organization.addPackage(1, { 'registry/open': ['granted'] });
    const { admin, bench } = city;
    await admin.command('/package assign 1');
    await admin.waitForModal('Assign a package');
    await admin.fill('codes', 'ANA EVA');
    await admin.submit();
    await admin.waitForModal('Preflight');
    await admin.submit();
    await admin.waitForModal('Assigned');
    await bench.app.outbox.idle();
    await city
      .as('EVA')
      .waitForMessage(
        'Ahora tiene:\n• *Student Registry · Open the registry `MAIN`*: `granted`\n*Cierre la sesión y vuelva a entrar*',
      );
    await ana.waitForMessage('You now have:\n• *Student Registry');
    await admin.waitForMessage('Assignment report of *package:1* Package 1 for 2 people.');
  });
});
