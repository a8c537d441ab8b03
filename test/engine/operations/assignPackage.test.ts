import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { countPreflight, selectConflicts } from '../../../src/persistence/assignCells.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { readAssignmentChanges } from '../../../src/persistence/operationChanges.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
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
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  await organization.addPackage(2, { 'registry/records': ['admin', '*'] });
});

const keepOriginal = { keepPackage: false, exceptions: [] };
const keepPackage = { keepPackage: true, exceptions: [] };

async function assign(userIds: number[], choices = keepOriginal, number = 1, key: string = randomUUID()) {
  const target = { organizationId: organization.id, packageNumber: number, userIds };
  const { hash } = await countPreflight(test.database.prisma, target);
  const command = { actor: organization.admin, key, number, userIds, choices, planHash: hash };
  return assignPackage(organization.context, command);
}

async function unassign(userIds: number[], number = 1) {
  const target = { organizationId: organization.id, packageNumber: number, userIds };
  const { hash } = await countUnassignment(test.database.prisma, target);
  return unassignPackage(organization.context, {
    actor: organization.admin,
    key: randomUUID(),
    number,
    userIds,
    planHash: hash,
  });
}

async function rowOf(userId: number, permission: PermissionName) {
  const row = await test.database.prisma.appAuth.findFirst({
    where: { organizationId: organization.id, userId, permissionId: organization.permissions[permission] },
  });
  return (
    row && { value: row.value, param: row.param, source: row.packageNumber, active: row.active, reason: row.reason }
  );
}

async function membership(userId: number, packageNumber = 1) {
  const found = await test.database.prisma.assignment.findMany({
    where: { organizationId: organization.id, userId, packageNumber },
  });
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.state ?? null;
}

