import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { editOrganization } from '../../../src/engine/operations/editOrganization.ts';
import { endAssignments } from '../../../src/engine/operations/endAssignments.ts';
import { setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { removePermission } from '../../../src/engine/operations/removePermission.ts';
import { rehearse } from '../../../src/engine/operations/runOperation.ts';
import { syncPackage } from '../../../src/engine/operations/syncPackage.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { undoHash, undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { countRemoval } from '../../../src/persistence/removeCells.ts';
import { planSync } from '../../../src/persistence/syncCells.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { countUndo } from '../../../src/persistence/undoCells.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

const MEMBERS = 10;
const DAY_MS = 24 * 3_600_000;

let test: TestDatabase;
let organization: TestOrganization;
let userIds: number[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** Ten members of package 1, who have all of it. */
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  userIds = await organization.addUsers(...Array.from({ length: MEMBERS }, (_, index) => `P${index}`));
  for (const userId of userIds) {
    await organization.addMember(1, userId);
    await organization.addRow(userId, 'registry/open', { value: 'granted', packageNumber: 1 });
    await organization.addRow(userId, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
  }
});

const ALL = { text: '', exceptions: [] };

interface Confirmation {
  pastBrake?: boolean;
  context?: TestOrganization['context'];
}

function command({ pastBrake }: Confirmation) {
  return { actor: organization.admin, key: randomUUID(), number: 1, ...(pastBrake && { pastBrake }) };
}

async function unassign(people: readonly number[], confirmation: Confirmation = {}) {
  const target = { organizationId: organization.id, packageNumber: 1, userIds: people };
  const { hash: planHash } = await countUnassignment(test.database.prisma, target);
  const context = confirmation.context ?? organization.context;
  return unassignPackage(context, { ...command(confirmation), userIds: people, planHash });
}

async function remove(confirmation: Confirmation = {}) {
  const permissionId = organization.permissions['registry/records'];
  const choices = { ...ALL, kinds: ['active' as const] };
  const scope = { organizationId: organization.id, packageNumber: 1, permissionId };
  const { hash: planHash } = await countRemoval(test.database.prisma, scope, choices);
  return removePermission(organization.context, { ...command(confirmation), permissionId, choices, planHash });
}

async function sync(confirmation: Confirmation = {}) {
  const choices = { ...ALL, kinds: ['divergent' as const] };
  const scope = { permissionId: null, userId: null };
  const target = { ...scope, organizationId: organization.id, packageNumber: 1 };
  const { hash: planHash } = await planSync(test.database.prisma, target, choices);
  return syncPackage(organization.context, { ...command(confirmation), ...scope, choices, planHash });
}

const setState = (state: 'active' | 'disabled', confirmation: Confirmation = {}) =>
  setPackageState(organization.context, { ...command(confirmation), state });

async function undo(operationId: number, confirmation: Confirmation = {}) {
  const { hash } = await countUndo(test.database.prisma, {
    ...{ organizationId: organization.id, operationId, packageNumber: 1, impliedPermissionIds: [] },
    reason: 'removal',
  });
  const planHash = undoHash(operationId, hash);
  return undoOperation(organization.context, { ...command(confirmation), operationId, limitMs: DAY_MS, planHash });
}

/** Gives all members another value and parameter of the records, as if somebody had written it past the bot. */
const drift = (value: string, param: string, active = true) =>
  test.database.prisma.appAuth.updateMany({
    where: { organizationId: organization.id, permissionId: organization.permissions['registry/records'] },
    data: { value, param, active, ...(active ? {} : { reason: 'removal' as const }) },
  });

/** Everything that an operation could have changed. */
async function everything() {
  const where = { where: { organizationId: organization.id } };
  const { prisma } = test.database;
  return {
    rows: await prisma.appAuth.findMany({ ...where, orderBy: [{ userId: 'asc' }, { permissionId: 'asc' }] }),
    members: await prisma.assignment.findMany({ ...where, orderBy: { userId: 'asc' } }),
    packages: await prisma.package.findMany(where),
    operations: await prisma.operation.count(where),
    outbox: await prisma.outboxEntry.count(where),
  };
}

/** It is held, with these numbers, and nothing has changed; confirmed a second time, it happens. */
async function expectHeld(people: number, act: (confirmation: Confirmation) => Promise<unknown>): Promise<void> {
  const before = await everything();
  const held = { code: 'brake', details: { people, members: MEMBERS, share: 20 } };
  await expect(act({})).rejects.toMatchObject(held);
  expect(await everything()).toEqual(before);
  await act({ pastBrake: true });
  const record = await test.database.prisma.auditRecord.findFirst({
    where: { organizationId: organization.id },
    orderBy: { seq: 'desc' },
  });
  expect(record?.subject).toMatchObject({ pastBrake: true });
}

describe('what takes access from more than a fifth of the members is held', () => {
  it('removing assignments', () => expectHeld(5, (confirmation) => unassign(userIds.slice(0, 5), confirmation)));
  it('removing a permission', () => expectHeld(10, remove));
  it('disabling a package', () => expectHeld(10, (confirmation) => setState('disabled', confirmation)));

  it.each([
    ['the level', 'admin', 'REG'],
    ['structures', 'edit', '*'],
    ['some of the structures', 'view', 'FIN,REG'],
  ])('a sync that takes %s', async (_what, value, param) => {
    await drift(value, param);
    await expectHeld(10, sync);
  });

  it('undoing a sync that gave access', async () => {
    await drift('edit', 'REG', false);
    const choices = { ...ALL, kinds: ['not_granted' as const] };
    const scope = { permissionId: null, userId: null };
    const target = { ...scope, organizationId: organization.id, packageNumber: 1 };
    const { hash: planHash } = await planSync(test.database.prisma, target, choices);
    const { operationId } = await syncPackage(organization.context, { ...command({}), ...scope, choices, planHash });
    await expectHeld(10, (confirmation) => undo(operationId, confirmation));
  });

  it('undoing an enabling', async () => {
    await setState('disabled', { pastBrake: true });
    const { operationId } = await setState('active');
    await expectHeld(10, (confirmation) => undo(operationId, confirmation));
  });
});

describe('it is not held', () => {
  it('where fewer than five people lose something, or no more than the share', async () => {
    await unassign(userIds.slice(0, 4));
    await editOrganization(organization.context, {
      ...{ actor: organization.admin, key: randomUUID() },
      details: { name: 'Test City', timeZone: 'Europe/Madrid', locale: 'en', brakeShare: 100 },
    });
    await unassign(userIds.slice(4));
    expect((await everything()).members.every(({ state }) => state === 'former')).toBe(true);
  });

  it('where an undo gives access back', async () => {
    const { operationId } = await unassign(userIds, { pastBrake: true });
    await undo(operationId);
    expect((await everything()).rows.every(({ active }) => active)).toBe(true);
  });

  it('where a disabled package gives nothing, or a sync only raises', async () => {
    await drift('view', '');
    await sync();
    await setState('disabled', { pastBrake: true });
    await unassign(userIds);
    expect((await everything()).members.every(({ state }) => state === 'former')).toBe(true);
  });

  it('where those who leave have nothing through the package', async () => {
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: organization.id },
      data: { packageNumber: null },
    });
    await unassign(userIds);
  });

  it('where it is only looked at, or its end was agreed when it was assigned', async () => {
    const seen = await rehearse(organization.context, (context) => unassign(userIds, { context }));
    expect(seen.outcome.people).toBe(MEMBERS);
    await test.database.prisma.assignment.updateMany({
      where: { organizationId: organization.id },
      data: { endsAt: new Date('2026-05-01T22:00:00Z'), endsBy: organization.admin.userId },
    });
    await endAssignments(organization.context, (error) => expect.fail(String(error)));
    expect((await everything()).members.every(({ state }) => state === 'former')).toBe(true);
  });
});
