import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPermission } from '../../../src/engine/operations/addPermission.ts';
import { clonePackage } from '../../../src/engine/operations/clonePackage.ts';
import { editPackage, setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { previewClone } from '../../../src/engine/readModels/clonePreview.ts';
import { previewUndo } from '../../../src/engine/readModels/undo.ts';
import { selectPackagePermissions, selectPackageStructures } from '../../../src/persistence/packages.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type PermissionName, type TestOrganization } from '../../support/organization.ts';

const HOUR = 3_600_000;

let test: TestDatabase;
let city: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await createOrganization(test.database);
  for (const code of ['OLD', 'LAB']) {
    const data = { organizationId: city.id, code, name: code, path: [], searchText: code.toLowerCase() };
    await test.database.prisma.structure.create({ data });
  }
  await city.addPackage(1, {
    ...{ 'registry/open': ['granted'], 'registry/records': ['edit', 'LAB,OLD,REG'], 'registry/grades': ['enter', '*'] },
    'tickets/open': ['granted'],
  });
  const details = { name: 'Clerk', description: 'Front office', structures: ['OLD', 'REG'] };
  await editPackage(city.context, { ...confirmed(), number: 1, details });
});

const confirmed = () => ({ actor: city.admin, key: randomUUID() });
const clone = (more: Partial<Parameters<typeof clonePackage>[1]> = {}) =>
  clonePackage(city.context, { ...confirmed(), number: 1, name: 'Copy', description: 'As the other', ...more });

async function permissionsOf(number: number): Promise<string[]> {
  const rows = await selectPackagePermissions(test.database.prisma, city.id, number);
  return rows.map(
    ({ applicationKey, key, value, param, live }) => `${applicationKey}/${key} ${value} ${param} ${live}`,
  );
}

/** Retires a structure or a permission, whoever uses it. */
async function retire(what: { structure: string } | { permission: PermissionName }) {
  const { prisma } = test.database;
  const data = { retiredAt: new Date() };
  const organizationId = city.id;
  if ('structure' in what) await prisma.structure.updateMany({ where: { organizationId, code: what.structure }, data });
  else await prisma.permission.updateMany({ where: { organizationId, id: city.permissions[what.permission] }, data });
}

async function undo(operationId: number) {
  const actor = await findActor(test.database.prisma, city.id, city.admin);
  if (!actor) throw new Error('There is no administrator');
  const { planHash } = await previewUndo(city.context, actor, operationId, HOUR);
  return undoOperation(city.context, { ...confirmed(), operationId, limitMs: HOUR, planHash });
}

