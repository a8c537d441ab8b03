import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SYNC_CONTROLS } from '../../../src/engine/core/cellChoices.ts';
import { addPermission } from '../../../src/engine/operations/addPermission.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { changePermission } from '../../../src/engine/operations/changePermission.ts';
import { createPackage, editPackage, setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { removePermission } from '../../../src/engine/operations/removePermission.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { syncPackage } from '../../../src/engine/operations/syncPackage.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { previewUndo } from '../../../src/engine/readModels/undo.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { countRemoval } from '../../../src/persistence/removeCells.ts';
import { planSync } from '../../../src/persistence/syncCells.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

const HOUR = 3_600_000;
let test: TestDatabase;
let organization: TestOrganization;
let ana: number;
let ben: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
});

const scope = () => ({ organizationId: organization.id, packageNumber: 1 });
const records = () => organization.permissions['registry/records'];

async function assign(...userIds: number[]) {
  const { hash } = await countPreflight(test.database.prisma, { ...scope(), userIds });
  const choices = { keepPackage: true, exceptions: [] };
  const command = { actor: organization.admin, key: randomUUID(), number: 1, userIds, choices, planHash: hash };
  return (await assignPackage(organization.context, command)).operationId;
}

async function unassign(...userIds: number[]) {
  const { hash } = await countUnassignment(test.database.prisma, { ...scope(), userIds });
  const command = { actor: organization.admin, key: randomUUID(), number: 1, userIds, planHash: hash };
  return (await unassignPackage(organization.context, command)).operationId;
}

async function sync(userId: number | null = null) {
  const choices = { kinds: SYNC_CONTROLS.eligible, text: '', exceptions: [] };
  const about = { permissionId: null, userId };
  const { hash } = await planSync(test.database.prisma, { ...scope(), ...about }, choices);
  const command = { actor: organization.admin, key: randomUUID(), number: 1, ...about, choices, planHash: hash };
  return (await syncPackage(organization.context, command)).operationId;
}

async function remove() {
  const choices = { kinds: ['active'] as const, text: '', exceptions: [] };
  const about = { ...scope(), permissionId: records() };
  const { hash } = await countRemoval(test.database.prisma, about, choices);
  const command = { actor: organization.admin, key: randomUUID(), number: 1, permissionId: records(), choices };
  return (await removePermission(organization.context, { ...command, planHash: hash })).operationId;
}

/** Undoes as somebody who has just looked. */
async function undo(operationId: number, by: ActorRef = organization.admin, later = 0) {
  const context = { ...organization.context, now: () => new Date(TEST_NOW.getTime() + later) };
  const actor = await findActor(test.database.prisma, organization.id, by);
  if (!actor) throw new Error('There is no such actor');
  const { planHash } = await previewUndo(context, actor, operationId, 24 * HOUR);
  const command = { actor: by, key: randomUUID(), operationId, planHash, limitMs: 24 * HOUR };
  return undoOperation(context, command);
}

/** Rows and memberships of everybody, without what only the trail needs. */
async function state() {
  const where = { organizationId: organization.id };
  const rows = await test.database.prisma.appAuth.findMany({
    where,
    orderBy: [{ userId: 'asc' }, { permissionId: 'asc' }],
  });
  const members = await test.database.prisma.assignment.findMany({ where, orderBy: { userId: 'asc' } });
  return {
    rows: rows.map(({ organizationId: _organization, ...row }) => row),
    members: members.map(({ userId, state: membership, operationId }) => ({ userId, membership, operationId })),
  };
}

