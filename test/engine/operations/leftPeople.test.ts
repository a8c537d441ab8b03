import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CellChoices, SYNC_CONTROLS } from '../../../src/engine/core/cellChoices.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { markLeft } from '../../../src/engine/operations/personLeft.ts';
import { planGrant } from '../../../src/engine/operations/planGrant.ts';
import { removePermission } from '../../../src/engine/operations/removePermission.ts';
import { syncPackage } from '../../../src/engine/operations/syncPackage.ts';
import { type AfterUnassignment, unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { previewUndo } from '../../../src/engine/readModels/undo.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { countRemoval } from '../../../src/persistence/removeCells.ts';
import { planSync } from '../../../src/persistence/syncCells.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { countUnassignmentOptions } from '../../../src/persistence/unassignOptions.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

const limitMs = 24 * 3_600_000;
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
  await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
  [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
});

const records = () => organization.permissions['registry/records'];
const target = (...userIds: number[]) => ({ organizationId: organization.id, packageNumber: 1, userIds });
const confirmed = () => ({ actor: organization.admin, key: randomUUID() });
const everyone = { permissionId: null, userId: null };
const eligible: CellChoices = { kinds: SYNC_CONTROLS.eligible, text: '', exceptions: [] };

const leave = (...userIds: number[]) =>
  markLeft(organization.context, { ...confirmed(), userIds, because: 'administrator' });

/** What each of the two has of Student records: value and source, or why it is inactive. */
async function held(): Promise<{ ana: string | null; ben: string | null }> {
  const where = { organizationId: organization.id, permissionId: records() };
  const rows = await test.database.prisma.appAuth.findMany({ where });
  const of = (userId: number) => {
    const row = rows.find((each) => each.userId === userId);
    return row ? (row.reason ?? `${row.value} ${row.packageNumber ?? 'manual'}`) : null;
  };
  return { ana: of(ana), ben: of(ben) };
}

async function states() {
  const found = await test.database.prisma.assignment.findMany({
    where: { organizationId: organization.id, packageNumber: 1 },
  });
  const of = (userId: number) => found.find((each) => each.userId === userId)?.state ?? null;
  return { ana: of(ana), ben: of(ben) };
}

async function assign(...userIds: number[]) {
  const { hash } = await countPreflight(test.database.prisma, target(...userIds));
  const choices = { keepPackage: true, exceptions: [] };
  const command = { ...confirmed(), number: 1, userIds, choices, planHash: hash };
  return (await assignPackage(organization.context, command)).operationId;
}

async function unassign(...userIds: number[]) {
  return (await unassignWith(undefined, ...userIds)).operationId;
}

async function unassignWith(options: Omit<AfterUnassignment, 'hash'> | undefined, ...userIds: number[]) {
  const { hash } = await countUnassignment(test.database.prisma, target(...userIds));
  const shown = (await countUnassignmentOptions(test.database.prisma, target(...userIds))).hash;
  const after = options && { ...options, hash: shown };
  return unassignPackage(organization.context, { ...confirmed(), number: 1, userIds, planHash: hash, options: after });
}

async function planOf(choices = eligible, userId: number | null = null) {
  const scope = { organizationId: organization.id, packageNumber: 1, ...everyone, userId };
  return planSync(test.database.prisma, scope, choices);
}

async function sync(planHash: string, choices = eligible, userId: number | null = null) {
  return syncPackage(organization.context, { ...confirmed(), ...everyone, userId, number: 1, choices, planHash });
}

async function preview(operationId: number) {
  const actor = await findActor(test.database.prisma, organization.id, organization.admin);
  if (!actor) throw new Error('There is no such actor');
  return previewUndo(organization.context, actor, operationId, limitMs);
}

async function undo(operationId: number, planHash?: string) {
  const hash = planHash ?? (await preview(operationId)).planHash;
  return undoOperation(organization.context, { ...confirmed(), operationId, planHash: hash, limitMs });
}

describe('a sync', () => {
  beforeEach(async () => {
    for (const userId of [ana, ben]) await organization.addMember(1, userId);
  });

  it('passes over who left, even where they are named, and remembers no decision about them', async () => {
    await leave(ana);
    const exceptions = [ana, ben].map((userId) => ({ userId, permissionId: records(), chosen: true }));
    const choices = { ...eligible, exceptions };
    const { hash, ...plan } = await planOf(choices);
    expect(plan).toMatchObject({ people: 1, written: 1, skipped: 0 });
    const { operationId } = await sync(hash, choices);
    expect(await held()).toEqual({ ana: null, ben: 'edit 1' });
    const { rows } = await test.database.pool.query('SELECT user_id FROM operation_changes WHERE operation_id = $1', [
      operationId,
    ]);
    expect(rows).toEqual([{ user_id: ben }]);
    expect(await test.database.prisma.acceptedDeviation.count({ where: { organizationId: organization.id } })).toBe(0);
  });

  it('is confirmed anew where somebody left since it was shown', async () => {
    const { hash } = await planOf();
    await leave(ana);
    await expect(sync(hash)).rejects.toMatchObject({ code: 'plan_changed' });
    expect(await held()).toEqual({ ana: null, ben: null });
  });

  it('of one person who left is refused by name', async () => {
    await leave(ana);
    const { hash } = await planOf(eligible, ana);
    await expect(sync(hash, eligible, ana)).rejects.toMatchObject({
      code: 'person_left',
      details: { user: 'Person ANA' },
    });
  });
});

