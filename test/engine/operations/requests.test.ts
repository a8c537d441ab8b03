import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ApprovalPolicy } from '../../../src/engine/core/approvalPolicy.ts';
import { applyRequest } from '../../../src/engine/operations/applyRequest.ts';
import type { ApprovalContext } from '../../../src/engine/operations/approvers.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { createRequest } from '../../../src/engine/operations/createRequest.ts';
import { decideRequest } from '../../../src/engine/operations/decideRequest.ts';
import { cancelRequest, retryRequest, tendRequests } from '../../../src/engine/operations/endRequest.ts';
import { createPackage, setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { removePolicy, setPolicy } from '../../../src/engine/operations/setPolicy.ts';
import { undoHash, undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { countUndo } from '../../../src/persistence/undoCells.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fail } from '../../support/fail.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let context: ApprovalContext;
let now: Date;
let asker: ActorRef;
let approvers: ActorRef[];
let person: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

beforeEach(async () => {
  organization = await createOrganization(test.database, randomUUID());
  now = TEST_NOW;
  context = { ...organization.context, now: () => now, userGroupMembers: async () => [] };
  asker = await organization.addAdministrator('ASKER', 'assign_packages', 'approve');
  approvers = [];
  for (const code of ['FIRST', 'SECOND']) approvers.push(await organization.addAdministrator(code, 'approve'));
  [person = 0] = await organization.addUsers('ONE');
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view'] });
});

const POLICY: ApprovalPolicy = {
  ...{ operations: ['assign'], livesHours: 24, remindAfterHours: 4, channel: null, direct: true, tellPeople: false },
  stages: [{ approvers: { userIds: [], slackUserGroupId: null, holders: true }, quorum: 1 }],
};

const set = (policy: Partial<ApprovalPolicy> = {}, packageNumber: number | null = null) =>
  setPolicy(context, {
    ...{ actor: organization.admin, key: randomUUID(), packageNumber, policy: { ...POLICY, ...policy } },
  });

async function wanted() {
  const target = { organizationId: organization.id, packageNumber: 1, userIds: [person] };
  const { hash } = await countPreflight(test.database.prisma, target);
  return { number: 1, userIds: [person], choices: { keepPackage: false, exceptions: [] }, planHash: hash };
}

async function ask(actor = asker): Promise<number> {
  const command = { actor, key: randomUUID(), kind: 'assign_package' as const, wanted: await wanted() };
  return (await createRequest(context, { ...command, reason: 'Starts on Monday' })).outcome.requestId;
}

const approve = (requestId: number, actor: ActorRef | undefined, revision = 1) =>
  decideRequest(context, {
    ...{ actor: actor as ActorRef, key: randomUUID(), requestId, revision, decision: { kind: 'approve' } },
  });

const requestOf = (id: number) =>
  test.database.prisma.request.findUniqueOrThrow({
    where: { organizationId_id: { organizationId: organization.id, id } },
  });

const isMember = async () =>
  (await test.database.prisma.assignment.count({
    where: { organizationId: organization.id, packageNumber: 1, userId: person, state: 'active' },
  })) > 0;

const apply = (requestId: number) =>
  applyRequest(
    context,
    { organizationId: organization.id, requestId },
    { lastAttempt: true, report: (error) => String(error) },
  );

it('refuses at the moment of the operation what a policy wants approved, and lets it be done for an approved request', async () => {
  await set();
  const direct = assignPackage(context, { ...(await wanted()), actor: asker, key: randomUUID() });
  await expect(direct).rejects.toMatchObject({ code: 'approval_needed', details: { operation: 'assign' } });
  const id = await ask();
  expect((await requestOf(id)).plan).toMatchObject({ access: { gain: 1, people: 1 }, lacksMain: 0 });
  expect(await isMember()).toBe(false);
  await approve(id, approvers[0]);
  await apply(id);
  expect(await isMember()).toBe(true);
  const { state, operationId } = await requestOf(id);
  expect(state).toBe('applied');
  const record = await test.database.prisma.auditRecord.findFirstOrThrow({
    where: { organizationId: organization.id, operationId: operationId ?? 0 },
  });
  expect(record.subject).toMatchObject({ request: id, reason: 'Starts on Monday', approvedBy: [{ code: 'FIRST' }] });
});

it('lets a package have a policy of its own in the place of the organization’s', async () => {
  await set();
  await set({ operations: [] }, 1);
  await assignPackage(context, { ...(await wanted()), actor: asker, key: randomUUID() });
  expect(await isMember()).toBe(true);
  await removePolicy(context, { actor: organization.admin, key: randomUUID(), packageNumber: 1 });
  const again = assignPackage(context, { ...(await wanted()), actor: asker, key: randomUUID() });
  await expect(again).rejects.toMatchObject({ code: 'approval_needed' });
});

it('refuses a policy that nobody can satisfy, and a request that nobody could approve', async () => {
  const stages = [{ approvers: { userIds: [asker.userId], slackUserGroupId: null, holders: false }, quorum: 1 }];
  const two = stages.map((stage) => ({ ...stage, quorum: 2 }));
  await expect(set({ stages: two })).rejects.toMatchObject({ code: 'too_few_approvers', details: { available: 1 } });
  await set({ stages });
  await expect(ask()).rejects.toMatchObject({ code: 'too_few_approvers', details: { available: 0 } });
});

it('is not made for a package that the people have already', async () => {
  await organization.addMember(1, person);
  const wanted = { number: 1, userIds: [person], choices: { keepPackage: false, exceptions: [] }, planHash: '' };
  const actor = { organizationId: organization.id, userId: person };
  const command = { actor, key: randomUUID(), kind: 'assign_package' as const, wanted, reason: 'Again' };
  await expect(createRequest(context, { ...command, selfService: true })).rejects.toMatchObject({
    code: 'nothing_changed',
  });
  const forThem = { ...command, actor: asker, key: randomUUID() };
  await expect(createRequest(context, forThem)).rejects.toMatchObject({ code: 'nothing_changed' });
});

it('lets nobody approve their own request, nor without being an approver, nor twice', async () => {
  await set({ stages: POLICY.stages.map((stage) => ({ ...stage, quorum: 2 })) });
  const id = await ask();
  const other = { organizationId: organization.id, userId: person };
  await expect(approve(id, asker)).rejects.toMatchObject({ code: 'own_request' });
  await expect(approve(id, other)).rejects.toMatchObject({ code: 'not_an_approver' });
  expect((await approve(id, approvers[0])).outcome).toMatchObject({ state: 'pending', approvals: 1 });
  await expect(approve(id, approvers[0])).rejects.toMatchObject({ code: 'already_decided' });
  expect((await approve(id, approvers[1])).outcome.state).toBe('approved');
});

it('makes one outcome of many clicks at once', async () => {
  await set();
  const id = await ask();
  const clicks = Array.from({ length: 12 }, (_, index) => approve(id, approvers[index % 2]));
  const settled = await Promise.allSettled(clicks);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await Promise.all([apply(id), apply(id)].map((each) => each.catch(() => undefined)));
  const where = { organizationId: organization.id, kind: 'assign_package' };
  expect(await test.database.prisma.operation.count({ where })).toBe(1);
});

it('asks anew where the plan has moved, before a decision and before it is applied', async () => {
  await set();
  const id = await ask();
  await organization.addRow(person, 'registry/records', { value: 'edit' });
  await expect(approve(id, approvers[0])).rejects.toMatchObject({ code: 'request_moved' });
  expect(await requestOf(id)).toMatchObject({ state: 'pending', revision: 2 });
  await approve(id, approvers[0], 2);
  await organization.addRow(person, 'registry/grades', { value: 'view' });
  await organization.addRow(person, 'registry/open', { value: 'granted' });
  await apply(id);
  expect(await requestOf(id)).toMatchObject({ state: 'pending', revision: 3 });
  expect(await isMember()).toBe(false);
});

it('ends without applying anything where the people have the package by now', async () => {
  await set();
  const [first, second, approved] = [await ask(), await ask(), await ask()];
  await approve(approved, approvers[0]);
  await approve(first, approvers[0]);
  await apply(first);
  await expect(approve(second, approvers[0])).rejects.toMatchObject({ details: { state: 'stale' } });
  await apply(approved);
  expect(await requestOf(second)).toMatchObject({ state: 'stale', error: { code: 'nothing_changed' } });
  expect(await requestOf(approved)).toMatchObject({ state: 'failed', error: { code: 'nothing_changed' } });
});

it('ends a request that is no longer possible as stale, and one that is refused in the end as failed, to be tried again', async () => {
  await set();
  const [stale, failed] = [await ask(), await ask()];
  await approve(failed, approvers[0]);
  const pack = { organizationId_number: { organizationId: organization.id, number: 1 } };
  await test.database.prisma.package.update({ where: pack, data: { state: 'disabled' } });
  await expect(approve(stale, approvers[0])).rejects.toMatchObject({ details: { state: 'stale' } });
  expect((await requestOf(stale)).state).toBe('stale');
  await apply(failed);
  expect(await requestOf(failed)).toMatchObject({ state: 'failed', error: { code: 'package_disabled' } });
  await test.database.prisma.package.update({ where: pack, data: { state: 'active' } });
  await retryRequest(context, { actor: asker, key: randomUUID(), requestId: failed });
  await apply(failed);
  expect((await requestOf(failed)).state).toBe('applied');
});

it('is rejected with a reason, cancelled by the requester, reminded of once, and expires', async () => {
  await set();
  const [rejected, cancelled, waiting] = [await ask(), await ask(), await ask()];
  const command = { actor: approvers[0] as ActorRef, key: randomUUID(), requestId: rejected, revision: 1 };
  const reject = (reason: string) => decideRequest(context, { ...command, decision: { kind: 'reject', reason } });
  await expect(reject(' ')).rejects.toMatchObject({ code: 'reason_needed' });
  await reject('Not hers to have');
  expect(await requestOf(rejected)).toMatchObject({ state: 'rejected', endReason: 'Not hers to have' });
  const cancel = (actor: ActorRef) => cancelRequest(context, { actor, key: randomUUID(), requestId: cancelled });
  await expect(cancel(approvers[0] as ActorRef)).rejects.toMatchObject({ code: 'not_allowed' });
  await cancel(asker);
  expect((await requestOf(cancelled)).state).toBe('cancelled');
  const reminders = () =>
    test.database.prisma.outboxEntry.count({
      where: { organizationId: organization.id, kind: 'request_reminder' },
    });
  now = new Date(TEST_NOW.getTime() + 5 * 3_600_000);
  await tendRequests(context, fail);
  await tendRequests(context, fail);
  expect(await reminders()).toBe(1);
  now = new Date(TEST_NOW.getTime() + 25 * 3_600_000);
  await expect(approve(waiting, approvers[0])).rejects.toMatchObject({ details: { state: 'expired' } });
  await tendRequests(context, fail);
  expect((await requestOf(waiting)).state).toBe('expired');
  // Nobody did it, least of all the requester
  const record = await test.database.prisma.auditRecord.findFirstOrThrow({
    where: { organizationId: organization.id, action: 'expire_request' },
  });
  expect(record.actor).toBeNull();
});

it('says what an undo of enabling or disabling a package gives and takes', async () => {
  await assignPackage(context, { ...(await wanted()), actor: asker, key: randomUUID() });
  const editor = await organization.addAdministrator('EDITOR', 'define_packages');
  const command = () => ({ actor: editor, key: randomUUID() });
  const planOf = async (operationId: number) => {
    const undo = { kind: 'undo' as const, wanted: { operationId, limitMs: 1_000_000, planHash: '' } };
    const { outcome } = await createRequest(context, { ...command(), ...undo, reason: 'A mistake' });
    return (await requestOf(outcome.requestId)).plan;
  };
  const disabled = await setPackageState(context, { ...command(), number: 1, state: 'disabled' });
  expect(await planOf(disabled.operationId)).toMatchObject({ access: { gain: 1, loss: 0, people: 1 } });
  const enabled = await setPackageState(context, { ...command(), number: 1, state: 'active' });
  expect(await planOf(enabled.operationId)).toMatchObject({ access: { gain: 0, loss: 1, people: 1 } });
});

it('needs a reason and a founder to break the glass, and announces it', async () => {
  await set();
  const founder = { organizationId: organization.id, userId: await organization.addFounder('FOUNDER') };
  const breakGlass = async (actor: ActorRef, reason: string) =>
    assignPackage(context, { ...(await wanted()), actor, key: randomUUID(), breakGlass: reason });
  await expect(breakGlass(asker, 'Now')).rejects.toMatchObject({ code: 'founders_only' });
  await expect(breakGlass(founder, ' ')).rejects.toMatchObject({ code: 'reason_needed' });
  await breakGlass(founder, 'The exam is in an hour');
  const where = { organizationId: organization.id, kind: 'break_glass' };
  expect(await test.database.prisma.outboxEntry.findMany({ where })).toMatchObject([
    { payload: { reason: 'The exam is in an hour' } },
  ]);
});

it('lets anybody ask for a package for themselves, and for nobody else', async () => {
  const self = { organizationId: organization.id, userId: person };
  const command = { actor: self, key: randomUUID(), kind: 'assign_package' as const, wanted: await wanted() };
  const own = await createRequest(context, { ...command, reason: 'My new job', selfService: true });
  const others = { ...command.wanted, userIds: [person, asker.userId] };
  await expect(
    createRequest(context, { ...command, key: randomUUID(), wanted: others, reason: 'All', selfService: true }),
  ).rejects.toMatchObject({ code: 'not_allowed' });
  await approve(own.outcome.requestId, approvers[0]);
  await apply(own.outcome.requestId);
  expect(await isMember()).toBe(true);
});

it('refuses a policy that changes nothing or names somebody whom the organization does not have, and records the rest by code', async () => {
  const [first] = approvers;
  const stages = [{ approvers: { userIds: [first?.userId ?? 0], slackUserGroupId: null, holders: false }, quorum: 1 }];
  await set({ stages });
  await expect(set({ stages })).rejects.toMatchObject({ code: 'nothing_changed' });
  const [stranger = 0] = await (await createOrganization(test.database, randomUUID())).addUsers('STRANGER');
  const foreign = stages.map((stage) => ({
    ...stage,
    approvers: { ...stage.approvers, userIds: [first?.userId ?? 0, stranger] },
  }));
  await expect(set({ stages: foreign })).rejects.toMatchObject({ code: 'user_not_found' });
  const record = await test.database.prisma.auditRecord.findFirstOrThrow({
    where: { organizationId: organization.id, action: 'set_policy' },
  });
  expect(record.after).toMatchObject({ stages: [{ users: ['FIRST'], quorum: 1 }], operations: ['assign'] });
});

it('takes a package’s policy away with the package, so that none of its number inherits it', async () => {
  const { admin, id: organizationId } = organization;
  const details = { name: 'New', description: '', structures: [] };
  const { operationId, outcome } = await createPackage(context, { actor: admin, key: randomUUID(), details });
  await set({}, outcome.number);
  const target = { organizationId, operationId, packageNumber: outcome.number, impliedPermissionIds: [] };
  const { hash } = await countUndo(test.database.prisma, { ...target, reason: 'removal' });
  const command = { operationId, limitMs: 1_000, planHash: undoHash(operationId, hash) };
  await undoOperation(context, { ...command, actor: admin, key: randomUUID() });
  expect(await test.database.prisma.approvalPolicy.count({ where: { organizationId } })).toBe(0);
});
