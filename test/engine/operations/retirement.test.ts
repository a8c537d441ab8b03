import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionHash } from '../../../src/engine/core/catalogEntry.ts';
import { addPermission } from '../../../src/engine/operations/addPermission.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { createPermission, editPermission } from '../../../src/engine/operations/catalogPermissions.ts';
import { createStructure } from '../../../src/engine/operations/catalogStructures.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { createPackage, editPackage } from '../../../src/engine/operations/packageDetails.ts';
import type { WantedChange } from '../../../src/engine/operations/planGrant.ts';
import { removePermission } from '../../../src/engine/operations/removePermission.ts';
import { type EntryRef, restoreEntry, retireEntry } from '../../../src/engine/operations/retirement.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { grantOverview, previewGrant } from '../../../src/engine/readModels/manualGrants.ts';
import { searchAs } from '../../../src/engine/readModels/search.ts';
import { previewUndo } from '../../../src/engine/readModels/undo.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { countRemoval } from '../../../src/persistence/removeCells.ts';
import { countUnassignmentOptions } from '../../../src/persistence/unassignOptions.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { importFile, validFile } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  createOrganization,
  type PermissionName,
  TEST_NOW,
  type TestOrganization,
} from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let actor: ActorRef;
let ana: number;
let clock: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  clock = TEST_NOW.getTime();
  actor = await organization.addAdministrator('CATO', 'manage_catalog');
  [ana = 0] = await organization.addUsers('ANA');
});

const context = () => ({ ...organization.context, now: () => new Date(clock++) });
const confirmed = (by = actor) => ({ actor: by, key: randomUUID() });
const where = () => ({ organizationId: organization.id });
const idOf = (name: PermissionName) => organization.permissions[name];
const permission = (name: PermissionName): EntryRef => ({ kind: 'permission', id: idOf(name) });
const structure = (): EntryRef => ({ kind: 'structure', id: organization.structureId });
const retire = (entry: EntryRef) => retireEntry(context(), { ...confirmed(), entry });
const restore = (entry: EntryRef) => restoreEntry(context(), { ...confirmed(), entry });
const stored = (name: PermissionName) =>
  test.database.prisma.permission.findFirstOrThrow({ where: { ...where(), id: idOf(name) } });

async function application(name: PermissionName): Promise<EntryRef> {
  return { kind: 'application', id: (await stored(name)).applicationId };
}

async function admin() {
  const found = await findActor(test.database.prisma, organization.id, organization.admin);
  if (!found) throw new Error('There is no such actor');
  return found;
}

async function grant(change: WantedChange, name: PermissionName = 'registry/records') {
  const wanted = { userId: ana, permissionId: idOf(name), change };
  const { plan } = await previewGrant(organization.context, await admin(), wanted);
  const command = { ...confirmed(organization.admin), ...wanted, planHash: plan.hash };
  return (await grantPermission(organization.context, command)).operationId;
}

async function undo(operationId: number) {
  const limitMs = 3_600_000;
  const { planHash } = await previewUndo(organization.context, await admin(), operationId, limitMs);
  return undoOperation(organization.context, { ...confirmed(organization.admin), operationId, planHash, limitMs });
}

/** Takes a permission out of package 1, and from everybody who has it from there. */
async function takeOut(name: PermissionName) {
  const choices = { kinds: ['active'] as const, text: '', exceptions: [] };
  const about = { permissionId: idOf(name), choices };
  const scope = { ...where(), packageNumber: 1, permissionId: idOf(name) };
  const { hash } = await countRemoval(test.database.prisma, scope, choices);
  const command = { ...confirmed(organization.admin), number: 1, ...about, planHash: hash };
  return (await removePermission(organization.context, command)).operationId;
}

