import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { effectiveAccess } from '../../../src/engine/core/effectiveAccess.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { planGrant, type WantedChange } from '../../../src/engine/operations/planGrant.ts';
import type { EngineContext } from '../../../src/engine/operations/runOperation.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { selectPermissionFacts } from '../../../src/persistence/manualGrants.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type PermissionName, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let ana: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  [ana = 0] = await organization.addUsers('ANA');
});

const set = (value: string, ...structures: string[]): WantedChange => ({ kind: 'set', value, structures });
const disable: WantedChange = { kind: 'disable' };
const enable: WantedChange = { kind: 'enable' };

async function commandFor(permission: PermissionName, change: WantedChange, userId = ana) {
  const wanted = { userId, permissionId: organization.permissions[permission], change };
  const { plan } = await planGrant(test.database.prisma, organization.id, wanted);
  return { actor: organization.admin, key: randomUUID(), ...wanted, planHash: plan.hash };
}

async function grant(permission: PermissionName, change: WantedChange) {
  return grantPermission(organization.context, await commandFor(permission, change));
}

async function rowOf(permission: PermissionName, userId = ana) {
  const where = { organizationId: organization.id, userId, permissionId: organization.permissions[permission] };
  return test.database.prisma.appAuth.findFirst({ where });
}

const operations = () =>
  test.database.prisma.operation.findMany({ where: { organizationId: organization.id }, orderBy: { id: 'asc' } });
const messages = () => test.database.prisma.outboxEntry.findMany({ where: { organizationId: organization.id } });
const audit = () =>
  test.database.prisma.auditRecord.findMany({ where: { organizationId: organization.id }, orderBy: { seq: 'asc' } });

/** What the operation did to the one person; arrays may hold nulls, which Prisma does not read. */
async function historyOf(operationId: number) {
  const { rows } = await test.database.pool.query('SELECT * FROM operation_changes WHERE operation_id = $1', [
    operationId,
  ]);
  expect(rows).toHaveLength(1);
  return rows[0] as Record<string, unknown>;
}

/** What applications read of Ana, by permission key. */
async function accessOf(permission: PermissionName) {
  const [application, key] = permission.split('/');
  const { rows } = await test.database.pool.query(
    `SELECT value, parameter, source FROM effective_access
     WHERE organization = $1 AND user_code = 'ANA' AND application = $2 AND permission = $3`,
    [organization.id, application, key],
  );
  const [row] = rows as { value: string; parameter: string[]; source: string }[];
  return row ? { value: row.value, param: row.parameter.join(','), source: row.source } : null;
}

/** What the pure rule says of the facts stored. */
async function expectAccessAgrees(permission: PermissionName) {
  const { prisma } = test.database;
  const { applicationId } = await prisma.permission.findFirstOrThrow({
    where: { organizationId: organization.id, id: organization.permissions[permission] },
  });
  const facts = await selectPermissionFacts(prisma, organization.id, ana, [applicationId]);
  const found = facts.find((each) => each.permission.id === organization.permissions[permission]);
  if (!found) throw new Error(`${permission} has no facts`);
  const access = await accessOf(permission);
  expect(access).toEqual(effectiveAccess(found.access));
  return access;
}