describe('assigning a package', () => {
  it('writes every permission of somebody who has none', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    const { outcome } = await assign([ana]);
    expect(outcome).toMatchObject({ assigned: 1, reassigned: 0, written: 2, keptOriginal: 0 });
    expect(await rowOf(ana, 'registry/records')).toEqual({
      value: 'edit',
      param: 'REG',
      source: 1,
      active: true,
      reason: null,
    });
    expect(await membership(ana)).toBe('active');
  });

  it.each([
    ['a manual row with the same value', { value: 'edit', param: 'REG' }],
    ['a manual row with another value', { value: 'view', param: 'REG' }],
    ['a row of another package', { value: 'admin', param: '*', packageNumber: 2 }],
    ['a permission disabled by hand', { value: 'view', reason: 'manual' as const }],
  ])('keeps %s unless told to keep the package', async (_name, row) => {
    const [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
    for (const user of [ana, ben]) await organization.addRow(user, 'registry/records', row);
    const before = await rowOf(ana, 'registry/records');
    expect((await assign([ana])).outcome).toMatchObject({ written: 1, keptOriginal: 1, keptPackage: 0 });
    expect(await rowOf(ana, 'registry/records')).toEqual(before);
    expect((await assign([ben], keepPackage)).outcome).toMatchObject({ written: 1, keptOriginal: 0, keptPackage: 1 });
    expect(await rowOf(ben, 'registry/records')).toMatchObject({
      value: 'edit',
      param: 'REG',
      source: 1,
      active: true,
    });
  });

  it('treats a profile and a rule as conflicts, the profile being stronger', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addProfile('Reader', 'registry/records', 'view', ana);
    await organization.addRule('Rota', 'registry/records', 'admin', ana);
    await organization.addRule('Rota opens', 'registry/open', 'granted', ana);
    const target = { organizationId: organization.id, packageNumber: 1, userIds: [ana] };
    const conflicts = await selectConflicts(test.database.prisma, target, { offset: 0, limit: 10 });
    expect(conflicts.map(({ kind, profileName, ruleName }) => ({ kind, profileName, ruleName }))).toEqual([
      { kind: 'rule', profileName: null, ruleName: 'Rota opens' },
      { kind: 'profile', profileName: 'Reader', ruleName: 'Rota' },
    ]);
  });

  it('follows one choice for all and the exceptions to it', async () => {
    const [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
    for (const user of [ana, ben]) await organization.addRow(user, 'registry/records', { value: 'view' });
    const permissionId = organization.permissions['registry/records'];
    const { outcome } = await assign([ana, ben], {
      keepPackage: true,
      exceptions: [{ userId: ben, permissionId }],
    } as typeof keepPackage);
    expect(outcome).toMatchObject({ keptPackage: 1, keptOriginal: 1 });
    expect(await rowOf(ben, 'registry/records')).toMatchObject({ value: 'view', source: null });
  });

  it('remembers a Keep Original as an accepted deviation', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addRow(ana, 'registry/records', { value: 'view' });
    await assign([ana]);
    const accepted = await test.database.prisma.acceptedDeviation.findMany({
      where: { organizationId: organization.id },
    });
    expect(accepted).toMatchObject([{ userId: ana, packageNumber: 1, value: 'edit', param: 'REG' }]);
  });

  it('leaves an active member as they are, and writes nothing for a founder but the membership', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    const founder = await organization.addFounder('BOSS');
    await organization.addMember(1, ana);
    const { outcome } = await assign([ana, founder]);
    expect(outcome).toMatchObject({ already: 1, assigned: 1, founders: 1, written: 0 });
    expect(await rowOf(ana, 'registry/open')).toBeNull();
    expect(await rowOf(founder, 'registry/open')).toBeNull();
    expect(await membership(founder)).toBe('active');
  });

  it('brings a former member back in the same assignment row, with the current values', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await assign([ana]);
    await unassign([ana]);
    expect(await rowOf(ana, 'registry/records')).toMatchObject({ active: false, reason: 'unassignment' });
    await test.database.prisma.packagePermission.updateMany({
      where: {
        organizationId: organization.id,
        packageNumber: 1,
        permissionId: organization.permissions['registry/records'],
      },
      data: { value: 'view' },
    });
    expect((await assign([ana])).outcome).toMatchObject({ reassigned: 1, assigned: 0, written: 2 });
    expect(await rowOf(ana, 'registry/records')).toMatchObject({
      value: 'view',
      active: true,
      reason: null,
      source: 1,
    });
    expect(await membership(ana)).toBe('active');
  });

  it('refuses a plan that the world has left behind, and does nothing', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    const target = { organizationId: organization.id, packageNumber: 1, userIds: [ana] };
    const { hash } = await countPreflight(test.database.prisma, target);
    await organization.addRow(ana, 'registry/records', { value: 'view' });
    const command = {
      actor: organization.admin,
      key: randomUUID(),
      number: 1,
      userIds: [ana],
      choices: keepOriginal,
      planHash: hash,
    };
    await expect(assignPackage(organization.context, command)).rejects.toMatchObject({ code: 'plan_changed' });
    expect(await membership(ana)).toBeNull();
    expect(await rowOf(ana, 'registry/open')).toBeNull();
  });

  it('refuses who may not assign, and people of another organization do not exist here', async () => {
    const stranger = await organization.addAdministrator('VIEWER', 'view');
    const [ana = 0] = await organization.addUsers('ANA');
    const command = {
      actor: stranger,
      key: randomUUID(),
      number: 1,
      userIds: [ana],
      choices: keepOriginal,
      planHash: '',
    };
    await expect(assignPackage(organization.context, command)).rejects.toMatchObject({
      code: 'not_allowed',
      details: { needs: 'assign_packages' },
    });
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    const [eve = 0] = await elsewhere.addUsers('EVE');
    expect((await assign([eve])).outcome).toMatchObject({ assigned: 0, written: 0 });
    expect(await test.database.prisma.appAuth.count({ where: { userId: eve } })).toBe(0);
  });

  it('refuses a disabled package', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await test.database.prisma.package.updateMany({
      where: { organizationId: organization.id },
      data: { state: 'disabled' },
    });
    await expect(assign([ana])).rejects.toMatchObject({ code: 'package_disabled' });
  });

  it('records previous state, audit and outbox in the same transaction, and the audit chain holds', async () => {
    const [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
    await organization.addRow(ana, 'registry/records', { value: 'view' });
    const { operationId } = await assign([ana, ben], keepPackage);
    const changes = [];
    for await (const change of readAssignmentChanges(test.database.prisma, organization.id, operationId))
      changes.push(change);
    expect(changes).toMatchObject([
      { userCode: 'ANA', cells: [{ decision: 'keep_package', row: { active: true, value: 'view', param: '' } }] },
      { userCode: 'BEN', cells: [] },
    ]);
    const outbox = await test.database.prisma.outboxEntry.findMany({ where: { organizationId: organization.id } });
    expect(outbox.map(({ kind }) => kind).sort()).toEqual(['access_changed', 'assignment_report']);
    const query = (sql: string, values: readonly unknown[]) =>
      test.database.prisma.$queryRawUnsafe<unknown[]>(sql, ...values);
    await unassign([ben]);
    expect(await findBrokenAuditRecord(query, organization.id)).toBeNull();
    await test.database.prisma.$executeRaw`ALTER TABLE audit_records DISABLE TRIGGER ALL`;
    await test.database.prisma.$executeRaw`
      UPDATE audit_records SET actor = '{"code":"X","name":"X"}' WHERE organization_id = ${organization.id}::int AND seq = 1`;
    await test.database.prisma.$executeRaw`ALTER TABLE audit_records ENABLE TRIGGER ALL`;
    expect(await findBrokenAuditRecord(query, organization.id)).toBe(1);
    await expect(test.database.prisma.$executeRaw`DELETE FROM audit_records`).rejects.toThrow(/append-only/);
  });

  it('happens once when two people confirm the same thing at the same moment, over real connections', async () => {
    const userIds = await organization.addUsers('ANA', 'BEN', 'CAT');
    const target = { organizationId: organization.id, packageNumber: 1, userIds };
    const { hash } = await countPreflight(test.database.prisma, target);
    const second = openDatabase(test.url, { poolSize: 2 });
    try {
      const key = randomUUID();
      const command = { actor: organization.admin, number: 1, userIds, choices: keepOriginal, planHash: hash };
      const otherContext = { ...organization.context, database: second };
      const sameKey = await Promise.all([
        assignPackage(organization.context, { ...command, key }),
        assignPackage(otherContext, { ...command, key }),
      ]);
      expect(sameKey.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
      expect(sameKey[0]?.outcome).toEqual(sameKey[1]?.outcome);
      expect(await test.database.prisma.auditRecord.count({ where: { organizationId: organization.id } })).toBe(1);
    } finally {
      await second.close();
    }
  });

  it('lets only the first of two different confirmations of one plan through', async () => {
    const userIds = await organization.addUsers('ANA', 'BEN');
    const target = { organizationId: organization.id, packageNumber: 1, userIds };
    const { hash } = await countPreflight(test.database.prisma, target);
    const second = openDatabase(test.url, { poolSize: 2 });
    try {
      const command = { actor: organization.admin, number: 1, userIds, choices: keepOriginal, planHash: hash };
      const results = await Promise.allSettled([
        assignPackage(organization.context, { ...command, key: randomUUID() }),
        assignPackage({ ...organization.context, database: second }, { ...command, key: randomUUID() }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const rejected = results.find((result) => result.status === 'rejected');
      expect(rejected).toMatchObject({ reason: { code: 'plan_changed' } });
    } finally {
      await second.close();
    }
  });
});

describe('removing a package assignment', () => {
  it('takes what the package owns, kept legacy rows too, and leaves rows since edited by hand', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await assign([ana]);
    await organization.addRow(ana, 'registry/grades', { value: 'view', packageNumber: 1 });
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: organization.id, userId: ana, permissionId: organization.permissions['registry/open'] },
      data: { packageNumber: null },
    });
    expect((await unassign([ana])).outcome).toEqual({ people: 1, taken: 2, restored: 0, handedOver: 0 });
    expect(await membership(ana)).toBe('former');
    expect(await rowOf(ana, 'registry/open')).toMatchObject({ active: true, source: null });
    expect(await rowOf(ana, 'registry/records')).toMatchObject({ active: false, reason: 'unassignment', source: 1 });
    expect(await rowOf(ana, 'registry/grades')).toMatchObject({ active: false, reason: 'unassignment' });
  });
});
