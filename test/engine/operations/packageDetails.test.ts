import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPermission } from '../../../src/engine/operations/addPermission.ts';
import { createPackage, editPackage, setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { selectPackagePermissions } from '../../../src/persistence/packages.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type PermissionName, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
});

const confirmed = () => ({ actor: organization.admin, key: randomUUID() });
const details = { name: 'Clerk', description: 'Front office', structures: ['REG'] };

async function audit() {
  const records = await test.database.prisma.auditRecord.findMany({
    where: { organizationId: organization.id },
    orderBy: { seq: 'asc' },
  });
  return records.map(({ action, before, after, actor }) => ({ action, before, after, actor }));
}

describe('creating and editing a package', () => {
  it('takes the next free number, and records who did what', async () => {
    const { outcome } = await createPackage(organization.context, { ...confirmed(), details });
    expect(outcome).toEqual({ number: 2 });
    const after = { number: 2, ...details };
    expect(await audit()).toEqual([
      { action: 'create_package', before: null, after, actor: { code: 'ADMIN', name: 'Person ADMIN' } },
    ]);
  });

  it('creates one package of two confirmations with the same key', async () => {
    const command = { ...confirmed(), details };
    const both = await Promise.all([
      createPackage(organization.context, command),
      createPackage(organization.context, command),
    ]);
    expect(both.map(({ outcome }) => outcome.number)).toEqual([2, 2]);
    expect(await test.database.prisma.package.count({ where: { organizationId: organization.id } })).toBe(2);
  });

  it('gives two different creations at once two numbers', async () => {
    const both = await Promise.all([
      createPackage(organization.context, { ...confirmed(), details }),
      createPackage(organization.context, { ...confirmed(), details }),
    ]);
    expect(both.map(({ outcome }) => outcome.number).sort()).toEqual([2, 3]);
  });

  it('changes name, description and structures, and keeps what they were', async () => {
    await editPackage(organization.context, { ...confirmed(), number: 1, details });
    expect(await audit()).toMatchObject([
      { before: { name: 'Package 1', description: '', structures: [] }, after: { number: 1, ...details } },
    ]);
  });

  it('refuses a structure of nobody, a package of nobody, and who may not', async () => {
    const wrong = { ...details, structures: ['REG', 'NOPE'] };
    await expect(createPackage(organization.context, { ...confirmed(), details: wrong })).rejects.toMatchObject({
      code: 'invalid_parameter',
      details: { unknown: ['NOPE'] },
    });
    await expect(editPackage(organization.context, { ...confirmed(), number: 9, details })).rejects.toMatchObject({
      code: 'package_not_found',
    });
    const actor = await organization.addAdministrator('ASSIGNER', 'assign_packages');
    await expect(createPackage(organization.context, { actor, key: randomUUID(), details })).rejects.toMatchObject({
      code: 'not_allowed',
      details: { needs: 'define_packages' },
    });
    expect(await audit()).toEqual([]);
  });
});

describe('disabling and enabling a package', () => {
  it('suspends access without writing a row, and brings it back', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addMember(1, ana);
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    const access = async () => {
      const found = await test.database.pool.query('SELECT source FROM effective_access WHERE organization = $1', [
        organization.id,
      ]);
      return found.rows.map(({ source }) => source);
    };
    const rows = () => test.database.prisma.appAuth.findMany({ where: { organizationId: organization.id } });
    const before = await rows();
    expect(await access()).toEqual(['package:1']);
    const { outcome } = await setPackageState(organization.context, { ...confirmed(), number: 1, state: 'disabled' });
    expect(outcome).toEqual({ members: 1 });
    expect(await access()).toEqual([]);
    await setPackageState(organization.context, { ...confirmed(), number: 1, state: 'active' });
    expect(await access()).toEqual(['package:1']);
    expect(await rows()).toEqual(before);
  });

  it('refuses a state that it is in already', async () => {
    const command = { ...confirmed(), number: 1, state: 'active' as const };
    await expect(setPackageState(organization.context, command)).rejects.toMatchObject({ code: 'nothing_changed' });
  });
});

describe('adding a permission', () => {
  const add = (permission: PermissionName, value: string, structures: string[] = []) =>
    addPermission(organization.context, {
      ...confirmed(),
      ...{ number: 1, permissionId: organization.permissions[permission], value, structures },
    });
  const permissions = async () =>
    (await selectPackagePermissions(test.database.prisma, organization.id, 1)).map(({ key, value, param, live }) => ({
      key,
      value,
      param,
      live,
    }));

  it('adds it with a canonical parameter, and changes no member', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addMember(1, ana);
    expect((await add('registry/grades', 'view', ['REG', 'REG'])).outcome).toEqual({ members: 1, readded: false });
    expect(await permissions()).toContainEqual({ key: 'grades', value: 'view', param: 'REG', live: true });
    expect(await test.database.prisma.appAuth.count({ where: { organizationId: organization.id } })).toBe(0);
  });

  it('lets * swallow the rest', async () => {
    await add('registry/grades', 'view', ['REG', '*']);
    expect(await permissions()).toContainEqual({ key: 'grades', value: 'view', param: '*', live: true });
  });

  it('turns a removed one green again, with the new value', async () => {
    await test.database.prisma.packagePermission.updateMany({
      where: { organizationId: organization.id },
      data: { live: false },
    });
    expect((await add('registry/records', 'view', ['*'])).outcome).toMatchObject({ readded: true });
    expect(await permissions()).toEqual([{ key: 'records', value: 'view', param: '*', live: true }]);
  });

  it.each([
    ['permission_already_in_package', () => add('registry/records', 'view', ['REG'])],
    ['invalid_value', () => add('registry/grades', 'own', ['REG'])],
    ['invalid_parameter', () => add('registry/grades', 'view', ['NOPE'])],
    ['parameter_not_taken', () => add('registry/open', 'granted', ['REG'])],
  ])('refuses with %s, and changes nothing', async (code, attempt) => {
    const before = await permissions();
    await expect(attempt()).rejects.toMatchObject({ code });
    expect(await permissions()).toEqual(before);
    expect(await audit()).toEqual([]);
  });

  it('refuses a permission of another organization', async () => {
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    const permissionId = elsewhere.permissions['registry/open'];
    const command = { ...confirmed(), number: 1, permissionId, value: 'granted', structures: [] };
    await expect(addPermission(organization.context, command)).rejects.toMatchObject({ code: 'permission_not_found' });
  });
});