describe('retiring', () => {
  it('a permission waits until nothing gives it, and then offers it to nobody', async () => {
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addProfile('Reader', 'registry/records', 'view', ana);
    await organization.addRule('Rota', 'registry/records', 'view', ana);
    await organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG' });
    await organization.addFounder('FAY');
    const refused = await retire(permission('registry/records')).catch((error) => error);
    expect(refused).toMatchObject({
      code: 'in_use',
      details: { what: 'Student records', uses: { counts: { package: 1, profile: 1, rule: 1, person: 1 } } },
    });
    expect((await stored('registry/records')).retiredAt).toBeNull();

    const { prisma } = test.database;
    await takeOut('registry/records');
    await prisma.profilePermission.deleteMany({ where: where() });
    await prisma.rule.deleteMany({ where: where() });
    await grant({ kind: 'disable' });
    await retire(permission('registry/records'));
    const search = searchAs(organization.context, await admin());
    const { id } = await application('registry/open');
    expect((await search.permissions(id, '', 10)).map(({ key }) => key)).toEqual(['open', 'grades']);
    const page = { text: 'registry', offset: 0, limit: 10 };
    const { applications } = await grantOverview(organization.context, await admin(), ana, page);
    expect(applications[0]?.permissions.map((each) => each.permission.key)).toEqual(['open', 'grades']);
    const { rows } = await test.database.pool.query(
      `SELECT permission FROM effective_access WHERE organization = $1 AND user_code = 'FAY' AND application = 'registry'
       ORDER BY 1`,
      [organization.id],
    );
    expect(rows.map((each) => each.permission)).toEqual(['grades', 'open']);
    await restore(permission('registry/records'));
    expect((await search.permissions(id, '', 10)).map(({ key }) => key)).toEqual(['open', 'grades', 'records']);
  });

  it('keeps showing what somebody still has, and lets it be disabled', async () => {
    await organization.addRow(ana, 'tickets/open', { value: 'granted' });
    // No operation leaves this behind; a restored backup could
    const data = { retiredAt: TEST_NOW };
    await test.database.prisma.permission.updateMany({ where: { ...where(), id: idOf('tickets/open') }, data });
    const { id } = await application('tickets/open');
    await test.database.prisma.application.updateMany({ where: { ...where(), id }, data });
    const page = { text: 'help desk', offset: 0, limit: 10 };
    const overview = () => admin().then((by) => grantOverview(organization.context, by, ana, page));
    expect((await overview()).applications[0]?.permissions).toMatchObject([
      { effective: { value: 'granted' }, offered: { set: false, disable: true, enable: false } },
    ]);
    await grant({ kind: 'disable' }, 'tickets/open');
    expect((await overview()).total).toBe(0);
  });

  it('takes the MAIN mark away for good, and is recorded', async () => {
    await retire(permission('registry/open'));
    expect(await stored('registry/open')).toMatchObject({ isMain: false });
    await restore(permission('registry/open'));
    expect(await stored('registry/open')).toMatchObject({ isMain: false, retiredAt: null });
    const records = await test.database.prisma.auditRecord.findMany({ where: where(), orderBy: { seq: 'asc' } });
    const subject = { application: 'registry', permission: 'open' };
    expect(records.map(({ action, subject: about, before, after }) => ({ action, about, before, after }))).toEqual([
      {
        ...{ action: 'retire_permission', about: subject },
        ...{ before: { retired: false, main: true }, after: { retired: true, main: false } },
      },
      { action: 'restore_permission', about: subject, before: { retired: true }, after: { retired: false } },
    ]);
    await expect(restore(permission('registry/open'))).rejects.toMatchObject({ code: 'nothing_changed' });
  });

  it('an application takes its permissions along, and brings back those that went with it', async () => {
    const entry = await application('registry/open');
    await retire(permission('registry/grades'));
    await organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG' });
    await expect(retire(entry)).rejects.toMatchObject({ code: 'in_use', details: { uses: { counts: { person: 1 } } } });
    await grant({ kind: 'disable' });
    await retire(entry);
    const search = searchAs(organization.context, await admin());
    expect((await search.applications('', 10)).map(({ key }) => key)).toEqual(['tickets']);
    await expect(restore(permission('registry/records'))).rejects.toMatchObject({ code: 'application_retired' });
    const terms = { name: 'New', levels: ['granted'], scope: 'none' as const, main: false };
    const creation = { ...confirmed(), applicationId: entry.id, permissionKey: 'new', terms, shown: '' };
    await expect(createPermission(context(), creation)).rejects.toMatchObject({ code: 'application_retired' });
    await restore(entry);
    expect((await search.permissions(entry.id, '', 10)).map(({ key, main }) => [key, main])).toEqual([
      ['open', true],
      ['records', false],
    ]);
  });

  it('a structure waits for people, structures below, packages, rules and parameters', async () => {
    const terms = { name: 'Archive', parentId: null };
    const { outcome } = await createStructure(context(), { ...confirmed(), code: 'ARCH', terms });
    const entry: EntryRef = { kind: 'structure', id: outcome.structureId };
    const below = { ...confirmed(), code: 'CELLAR', terms: { name: 'Cellar', parentId: entry.id } };
    const cellar: EntryRef = {
      kind: 'structure',
      id: (await createStructure(context(), below)).outcome.structureId,
    };
    const { prisma } = test.database;
    await prisma.user.updateMany({ where: { id: ana }, data: { structureId: entry.id } });
    await organization.addPackage(1, { 'registry/records': ['edit', 'ARCH,REG'] });
    await organization.addPackage(2, {});
    await prisma.packageStructure.create({ data: { ...where(), packageNumber: 2, structureId: entry.id } });
    const permissionId = idOf('registry/open');
    const rule = { name: 'All', structureId: entry.id, permissionId, value: 'granted' };
    await prisma.rule.create({ data: { ...where(), ...rule } });
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'ARCH,REG', packageNumber: 1 });
    const counts = { child: 1, member: 1, reference: 1, rule: 1, package: 1, person: 1 };
    expect(await retire(entry).catch((error) => error)).toMatchObject({
      code: 'in_use',
      details: { uses: { counts } },
    });

    await prisma.user.updateMany({ where: { id: ana }, data: { structureId: organization.structureId } });
    await prisma.rule.deleteMany({ where: where() });
    const details = { name: 'Two', description: '', structures: ['ARCH'] };
    const edited = { ...confirmed(organization.admin), number: 2, details: { ...details, structures: [] } };
    const { operationId: unreferred } = await editPackage(organization.context, edited);
    const removed = await takeOut('registry/records');
    await retire(cellar);
    await retire(entry);

    const search = searchAs(organization.context, await admin());
    expect((await search.structures('', { offset: 0, limit: 10 })).structures.map(({ code }) => code)).toEqual(['REG']);
    expect(await search.structureCodes('')).toEqual(['REG']);
    const gone = { code: 'structure_retired', details: { structures: ['ARCH'] } };
    await expect(restore(cellar)).rejects.toMatchObject(gone);
    await expect(
      createStructure(context(), { ...confirmed(), code: 'NEW', terms: { name: 'New', parentId: entry.id } }),
    ).rejects.toMatchObject(gone);
    await expect(
      createPackage(organization.context, { ...confirmed(organization.admin), details }),
    ).rejects.toMatchObject(gone);
    const readd = { number: 1, permissionId: idOf('registry/records'), value: 'edit', structures: ['ARCH', 'REG'] };
    await expect(
      addPermission(organization.context, { ...confirmed(organization.admin), ...readd }),
    ).rejects.toMatchObject(gone);
    await expect(grant({ kind: 'enable' })).rejects.toMatchObject(gone);
    for (const operationId of [removed, unreferred]) await expect(undo(operationId)).rejects.toMatchObject(gone);
    await restore(entry);
    await undo(removed);
    expect(await retire(entry).catch((error) => error)).toMatchObject({ code: 'in_use' });
  });

  it('refuses what is of another organization', async () => {
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    const entry: EntryRef = { kind: 'permission', id: elsewhere.permissions['registry/open'] };
    await expect(retire(entry)).rejects.toMatchObject({ code: 'permission_not_found' });
    await expect(retire({ kind: 'structure', id: elsewhere.structureId })).rejects.toMatchObject({
      code: 'structure_not_found',
    });
    await expect(retire(structure())).rejects.toMatchObject({
      code: 'in_use',
      details: { uses: { counts: { member: 3 } } },
    });
  });
});

