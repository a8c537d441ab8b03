import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
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
  city = await startSlackOrganization(test, { people: ['ANA'] });
  admin = city.admin;
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const packages = () =>
  test.database.prisma.package.findMany({
    where: { organizationId: city.organization.id },
    orderBy: { number: 'asc' },
  });

async function openEdit() {
  await admin.command('/package show 1');
  await admin.waitForScreen('# package:1');
  await admin.click('Edit');
  await admin.waitForModal('Edit package');
}

describe('creating a package', () => {
  it('gives it the next number and shows it, ready for its first permission', async () => {
    await city.organization.addPackage(7, {});
    await admin.command('/package new');
    await admin.waitForModal('New package');
    await admin.fill('name', '  Registry <clerk> & co ');
    await admin.fill('description', 'Keeps the books');
    await admin.pick('structures', 'regis', 'REG · Registry');
    await admin.submit();
    const screen = await admin.waitForScreen('package:8 was created. Add the permissions that the role needs.');
    expect(screen).toContain('## Registry <clerk> & co');
    expect(screen).toContain('For: Registry (REG)');
    expect(screen).toContain('This package has no permissions yet.');
  });

  it('asks for a name that is more than spaces', async () => {
    await admin.command('/package new');
    await admin.waitForModal('New package');
    expect(await admin.submit()).toMatchObject({ outcome: 'invalid', errors: { name: expect.any(String) } });
    await admin.fill('name', '   ');
    expect((await admin.submit()).errors).toEqual({ name: 'Give the package a name.' });
    expect(await packages()).toEqual([]);
  });

  it('happens once where the window is submitted twice', async () => {
    await admin.command('/package new');
    await admin.waitForModal('New package');
    const { view } = await admin.modal();
    const payload = submissionPayload(admin.userId, view, { name: { package_name: { value: 'Clerk' } } });
    await Promise.all([postPayload(city.bench, payload), postPayload(city.bench, payload)]);
    await admin.waitForScreen('package:1 was created.');
    await city.bench.app.stop();
    expect(await packages()).toHaveLength(1);
  });
});

describe('editing a package', () => {
  it('saves, and the package screen below shows it', async () => {
    await city.organization.addPackage(1, {});
    await openEdit();
    expect(await admin.screen()).toContain('<Package 1>');
    await admin.fill('name', 'Registry & archive');
    await admin.pick('structures', '', 'REG');
    await admin.submit();
    const screen = await admin.waitForScreen('Saved.');
    expect(screen).toContain('## Registry & archive');
    expect(screen).toContain('For: Registry (REG)');
    await admin.command('/package list archive');
    await admin.waitForScreen('*package:1* Registry &amp; archive');
  });

  it('keeps a long name, a long description and many structures that came from elsewhere', async () => {
    const { id } = city.organization;
    await city.organization.addPackage(1, {});
    const long = { name: 'N'.repeat(300), description: 'D'.repeat(4_500) };
    await test.database.prisma.package.updateMany({ where: { organizationId: id }, data: long });
    const codes = Array.from({ length: 130 }, (_, index) => `S${1000 + index}`);
    await test.database.prisma.structure.createMany({
      data: codes.map((code) => ({ organizationId: id, code, name: code, path: [], searchText: code })),
    });
    const structures = await test.database.prisma.structure.findMany({ where: { organizationId: id } });
    await test.database.prisma.packageStructure.createMany({
      data: structures.map((structure) => ({ organizationId: id, packageNumber: 1, structureId: structure.id })),
    });
    await openEdit();
    await admin.submit();
    await admin.waitForScreen('Saved.');
    const [saved] = await packages();
    expect(saved?.name.length).toBe(300);
    expect(saved?.description === long.description).toBe(true);
    expect(await test.database.prisma.packageStructure.count({ where: { organizationId: id } })).toBe(131);
  });

  it('refuses somebody who lost the right while the form was open', async () => {
    await city.organization.addPackage(1, {});
    await openEdit();
    await test.database.prisma.metaPermission.deleteMany({
      where: { organizationId: city.organization.id, metaPermission: 'define_packages' },
    });
    await admin.fill('name', 'Mine');
    await admin.submit();
    await admin.waitForScreen('This needs the right to define packages, which you do not have.');
    expect(await packages()).toMatchObject([{ name: 'Package 1' }]);
  });
});

describe('disabling a package', () => {
  it('suspends it, tells the members, and enabling brings it back', async () => {
    await city.organization.addPackage(1, { 'registry/open': ['granted'] });
    await city.organization.addMember(1, city.idOf('ANA'));
    await city.organization.addRow(city.idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
    await admin.command('/package show 1');
    await admin.waitForScreen('# package:1');
    await admin.click('Disable');
    const disabled = await admin.waitForScreen('Disabled. The access of 1 person is suspended.');
    expect(disabled).toContain('This package is disabled: the access it gave is suspended');
    expect(disabled).not.toContain('[Add User]');
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You no longer have:\n• *Student Registry · Open the registry `MAIN`*');
    await admin.click('Enable');
    expect(await admin.waitForScreen('Enabled. The access of 1 person is back.')).toContain('[Add User]');
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You now have:\n• *Student Registry · Open the registry `MAIN`*');
  });

  it('says so where somebody else was faster', async () => {
    await city.organization.addPackage(1, {});
    await admin.command('/package show 1');
    await admin.waitForScreen('# package:1');
    await test.database.prisma.package.updateMany({
      where: { organizationId: city.organization.id },
      data: { state: 'disabled' },
    });
    await admin.click('Disable');
    await admin.waitForScreen('It is so already; nothing was changed.');
  });
});