describe('setting a permission by hand', () => {
  it('writes a manual row with a canonical parameter, its operation, and what was there before', async () => {
    const { operationId, outcome } = await grant('registry/records', set('edit', 'REG', 'REG'));
    expect(outcome).toEqual({ accessChanges: true });
    expect(await rowOf('registry/records')).toMatchObject({
      ...{ active: true, reason: null, value: 'edit', param: 'REG', packageNumber: null },
      ...{ operationId, replacedOperationId: null },
    });
    expect(await historyOf(operationId)).toEqual({
      ...{ user_id: ana, user_code: 'ANA', user_name: 'Person ANA', membership: 'granted' },
      ...{ membership_was: null, membership_operation_id: null, cells: null, grants: null, codes: [], written: [true] },
      ...{ permission_ids: [organization.permissions['registry/records']], held_values: [null], held_params: [null] },
      ...{ held_reasons: [null], held_packages: [null], held_operations: [null], held_replaced: [null] },
      ...{ organization_id: organization.id, operation_id: operationId },
    });
    expect(await expectAccessAgrees('registry/records')).toEqual({ value: 'edit', param: 'REG', source: 'manual' });
  });

  it('keeps a package’s row in the history, and forgets what the package had replaced', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: organization.id },
      data: { operationId: 7, replacedOperationId: 5 },
    });
    const { operationId } = await grant('registry/records', set('view', '*'));
    expect(await rowOf('registry/records')).toMatchObject({
      ...{ value: 'view', param: '*', packageNumber: null, operationId, replacedOperationId: null },
    });
    expect(await historyOf(operationId)).toMatchObject({
      ...{ held_values: ['edit'], held_params: ['REG'], held_reasons: [null], held_packages: [1] },
      ...{ held_operations: [7], held_replaced: [5] },
    });
    await expectAccessAgrees('registry/records');
  });

  it('tells the person only where what they can do changes', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    expect((await grant('registry/records', set('edit', 'REG'))).outcome).toEqual({ accessChanges: false });
    expect(await messages()).toEqual([]);
    const { operationId } = await grant('registry/records', set('admin', 'REG'));
    expect(await messages()).toMatchObject([{ kind: 'access_changed', operationId, payload: { audience: 'changed' } }]);
  });

  it('has names in its snapshot, and before and after in an audit trail that holds', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    await grant('registry/records', set('admin', '*'));
    await grant('registry/records', disable);
    expect(await operations()).toMatchObject([
      {
        ...{ kind: 'grant_permission', packageNumber: null },
        snapshot: {
          ...{ change: 'set', user: { code: 'ANA', name: 'Person ANA' } },
          permission: { application: 'Student Registry', name: 'Student records', main: false },
          row: { active: true, value: 'admin', param: '*' },
        },
      },
      { snapshot: { change: 'disable', row: { active: false } } },
    ]);
    const subject = { user: 'ANA', permission: 'Student Registry · Student records' };
    expect(await audit()).toMatchObject([
      {
        ...{ action: 'grant_permission', subject: { ...subject, change: 'set' } },
        before: { active: true, value: 'edit', param: 'REG', source: 'package:1', reason: null },
        after: { active: true, value: 'admin', param: '*', source: 'manual', reason: null },
      },
      {
        ...{ action: 'grant_permission', subject: { ...subject, change: 'disable' } },
        before: { active: true, value: 'admin', param: '*', source: 'manual', reason: null },
        after: { active: false, value: 'admin', param: '*', source: 'manual', reason: 'manual' },
      },
    ]);
    const query = async (sql: string, parameters: readonly unknown[]) =>
      (await test.database.pool.query(sql, [...parameters])).rows as unknown[];
    expect(await findBrokenAuditRecord(query, organization.id)).toBeNull();
  });
});

describe('disabling and enabling by hand', () => {
  it('keeps value and parameter, and gives them back as manual', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    const { operationId } = await grant('registry/records', disable);
    const kept = { value: 'edit', param: 'REG', packageNumber: null };
    expect(await rowOf('registry/records')).toMatchObject({ ...kept, active: false, reason: 'manual', operationId });
    expect(await historyOf(operationId)).toMatchObject({ membership: 'disabled', held_reasons: [null] });
    expect(await expectAccessAgrees('registry/records')).toBeNull();
    const { operationId: enabled } = await grant('registry/records', enable);
    expect(await historyOf(enabled)).toMatchObject({ membership: 'granted', held_reasons: ['manual'] });
    expect(await rowOf('registry/records')).toMatchObject({ ...kept, active: true, reason: null });
    expect(await expectAccessAgrees('registry/records')).toEqual({ value: 'edit', param: 'REG', source: 'manual' });
  });

  it('denies what a profile and a rule would give, where there is no row', async () => {
    await organization.addProfile('Reader', 'registry/records', 'view', ana);
    await organization.addRule('Rota', 'registry/records', 'admin', ana);
    expect(await expectAccessAgrees('registry/records')).toMatchObject({ source: 'profile:Reader' });
    await grant('registry/records', disable);
    expect(await rowOf('registry/records')).toMatchObject({
      ...{ active: false, reason: 'manual', value: 'view', param: '', packageNumber: null },
    });
    expect(await expectAccessAgrees('registry/records')).toBeNull();
  });

  it.each(['unassignment', 'removal'] as const)('enables a row that is inactive by %s', async (reason) => {
    await organization.addRow(ana, 'registry/records', { value: 'view', param: '*', packageNumber: 1, reason });
    await grant('registry/records', enable);
    expect(await expectAccessAgrees('registry/records')).toEqual({ value: 'view', param: '*', source: 'manual' });
  });

  it('brings back no value that the catalogue no longer has', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'ancient', reason: 'manual' });
    await expect(commandFor('registry/records', enable)).rejects.toMatchObject({
      ...{ code: 'invalid_value', details: { value: 'ancient', levels: ['view', 'edit', 'admin'] } },
    });
  });
});