describe('undoing', () => {
  it('an assignment gives back what it replaced, and leaves what was new inactive', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'view', param: '*' });
    const operationId = await assign(ana, ben);
    const { outcome } = await undo(operationId);
    expect(outcome).toEqual({ rows: 4, memberships: 2, changed: 0, left: 0 });
    const { rows, members } = await state();
    expect(rows.find((row) => row.userId === ana && row.permissionId === records())).toMatchObject({
      ...{ value: 'view', param: '*', active: true, packageNumber: null, operationId: null },
    });
    expect(rows.filter(({ active }) => active)).toHaveLength(1);
    expect(rows.filter(({ reason }) => reason === 'unassignment')).toHaveLength(3);
    expect(members.map(({ membership }) => membership)).toEqual(['former', 'former']);
  });

  it.each([
    ['a removal of assignments', () => unassign(ana, ben)],
    ['a removal of a permission', () => remove()],
    ['a sync', () => sync()],
  ])('%s brings back every row and membership as it was, in order', async (_what, operate) => {
    await assign(ana, ben);
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: organization.id, userId: ben, permissionId: records() },
      data: { value: 'view', packageNumber: null },
    });
    const before = await state();
    const operationId = await operate();
    expect(await state()).not.toEqual(before);
    await undo(operationId);
    expect(await state()).toEqual(before);
    const wanted = await test.database.prisma.packagePermission.findFirst({
      where: { ...scope(), permissionId: records() },
    });
    expect(wanted).toMatchObject({ live: true });
  });

  it('lets earlier operations be undone in turn', async () => {
    const first = await assign(ana);
    const second = await unassign(ana);
    await undo(second);
    expect((await undo(first)).outcome).toEqual({ rows: 2, memberships: 1, changed: 0, left: 0 });
  });

  it('leaves what has changed since, says who changed it, and undoes the rest', async () => {
    const operationId = await assign(ana, ben);
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: organization.id, userId: ben, permissionId: records() },
      data: { value: 'view' },
    });
    await sync(ben);
    const actor = await findActor(test.database.prisma, organization.id, organization.admin);
    if (!actor) throw new Error('There is no administrator');
    const { changed, counts } = await previewUndo(organization.context, actor, operationId, 24 * HOUR);
    expect(counts).toMatchObject({ rows: 3, memberships: 2, changed: 1 });
    expect(changed).toEqual([
      {
        ...{ userCode: 'BEN', userName: 'Person BEN', permission: 'Student Registry · Student records' },
        ...{ by: 'Person ADMIN', at: TEST_NOW },
      },
    ]);
    // BEN keeps the membership, because the package still gives him what was synced later
    expect((await undo(operationId)).outcome).toEqual({ rows: 3, memberships: 1, changed: 1, left: 0 });
    const { rows, members } = await state();
    expect(rows.filter(({ active }) => active)).toMatchObject([
      { userId: ben, permissionId: records(), packageNumber: 1 },
    ]);
    expect(members.map(({ membership }) => membership)).toEqual(['former', 'active']);
    await expect(undo(operationId)).rejects.toMatchObject({ code: 'nothing_to_undo' });
  });

  it('forgets the deviations that the operation had accepted', async () => {
    await organization.addMember(1, ana);
    await organization.addRow(ana, 'registry/records', { value: 'view' });
    const choices = { kinds: ['not_granted'] as const, text: '', exceptions: [] };
    const about = { permissionId: null, userId: ana };
    const { hash } = await planSync(test.database.prisma, { ...scope(), ...about }, choices);
    const command = { actor: organization.admin, key: randomUUID(), number: 1, ...about, choices, planHash: hash };
    const { operationId } = await syncPackage(organization.context, command);
    const accepted = () => test.database.prisma.acceptedDeviation.count({ where: { organizationId: organization.id } });
    expect(await accepted()).toBe(1);
    await undo(operationId);
    expect(await accepted()).toBe(0);
  });
});

