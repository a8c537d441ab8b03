import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  clickPayload,
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['EVA', 'CLERK'], profiles: { EVA: { locale: 'es-ES' } } });
  admin = city.admin;
  const { organization } = city;
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  await organization.addPackage(2, { 'tickets/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function giveRight(code: string, metaPermission: string) {
  const data = { organizationId: city.organization.id, userId: city.idOf(code), metaPermission };
  await test.database.prisma.metaPermission.create({ data });
}

const countPackages = () => test.database.prisma.package.count({ where: { organizationId: city.organization.id } });

it('makes a copy that is shown in the place of the package, ready to be assigned, and can be undone', async () => {
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.click('Clone');
  const form = await admin.waitForScreen('Clone package');
  expect(form).toContain('The copy gets 2 permissions, with values and structures, and the reference structures.');
  expect(form).toContain('Name: <Copy of Package 1>');
  await admin.fill('clone_name', ' ');
  expect((await admin.submit()).errors).toEqual({ clone_name: 'Give the package a name.' });
  await admin.fill('clone_name', 'Night clerk');
  await admin.fill('clone_description', 'As the day, at night');
  await admin.submit();
  const screen = await admin.waitForScreen('package:3 is a copy of package:1, with 2 permissions and no members.');
  expect(screen).toContain('Assign it with *Add User*.');
  expect(screen).toContain('## Night clerk\nAs the day, at night');
  expect(screen).toContain('Active Assignees (0)');
  await admin.click('Add User');
  await admin.waitForScreen('*package:3* Night clerk');
  await admin.command('/package undo');
  await admin.waitForScreen('Package cloned');
  await admin.click('Undo…');
  await admin.waitForScreen('The package will be as before');
  await admin.submit();
  await admin.waitForScreen('Undone. The package is as before.');
  expect(await countPackages()).toBe(2);
});

it('tells what is left out, and offers the assignment to nobody who may not assign, in Spanish', async () => {
  await giveRight('EVA', 'define_packages');
  const where = { organizationId: city.organization.id, id: city.organization.permissions['tickets/open'] };
  await test.database.prisma.permission.updateMany({ where, data: { retiredAt: new Date(), name: 'Abrir <todo>' } });
  const eva = city.as('EVA');
  await eva.command('/package show 2');
  await eva.waitForModal('package:2');
  await eva.click('Clonar');
  const form = await eva.waitForScreen('Clonar paquete');
  expect(form).toContain('La copia recibe ningún permiso');
  expect(form).toContain('Quedan fuera, porque están retirados: Help Desk · Abrir &lt;todo&gt;.');
  await eva.submit();
  const screen = await eva.waitForScreen('package:3 es una copia de package:2, con 0 permisos y sin miembros.');
  expect(screen).not.toContain('Añadir usuario');
});

it('is not offered, and not done, to whom it is not for', async () => {
  const clerk = city.as('CLERK');
  await giveRight('CLERK', 'view');
  await clerk.command('/package show 1');
  await clerk.waitForModal('package:1');
  expect(await clerk.screen()).not.toContain('[Clone]');
  const { view, id } = await clerk.modal();
  const userId = city.slackIdOf('CLERK');
  const value = { number: 1 };
  await postPayload(city.bench, clickPayload(userId, { actionId: 'package_clone', value, view: { ...view, id } }));
  await clerk.waitForMessage('This needs the right to define packages, which you do not have.');
  const state = JSON.stringify({ number: 1, key: '7b4a3c36-8a9b-4a6b-9d55-1a6a0a9d7a10' });
  const forged = { id: 'V0FORGED', type: 'modal', callback_id: 'clone_package', private_metadata: state };
  const values = { clone_name: { package_clone_name: { value: 'Mine' } } };
  const answer = await postPayload(city.bench, submissionPayload(userId, forged, values));
  expect(answer.body).toContain('This needs the right to define packages, which you do not have.');
  expect(await countPackages()).toBe(2);
});