describe('what is retired', () => {
  const gone = { code: 'permission_retired', details: { permission: 'Student Registry · Student records' } };

  it('comes back into a package, or to a person, by no re-add, no grant and no undo', async () => {
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addMember(1, ana);
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    await takeOut('registry/records');
    const set = await grant({ kind: 'set', value: 'view', structures: ['REG'] });
    const disabled = await grant({ kind: 'disable' });
    await retire(permission('registry/records'));
    const readd = { number: 1, permissionId: idOf('registry/records'), value: 'edit', structures: ['REG'] };
    await expect(
      addPermission(organization.context, { ...confirmed(organization.admin), ...readd }),
    ).rejects.toMatchObject(gone);
    await expect(grant({ kind: 'set', value: 'view', structures: ['REG'] })).rejects.toMatchObject(gone);
    await expect(grant({ kind: 'enable' })).rejects.toMatchObject(gone);
    await expect(undo(disabled)).rejects.toMatchObject(gone);
    const row = await test.database.prisma.appAuth.findFirstOrThrow({ where: where() });
    expect(row).toMatchObject({ active: false, value: 'view' });
    // A confirmation that was shown before the permission was retired is refused like one shown afterwards
    const late = { operationId: disabled, planHash: 'shown before', limitMs: 3_600_000 };
    await expect(
      undoOperation(organization.context, { ...confirmed(organization.admin), ...late }),
    ).rejects.toMatchObject(gone);
    await restore(permission('registry/records'));
    await undo(disabled);
    expect(await test.database.prisma.appAuth.findFirstOrThrow({ where: where() })).toMatchObject({ active: true });
    await undo(set);
  });

  it('leaves an undo of what took it out of a package where it is', async () => {
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    const removed = await takeOut('registry/records');
    await retire(permission('registry/records'));
    await expect(undo(removed)).rejects.toMatchObject(gone);
    expect(await test.database.prisma.packagePermission.findFirstOrThrow({ where: where() })).toMatchObject({
      live: false,
    });
  });

  it('and a level that is gone, come back by no undo and no restored row', async () => {
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG' });
    const scope = { ...where(), packageNumber: 1, userIds: [ana] };
    const { hash } = await countPreflight(test.database.prisma, scope);
    const choices = { keepPackage: true, exceptions: [] };
    const assigned = { ...confirmed(organization.admin), number: 1, userIds: [ana], choices, planHash: hash };
    const { operationId } = await assignPackage(organization.context, assigned);
    expect(await countUnassignmentOptions(test.database.prisma, scope)).toMatchObject({ restorable: 1 });
    const found = await stored('registry/records');
    const main = { main: found.isMain, retired: false };
    const shown = permissionHash({ ...found, ...main }, idOf('registry/open'));
    const { name, scope: taken } = found;
    const terms = { name, levels: ['edit', 'admin'], scope: taken, main: false };
    await editPermission(context(), { ...confirmed(), permissionId: found.id, terms, shown });
    expect(await countUnassignmentOptions(test.database.prisma, scope)).toMatchObject({ restorable: 0 });
    await expect(undo(operationId)).rejects.toMatchObject({ code: 'invalid_value', details: { value: 'view' } });
  });

  it('is back on offer where an import lists it, and stays retired where none does', async () => {
    const file = validFile();
    const { organizationId } = await importFile(test.database, file);
    const { prisma, pool } = test.database;
    const retiredAt = TEST_NOW;
    for (const table of ['applications', 'permissions', 'structures']) {
      await pool.query(`UPDATE ${table} SET retired_at = $1 WHERE organization_id = $2`, [retiredAt, organizationId]);
    }
    const { id: applicationId } = await prisma.application.findFirstOrThrow({ where: { organizationId } });
    const old = { key: 'old', name: 'Old', levels: ['granted'], scope: 'none' as const, retiredAt };
    await prisma.permission.create({ data: { organizationId, applicationId, ...old } });
    const { sections } = await importFile(test.database, file);
    expect(sections).toMatchObject({
      ...{
        applications: { created: 0, changed: 1, unchanged: 0 },
        permissions: { created: 0, changed: 3, unchanged: 0 },
      },
      structures: { created: 0, changed: 3, unchanged: 0 },
    });
    const left = { organizationId, retiredAt: { not: null } };
    expect((await prisma.permission.findMany({ where: left })).map(({ key }) => key)).toEqual(['old']);
    expect(await prisma.application.count({ where: left })).toBe(0);
    expect(await prisma.structure.count({ where: left })).toBe(0);
    expect((await importFile(test.database, file)).operationId).toBeNull();
  });
});