describe('undoing what was done to a package', () => {
  const base = () => ({ actor: organization.admin, key: randomUUID() });
  const permission = () =>
    test.database.prisma.packagePermission.findFirst({ where: { ...scope(), permissionId: records() } });

  it('changes its permission back, unless it was changed again', async () => {
    const change = (value: string) =>
      changePermission(organization.context, {
        ...{ ...base(), number: 1, permissionId: records(), value, structures: ['REG'] },
      });
    const first = await change('view');
    await undo(first.operationId);
    expect(await permission()).toMatchObject({ value: 'edit' });
    const second = await change('view');
    await change('admin');
    await expect(undo(second.operationId)).rejects.toMatchObject({ code: 'nothing_to_undo' });
    expect(await permission()).toMatchObject({ value: 'admin' });
  });

  it('takes an added permission out again, unless somebody has it through the package', async () => {
    const permissionId = organization.permissions['registry/grades'];
    const add = () =>
      addPermission(organization.context, { ...base(), number: 1, permissionId, value: 'view', structures: ['REG'] });
    await undo((await add()).operationId);
    const where = { ...scope(), permissionId };
    expect(await test.database.prisma.packagePermission.findFirst({ where })).toMatchObject({ live: false });
    const { operationId } = await add();
    await assign(ana);
    await expect(undo(operationId)).rejects.toMatchObject({ code: 'nothing_to_undo' });
  });

  it('renames it back, enables it again, and takes away one that nobody used', async () => {
    const details = { name: 'Other', description: 'New', structures: ['REG'] };
    const edited = await editPackage(organization.context, { ...base(), number: 1, details });
    await undo(edited.operationId);
    const disabled = await setPackageState(organization.context, { ...base(), number: 1, state: 'disabled' });
    await undo(disabled.operationId);
    const where = { organizationId_number: { organizationId: organization.id, number: 1 } };
    expect(await test.database.prisma.package.findUnique({ where })).toMatchObject({
      ...{ name: 'Package 1', description: '', state: 'active', searchText: '1 package 1' },
    });
    const created = await createPackage(organization.context, { ...base(), details });
    await undo(created.operationId);
    expect(await test.database.prisma.package.count({ where: { organizationId: organization.id } })).toBe(1);
  });
});

describe('an undo', () => {
  it('needs what the operation needed, and is refused when it is late, unknown or an undo itself', async () => {
    const operationId = await assign(ana);
    const other = await organization.addAdministrator('OTHER', 'sync_packages', 'view');
    await expect(undo(operationId, other)).rejects.toMatchObject({ code: 'not_allowed' });
    const forged = { actor: other, key: randomUUID(), operationId, planHash: 'x', limitMs: 24 * HOUR };
    await expect(undoOperation(organization.context, forged)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(undo(operationId, organization.admin, 25 * HOUR)).rejects.toMatchObject({ code: 'undo_expired' });
    await expect(undo(999_999)).rejects.toMatchObject({ code: 'operation_not_found' });
    const undone = await undo(operationId);
    await expect(undo(undone.operationId)).rejects.toMatchObject({ code: 'not_undoable' });
    const foreign = await createOrganization(test.database, 'Elsewhere');
    await expect(undo(operationId, foreign.admin)).rejects.toThrow();
  });

  it('happens once when confirmed twice at the same moment, and seals its record', async () => {
    const operationId = await assign(ana, ben);
    const actor = await findActor(test.database.prisma, organization.id, organization.admin);
    if (!actor) throw new Error('There is no administrator');
    const { planHash } = await previewUndo(organization.context, actor, operationId, 24 * HOUR);
    const second = openDatabase(test.url, { poolSize: 2 });
    try {
      const command = { actor, key: randomUUID(), operationId, planHash, limitMs: 24 * HOUR };
      const both = await Promise.all([
        undoOperation(organization.context, command),
        undoOperation({ ...organization.context, database: second }, command),
      ]);
      expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
      expect(both[0].outcome).toEqual(both[1].outcome);
    } finally {
      await second.close();
    }
    const query = (sql: string, values: readonly unknown[]) =>
      test.database.prisma.$queryRawUnsafe<unknown[]>(sql, ...values);
    expect(await findBrokenAuditRecord(query, organization.id)).toBeNull();
  });
});