describe('cloning a package', () => {
  it('copies live permissions with value and parameter, and reference structures; never members or the state', async () => {
    const [ana = 0] = await city.addUsers('ANA');
    await city.addMember(1, ana);
    const where = { organizationId: city.id, packageNumber: 1, permissionId: city.permissions['tickets/open'] };
    await test.database.prisma.packagePermission.updateMany({ where, data: { live: false } });
    await setPackageState(city.context, { ...confirmed(), number: 1, state: 'disabled' });
    const { outcome } = await clone();
    expect(outcome).toEqual({ number: 2, permissions: 3, leftOut: [], narrowed: [], structures: [] });
    expect(await permissionsOf(2)).toEqual([
      'registry/open granted  true',
      'registry/grades enter * true',
      'registry/records edit LAB,OLD,REG true',
    ]);
    const made = await test.database.prisma.package.findFirst({ where: { organizationId: city.id, number: 2 } });
    expect(made).toMatchObject({ name: 'Copy', description: 'As the other', state: 'active' });
    const structures = await selectPackageStructures(test.database.prisma, city.id, 2);
    expect(structures.map(({ code }) => code)).toEqual(['OLD', 'REG']);
    expect(await test.database.prisma.assignment.count({ where: { organizationId: city.id, packageNumber: 2 } })).toBe(
      0,
    );
    const record = await test.database.prisma.auditRecord.findFirst({
      where: { organizationId: city.id, action: 'clone_package' },
    });
    expect(record).toMatchObject({ subject: { package: 2, from: 1 }, before: null });
    expect(record?.after).toMatchObject({ number: 2, name: 'Copy', permissions: { length: 3 } });
  });

  it('leaves out what is retired, and tells it before and after', async () => {
    await retire({ structure: 'OLD' });
    await retire({ permission: 'tickets/open' });
    await city.addPackage(5, { 'registry/records': ['view', 'OLD'], 'registry/grades': ['view', ''] });
    const actor = await findActor(test.database.prisma, city.id, city.admin);
    if (!actor) throw new Error('There is no administrator');
    const exceptions = {
      ...{ permissions: 3, structures: ['OLD'] },
      ...{ leftOut: ['Help Desk · Open the help desk'], narrowed: ['Student Registry · Student records'] },
    };
    expect(await previewClone(city.context, actor, 1)).toMatchObject(exceptions);
    expect((await clone()).outcome).toEqual({ number: 6, ...exceptions });
    expect(await permissionsOf(6)).toContain('registry/records edit LAB,REG true');
    // Without any of its structures a permission would mean something else
    const { outcome } = await clone({ number: 5 });
    expect(outcome).toMatchObject({ permissions: 1, leftOut: ['Student Registry · Student records'], narrowed: [] });
    expect(await permissionsOf(7)).toEqual(['registry/grades view  true']);
  });

  it('happens once for two confirmations with the same key', async () => {
    const command = { ...confirmed(), number: 1, name: 'Copy', description: '' };
    const both = await Promise.all([clonePackage(city.context, command), clonePackage(city.context, command)]);
    expect(both.map(({ outcome }) => outcome.number)).toEqual([2, 2]);
  });

  it('refuses a package of nobody or of another organization, and who may not', async () => {
    const other = await createOrganization(test.database);
    await expect(clone({ number: 9 })).rejects.toMatchObject({ code: 'package_not_found' });
    await expect(clone({ actor: other.admin })).rejects.toMatchObject({ code: 'package_not_found' });
    const actor = await city.addAdministrator('ASSIGNER', 'assign_packages');
    await expect(clone({ actor })).rejects.toMatchObject({
      code: 'not_allowed',
      details: { needs: 'define_packages' },
    });
    expect(await test.database.prisma.package.count({ where: { organizationId: city.id } })).toBe(1);
  });
});

describe('undoing a clone', () => {
  it('takes the package away with what the cloning wrote', async () => {
    const { operationId } = await clone();
    await undo(operationId);
    expect(await permissionsOf(2)).toEqual([]);
    expect(await test.database.prisma.package.count({ where: { organizationId: city.id } })).toBe(1);
    expect(await permissionsOf(1)).toHaveLength(4);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'a permission more',
      () => addPermission(city.context, { ...ofClone('registry/grades'), value: 'view', structures: ['REG'] }),
    ],
    ['another value', () => set('registry/records', { value: 'admin' })],
    ['another parameter', () => set('registry/records', { param: 'REG' })],
    ['a permission that was removed', () => set('registry/records', { live: false })],
    ['a permission less', () => test.database.prisma.packagePermission.deleteMany({ where: ofRow('registry/open') })],
    ['a former member', async () => city.addMember(2, (await city.addUsers('ANA'))[0] ?? 0, 'former')],
  ])('is refused where there is %s meanwhile', async (_what, change) => {
    await test.database.prisma.packagePermission.deleteMany({
      where: { ...ofRow('registry/grades'), packageNumber: 1 },
    });
    const { operationId } = await clone();
    await change();
    const before = await permissionsOf(2);
    await expect(undo(operationId)).rejects.toMatchObject({ code: 'nothing_to_undo' });
    expect(await permissionsOf(2)).toEqual(before);
  });

  const ofClone = (permission: PermissionName) => ({
    ...confirmed(),
    ...{ number: 2, permissionId: city.permissions[permission] },
  });
  const ofRow = (permission: PermissionName) => ({
    ...{ organizationId: city.id, packageNumber: 2, permissionId: city.permissions[permission] },
  });
  const set = (permission: PermissionName, data: { value?: string; param?: string; live?: boolean }) =>
    test.database.prisma.packagePermission.updateMany({ where: ofRow(permission), data });
});
