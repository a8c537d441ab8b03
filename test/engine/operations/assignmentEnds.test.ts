import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { applyRequest } from '../../../src/engine/operations/applyRequest.ts';
import type { ApprovalContext } from '../../../src/engine/operations/approvers.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { changeEnd } from '../../../src/engine/operations/changeEnd.ts';
import { createRequest } from '../../../src/engine/operations/createRequest.ts';
import { decideRequest } from '../../../src/engine/operations/decideRequest.ts';
import { endAssignments, tellOfEndings } from '../../../src/engine/operations/endAssignments.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { setPolicy } from '../../../src/engine/operations/setPolicy.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { undoHash, undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { countUndo } from '../../../src/persistence/undoCells.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let prisma: TestDatabase['database']['prisma'];
let organization: TestOrganization;
let context: ApprovalContext;
let now: Date;
let clerk: ActorRef;
let ana: number;
let ben: number;

/** The end of 12 May 2026 in Madrid. */
const END = new Date('2026-05-12T22:00:00Z');

beforeAll(async () => {
  test = await createTestDatabase();
  prisma = test.database.prisma;
});
afterAll(() => test.drop());

beforeEach(async () => {
  organization = await createOrganization(test.database, randomUUID());
  now = TEST_NOW;
  context = { ...organization.context, now: () => now, userGroupMembers: async () => [] };
  clerk = await organization.addAdministrator('CLERK', 'assign_packages');
  [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view'] });
});

async function assign(userIds: number[], until?: string | null, actor = clerk) {
  const { hash } = await countPreflight(prisma, { organizationId: organization.id, packageNumber: 1, userIds });
  const command = { number: 1, userIds, choices: { keepPackage: false, exceptions: [] }, planHash: hash, until };
  return assignPackage(context, { ...command, actor, key: randomUUID() });
}

async function unassign(userIds: number[]) {
  const { hash } = await countUnassignment(prisma, { organizationId: organization.id, packageNumber: 1, userIds });
  return unassignPackage(context, { actor: clerk, key: randomUUID(), number: 1, userIds, planHash: hash });
}

async function undo(operationId: number, reason: 'unassignment' | 'removal' = 'unassignment') {
  const target = { organizationId: organization.id, operationId, packageNumber: 1, impliedPermissionIds: [], reason };
  const { hash } = await countUndo(prisma, target);
  const command = { operationId, limitMs: 1_000_000_000, planHash: undoHash(operationId, hash) };
  return undoOperation(context, { ...command, actor: clerk, key: randomUUID() });
}

const membership = (userId: number) =>
  prisma.assignment.findUniqueOrThrow({
    where: { organizationId_packageNumber_userId: { organizationId: organization.id, packageNumber: 1, userId } },
  });

const end = (errors: unknown[] = []) => endAssignments(context, (error) => errors.push(error));
const kindsDone = async () => {
  const done = await prisma.operation.findMany({ where: { organizationId: organization.id }, orderBy: { id: 'asc' } });
  return done.map(({ kind }) => kind);
};
const messages = (kind: string) =>
  prisma.outboxEntry.findMany({ where: { organizationId: organization.id, kind }, orderBy: { id: 'asc' } });
const lastRecord = () =>
  prisma.auditRecord.findFirstOrThrow({ where: { organizationId: organization.id }, orderBy: { seq: 'desc' } });

it('lasts until the end of a day in the organization’s time zone, which the record and the plan say', async () => {
  const forEver = await assign([ana]);
  const forATime = await assign([ben], '2026-05-12');
  expect(await membership(ana)).toMatchObject({ endsAt: null, endsBy: null });
  expect(await membership(ben)).toMatchObject({ endsAt: END, endsBy: clerk.userId, state: 'active' });
  const record = await lastRecord();
  expect(record.after).toMatchObject({ ends: END.toISOString() });
  const operation = await prisma.operation.findFirstOrThrow({ where: { id: forATime.operationId } });
  expect(operation.snapshot).toMatchObject({ until: '2026-05-12' });
  expect(forEver.operationId).not.toBe(forATime.operationId);
  await expect(assign([clerk.userId], '2026-05-02')).rejects.toMatchObject({ code: 'end_in_the_past' });
  await assign([clerk.userId], '2026-05-03');
});

it('leaves active members their end, and gives returning ones the new one', async () => {
  await assign([ana], '2026-05-12');
  await assign([ana, ben], '2026-06-01');
  expect((await membership(ana)).endsAt).toEqual(END);
  await unassign([ana]);
  await assign([ana]);
  expect(await membership(ana)).toMatchObject({ state: 'active', endsAt: null, endsBy: null });
});

it('is undone to the end that was there before', async () => {
  await assign([ana], '2026-05-12');
  const removed = await unassign([ana]);
  const again = await assign([ana], '2026-06-01');
  await undo(again.operationId);
  expect(await membership(ana)).toMatchObject({ state: 'former', endsAt: END, endsBy: clerk.userId });
  await undo(removed.operationId);
  expect(await membership(ana)).toMatchObject({ state: 'active', endsAt: END, endsBy: clerk.userId });
});

it('is changed and removed for one member, and not where it has changed since it was shown', async () => {
  await assign([ana], '2026-05-12');
  const change = (until: string | null, shown: Date | null, userId = ana) =>
    changeEnd(context, {
      ...{ actor: clerk, key: randomUUID(), number: 1, userId, until, shown: shown?.toISOString() ?? null },
    });
  await expect(change('2026-06-01', null)).rejects.toMatchObject({ code: 'plan_changed' });
  await expect(change('2026-05-12', END)).rejects.toMatchObject({ code: 'nothing_changed' });
  await expect(change('2026-05-02', END)).rejects.toMatchObject({ code: 'end_in_the_past' });
  await expect(change('2026-06-01', null, ben)).rejects.toMatchObject({ code: 'assignment_not_found' });
  await change('2026-06-01', END);
  const later = new Date('2026-06-01T22:00:00Z');
  expect((await membership(ana)).endsAt).toEqual(later);
  await change(null, later);
  expect(await membership(ana)).toMatchObject({ state: 'active', endsAt: null, endsBy: null });
  expect(await lastRecord()).toMatchObject({
    action: 'change_end',
    subject: { package: 1, user: 'Person ANA (ANA)' },
    before: { ends: later.toISOString() },
    after: { ends: null },
  });
});

it('falls under the policy of assigning where it is prolonged, and can be asked for, also for oneself', async () => {
  await assign([ana], '2026-05-12');
  const boss = await organization.addAdministrator('BOSS', 'approve');
  const stages = [{ approvers: { userIds: [boss.userId], slackUserGroupId: null, holders: false }, quorum: 1 }];
  await setPolicy(context, {
    ...{ actor: organization.admin, key: randomUUID(), packageNumber: null },
    policy: {
      ...{ operations: ['assign'], stages, livesHours: 24, remindAfterHours: null, channel: null, direct: true },
      tellPeople: false,
    },
  });
  const wanted = (until: string, shown = END) => ({ number: 1, userId: ana, until, shown: shown.toISOString() });
  const command = { actor: clerk, key: randomUUID() };
  await expect(changeEnd(context, { ...command, ...wanted('2026-05-13') })).rejects.toMatchObject({
    ...{ code: 'approval_needed', details: { operation: 'assign' } },
  });
  await changeEnd(context, { ...command, ...wanted('2026-05-11') });
  const shown = new Date('2026-05-11T22:00:00Z');
  const self = { actor: { organizationId: organization.id, userId: ana }, key: randomUUID(), selfService: true };
  const ask = { kind: 'change_end' as const, reason: 'The project goes on' };
  const others = createRequest(context, { ...self, ...ask, wanted: { ...wanted('2026-06-01', shown), userId: ben } });
  await expect(others).rejects.toMatchObject({ code: 'not_allowed' });
  const { outcome } = await createRequest(context, { ...self, ...ask, wanted: wanted('2026-06-01', shown) });
  const { requestId } = outcome;
  await decideRequest(context, {
    ...{ actor: boss, key: randomUUID(), requestId, revision: 1, decision: { kind: 'approve' } },
  });
  const watch = { lastAttempt: true, report: (error: unknown) => String(error) };
  await applyRequest(context, { organizationId: organization.id, requestId }, watch);
  expect((await membership(ana)).endsAt).toEqual(new Date('2026-06-01T22:00:00Z'));
});

it('is told once, some days before, to the member and to whoever set it', async () => {
  await assign([ana, ben], '2026-05-12');
  const tell = async () => {
    await tellOfEndings(context, 7);
    return (await messages('assignment_ending')).map(({ payload }) => payload);
  };
  expect(await tell()).toEqual([]);
  now = new Date('2026-05-06T08:00:00Z');
  await tell();
  const told = await tell();
  expect(told).toHaveLength(3);
  expect(told).toContainEqual(expect.objectContaining({ to: ana, number: 1, people: null }));
  expect(told).toContainEqual(expect.objectContaining({ to: clerk.userId, number: 1, people: 2 }));
  // Another end is another piece of news
  await changeEnd(context, {
    ...{ actor: clerk, key: randomUUID(), number: 1, userId: ana, until: '2026-05-11', shown: END.toISOString() },
  });
  expect(await tell()).toHaveLength(5);
});

it('is told once to a member who set it for themselves, by asking for the package for a time', async () => {
  const boss = await organization.addAdministrator('BOSS', 'approve');
  const self = { organizationId: organization.id, userId: ana };
  const wanted = { number: 1, userIds: [ana], choices: { keepPackage: false, exceptions: [] }, planHash: '' };
  const asked = {
    actor: self,
    key: randomUUID(),
    kind: 'assign_package' as const,
    selfService: true,
    reason: 'A month',
  };
  const { outcome } = await createRequest(context, { ...asked, wanted: { ...wanted, until: '2026-05-12' } });
  const { requestId } = outcome;
  await decideRequest(context, {
    ...{ actor: boss, key: randomUUID(), requestId, revision: 1, decision: { kind: 'approve' } },
  });
  await applyRequest(
    context,
    { organizationId: organization.id, requestId },
    { lastAttempt: true, report: (error: unknown) => String(error) },
  );
  now = new Date('2026-05-06T08:00:00Z');
  await tellOfEndings(context, 7);
  expect((await messages('assignment_ending')).map(({ payload }) => payload)).toMatchObject([
    { to: ana, number: 1, people: null },
  ]);
});

it('ends all who end together in one operation, in the name of whoever set it, and once', async () => {
  await assign([ana, ben], '2026-05-12');
  await end();
  now = new Date(END.getTime() - 1);
  await end();
  expect((await membership(ana)).state).toBe('active');
  now = END;
  await Promise.all([end(), end()]);
  await end();
  expect((await kindsDone()).filter((kind) => kind === 'unassign_package')).toHaveLength(1);
  for (const userId of [ana, ben]) expect((await membership(userId)).state).toBe('former');
  const rows = await prisma.appAuth.findMany({ where: { organizationId: organization.id } });
  expect(rows.map(({ active, reason }) => [active, reason])).toEqual(Array(4).fill([false, 'unassignment']));
  expect(await lastRecord()).toMatchObject({
    actor: { code: 'CLERK' },
    subject: { package: 1, people: 2, ended: END.toISOString() },
    after: { rightLost: false },
  });
  const last = await prisma.operation.findFirstOrThrow({
    where: { organizationId: organization.id, kind: 'unassign_package' },
  });
  const news = await messages('access_changed');
  expect(news.filter(({ operationId }) => operationId === last.id)).toHaveLength(1);
});

it('ends also where the right to assign was lost, whoever set it has left, and a policy governs removals', async () => {
  await assign([ana], '2026-05-12');
  const stages = [{ approvers: { userIds: [], slackUserGroupId: null, holders: true }, quorum: 1 }];
  await setPolicy(context, {
    ...{ actor: organization.admin, key: randomUUID(), packageNumber: null },
    policy: {
      ...{ operations: ['unassign'], stages, livesHours: 24, remindAfterHours: null, channel: null, direct: true },
      tellPeople: false,
    },
  });
  const where = { organizationId: organization.id, userId: clerk.userId };
  await prisma.metaPermission.deleteMany({ where });
  await prisma.user.update({
    where: { organizationId_id: { organizationId: organization.id, id: clerk.userId } },
    data: { leftAt: TEST_NOW, leftBecause: 'administrator' },
  });
  now = END;
  const errors: unknown[] = [];
  await end(errors);
  expect(errors).toEqual([]);
  expect((await membership(ana)).state).toBe('former');
  expect(await lastRecord()).toMatchObject({ actor: { code: 'CLERK' }, after: { rightLost: true } });
});

it('lasts for somebody who is brought back after it was over, instead of ending again', async () => {
  await assign([ana], '2026-05-12');
  now = END;
  await end();
  const { id } = await prisma.operation.findFirstOrThrow({
    where: { organizationId: organization.id, kind: 'unassign_package' },
  });
  await undo(id);
  await end();
  expect(await membership(ana)).toMatchObject({ state: 'active', endsAt: null });
});

it('ends also where its moment was written in the database itself, more finely than we tell it', async () => {
  await assign([ana], '2026-05-12');
  await test.database.pool.query(
    "UPDATE assignments SET ends_at = '2026-05-03T09:00:00.123456Z' WHERE organization_id = $1 AND user_id = $2",
    [organization.id, ana],
  );
  await end();
  expect((await membership(ana)).state).toBe('former');
});