describe('an undo', () => {
  it('of a removed assignment gives back what it took, but nothing to who left since', async () => {
    await assign(ana, ben);
    const removed = await unassign(ana, ben);
    await leave(ana);
    const { counts, left } = await preview(removed);
    expect(counts).toMatchObject({ rows: 1, memberships: 1, changed: 0, left: 1 });
    expect(left).toEqual([{ userCode: 'ANA', userName: 'Person ANA', leftAt: TEST_NOW }]);
    expect((await undo(removed)).outcome).toEqual({ rows: 1, memberships: 1, changed: 0, left: 1 });
    expect(await held()).toEqual({ ana: 'unassignment', ben: 'edit 1' });
    expect(await states()).toEqual({ ana: 'former', ben: 'active' });
  });

  it('of an assignment takes access from who left as from anybody', async () => {
    const assigned = await assign(ana, ben);
    await leave(ana);
    expect((await undo(assigned)).outcome).toEqual({ rows: 2, memberships: 2, changed: 0, left: 0 });
    expect(await held()).toEqual({ ana: 'unassignment', ben: 'unassignment' });
    expect(await states()).toEqual({ ana: 'former', ben: 'former' });
  });

  it('brings back no access that something replaced, to who left', async () => {
    for (const userId of [ana, ben]) await organization.addRow(userId, 'registry/records', { value: 'admin' });
    const assigned = await assign(ana, ben);
    await leave(ana);
    expect((await undo(assigned)).outcome).toEqual({ rows: 1, memberships: 1, changed: 0, left: 1 });
    expect(await held()).toEqual({ ana: 'edit 1', ben: 'admin manual' });
    // What the package still gives, its membership still explains
    expect(await states()).toEqual({ ana: 'active', ben: 'former' });
  });

  it('of a removed permission puts it back, for the members who are here', async () => {
    await assign(ana, ben);
    const choices = { kinds: ['active'] as const, text: '', exceptions: [] };
    const about = { organizationId: organization.id, packageNumber: 1, permissionId: records() };
    const { hash } = await countRemoval(test.database.prisma, about, choices);
    const command = { ...confirmed(), number: 1, permissionId: records(), choices, planHash: hash };
    const { operationId } = await removePermission(organization.context, command);
    await leave(ana, ben);
    await undo(operationId);
    expect(await held()).toEqual({ ana: 'removal', ben: 'removal' });
    const where = { organizationId: organization.id, packageNumber: 1, live: true };
    expect(await test.database.prisma.packagePermission.count({ where })).toBe(1);
  });

  it('is refused where it would only give something back to who left', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'view' });
    const wanted = { userId: ana, permissionId: records(), change: { kind: 'disable' as const } };
    const { plan } = await planGrant(test.database.prisma, organization.id, wanted);
    const command = { ...confirmed(), ...wanted, planHash: plan.hash };
    const { operationId } = await grantPermission(organization.context, command);
    await leave(ana);
    await expect(undo(operationId)).rejects.toMatchObject({ code: 'person_left', details: { user: 'Person ANA' } });
    expect((await held()).ana).toBe('manual');
  });

  it('is confirmed anew where somebody left since it was shown', async () => {
    await assign(ana, ben);
    const removed = await unassign(ana, ben);
    const { planHash } = await preview(removed);
    await leave(ana);
    await expect(undo(removed, planHash)).rejects.toMatchObject({ code: 'plan_changed' });
    expect(await held()).toEqual({ ana: 'unassignment', ben: 'unassignment' });
  });
});

describe('what becomes of the rows that an ended assignment takes away', () => {
  const options = { restore: true, handOver: true };

  it('is nothing for who left: no other package takes them over', async () => {
    await organization.addPackage(2, { 'registry/records': ['view', 'REG'] });
    await assign(ana, ben);
    for (const userId of [ana, ben]) await organization.addMember(2, userId);
    await leave(ana);
    expect(await countUnassignmentOptions(test.database.prisma, target(ana, ben))).toMatchObject({
      ...{ claimed: 1, restorable: 0, left: 1 },
    });
    const { outcome } = await unassignWith(options, ana, ben);
    expect(outcome).toEqual({ people: 2, taken: 2, restored: 0, handedOver: 1 });
    expect(await held()).toEqual({ ana: 'unassignment', ben: 'view 2' });
  });

  it('is no earlier access for who left', async () => {
    for (const userId of [ana, ben]) await organization.addRow(userId, 'registry/records', { value: 'admin' });
    await assign(ana, ben);
    await leave(ana);
    expect(await countUnassignmentOptions(test.database.prisma, target(ana, ben))).toMatchObject({
      ...{ claimed: 0, restorable: 1, left: 1 },
    });
    expect((await unassignWith(options, ana, ben)).outcome).toMatchObject({ taken: 2, restored: 1 });
    expect(await held()).toEqual({ ana: 'unassignment', ben: 'admin manual' });
  });

  it('is an earlier ban, for who left too', async () => {
    await organization.addRow(ana, 'registry/records', { value: 'admin', reason: 'manual' });
    await assign(ana);
    await leave(ana);
    expect((await unassignWith(options, ana)).outcome).toMatchObject({ taken: 1, restored: 1 });
    expect((await held()).ana).toBe('manual');
  });

  it('is confirmed anew where somebody left since it was shown', async () => {
    await organization.addPackage(2, { 'registry/records': ['view', 'REG'] });
    await assign(ana);
    await organization.addMember(2, ana);
    const { hash } = await countUnassignment(test.database.prisma, target(ana));
    const shown = await countUnassignmentOptions(test.database.prisma, target(ana));
    await leave(ana);
    const command = { ...confirmed(), number: 1, userIds: [ana], planHash: hash };
    await expect(
      unassignPackage(organization.context, { ...command, options: { ...options, hash: shown.hash } }),
    ).rejects.toMatchObject({ code: 'plan_changed' });
  });
});