describe('what is refused leaves everything as it was', () => {
  async function expectRefused(attempt: () => Promise<unknown>, code: string) {
    const rows = await test.database.prisma.appAuth.findMany({ where: { organizationId: organization.id } });
    await expect(attempt()).rejects.toMatchObject({ code });
    expect(await test.database.prisma.appAuth.findMany({ where: { organizationId: organization.id } })).toEqual(rows);
    expect([await operations(), await audit(), await messages()]).toEqual([[], [], []]);
  }
  /** Confirms without having looked. */
  const forged = (change: WantedChange, more: object = {}) =>
    grantPermission(organization.context, {
      ...{ actor: organization.admin, key: randomUUID(), userId: ana, change, planHash: 'x' },
      permissionId: organization.permissions['registry/records'],
      ...more,
    });

  it.each<[string, string, WantedChange]>([
    ['a value that is no level', 'invalid_value', set('owner', 'REG')],
    ['a structure of nobody', 'invalid_parameter', set('edit', 'REG', 'NOPE')],
    ['an enable of nothing', 'nothing_to_enable', enable],
    ['a plan that nobody saw', 'plan_changed', disable],
  ])('%s: %s', (_name, code, change) => expectRefused(() => forged(change), code));

  it('structures where none are taken', () =>
    expectRefused(
      () => forged(set('granted', 'REG'), { permissionId: organization.permissions['registry/open'] }),
      'parameter_not_taken',
    ));

  it('a founder', async () => {
    const userId = await organization.addFounder('BOSS');
    await expectRefused(() => forged(set('edit', 'REG'), { userId }), 'founder_untouchable');
    await expectRefused(() => forged(disable, { userId }), 'founder_untouchable');
  });

  it('a person and a permission of another organization', async () => {
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    const [eve = 0] = await elsewhere.addUsers('EVE');
    await expectRefused(() => forged(disable, { userId: eve }), 'user_not_found');
    const permissionId = elsewhere.permissions['registry/records'];
    await expectRefused(() => forged(disable, { permissionId }), 'permission_not_found');
    expect(await test.database.prisma.appAuth.count({ where: { organizationId: elsewhere.id } })).toBe(0);
  });

  it('whoever may do everything but this', async () => {
    const actor = await organization.addAdministrator(
      ...(['CLERK', 'define_packages', 'assign_packages', 'sync_packages', 'manage_catalog', 'view'] as const),
    );
    await expectRefused(() => forged(disable, { actor }), 'not_allowed');
  });

  it('a plan that the world has left behind', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG' });
    const command = await commandFor('registry/records', set('edit', 'REG'));
    await organization.addMember(1, ana);
    await expectRefused(() => grantPermission(organization.context, command), 'plan_changed');
  });

  it('what is so already', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG' });
    await expectRefused(() => forged(set('edit', 'REG')), 'nothing_changed');
  });
});

describe('two confirmations at the same moment', () => {
  let second: EngineContext;
  beforeAll(() => {
    second = { database: openDatabase(test.url, { poolSize: 2 }), now: () => new Date('2026-05-03T10:00:00Z') };
  });
  afterAll(() => second.database.close());

  it('with one key are one operation', async () => {
    const command = await commandFor('registry/records', set('edit', 'REG'));
    const both = await Promise.all([
      grantPermission(organization.context, command),
      grantPermission(second, command),
      grantPermission(second, command),
    ]);
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
    expect(new Set(both.map(({ operationId }) => operationId)).size).toBe(1);
    expect([(await operations()).length, (await audit()).length, (await messages()).length]).toEqual([1, 1, 1]);
  });

  it('of different values let one win, and tell the other that the world moved', async () => {
    const commands = [
      await commandFor('registry/records', set('edit', 'REG')),
      await commandFor('registry/records', set('admin', '*')),
    ] as const;
    const done = await Promise.allSettled([
      grantPermission(organization.context, commands[0]),
      grantPermission(second, commands[1]),
    ]);
    const refused = done.flatMap((each) => (each.status === 'rejected' ? [each.reason as { code: string }] : []));
    expect(refused).toMatchObject([{ code: 'plan_changed' }]);
    expect(await operations()).toHaveLength(1);
  });
});
