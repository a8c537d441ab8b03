import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ApprovalContext } from '../../../src/engine/operations/approvers.ts';
import { createRequest } from '../../../src/engine/operations/createRequest.ts';
import { decideRequest } from '../../../src/engine/operations/decideRequest.ts';
import { delegate, endDelegation } from '../../../src/engine/operations/delegation.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { setPolicy } from '../../../src/engine/operations/setPolicy.ts';
import { showDelegations } from '../../../src/engine/readModels/delegations.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let context: ApprovalContext;
let now: Date;
let boss: ActorRef;
let deputy: ActorRef;
let clerk: ActorRef;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

beforeEach(async () => {
  organization = await createOrganization(test.database, randomUUID());
  now = TEST_NOW;
  context = { ...organization.context, now: () => now, userGroupMembers: async () => [] };
  boss = await organization.addAdministrator('BOSS');
  deputy = await organization.addAdministrator('DEPUTY');
  clerk = await organization.addAdministrator('CLERK', 'assign_packages');
});

const slackIdOf = (code: string) => `U0${organization.id}${code}`;
const hand = (actor: ActorRef, to: string, from = '2026-05-03', until = '2026-05-10') =>
  delegate(context, { actor, key: randomUUID(), slackUserId: slackIdOf(to), from, to: until, reason: 'Holidays' });
const refused = (problem: string) => ({ code: 'invalid_delegation', details: { problem } });

/** A request that BOSS alone may approve. */
async function ask(): Promise<number> {
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  await setPolicy(context, {
    ...{ actor: organization.admin, key: randomUUID(), packageNumber: null },
    policy: {
      ...{ operations: ['assign'], livesHours: 24 * 60, remindAfterHours: null, channel: null, direct: true },
      ...{ tellPeople: false },
      stages: [{ approvers: { userIds: [boss.userId], slackUserGroupId: null, holders: false }, quorum: 1 }],
    },
  });
  const [person = 0] = await organization.addUsers('ONE');
  const target = { organizationId: organization.id, packageNumber: 1, userIds: [person] };
  const { hash } = await countPreflight(test.database.prisma, target);
  const wanted = { number: 1, userIds: [person], choices: { keepPackage: false, exceptions: [] }, planHash: hash };
  const command = { actor: clerk, key: randomUUID(), kind: 'assign_package' as const, wanted, reason: 'New' };
  return (await createRequest(context, command)).outcome.requestId;
}

const approve = (actor: ActorRef, requestId: number) =>
  decideRequest(context, { actor, key: randomUUID(), requestId, revision: 1, decision: { kind: 'approve' } });

it('lets a colleague decide in the days of the delegation, whole days in the organization’s time zone', async () => {
  const id = await ask();
  await hand(boss, 'DEPUTY');
  // Half past midnight in Madrid, on the day after the last
  now = new Date('2026-05-10T22:30:00Z');
  await expect(approve(deputy, id)).rejects.toMatchObject({ code: 'not_an_approver' });
  now = new Date('2026-05-10T21:30:00Z');
  expect((await approve(deputy, id)).outcome.state).toBe('approved');
  const said = await test.database.prisma.requestDecision.findFirstOrThrow({
    where: { organizationId: organization.id, requestId: id },
  });
  expect(said).toMatchObject({ userId: deputy.userId, principalId: boss.userId });
});

it('passes nothing on twice: a delegate’s delegate has no say', async () => {
  const id = await ask();
  await hand(boss, 'DEPUTY');
  await hand(deputy, 'CLERK');
  const third = await organization.addAdministrator('THIRD');
  await expect(approve(clerk, id)).rejects.toMatchObject({ code: 'own_request' });
  await endDelegation(context, { actor: deputy, key: randomUUID(), delegationId: await idOf(deputy) });
  await hand(deputy, 'THIRD');
  await expect(approve(third, id)).rejects.toMatchObject({ code: 'not_an_approver' });
  await approve(deputy, id);
});

async function idOf({ userId }: ActorRef): Promise<number> {
  const where = { organizationId: organization.id, fromUserId: userId };
  return (await test.database.prisma.delegation.findFirstOrThrow({ where })).id;
}

it('refuses oneself, days that are over or the wrong way round or too many, overlaps, and people who cannot decide', async () => {
  await expect(hand(boss, 'BOSS')).rejects.toMatchObject(refused('self'));
  await expect(hand(boss, 'DEPUTY', '2026-04-01', '2026-05-02')).rejects.toMatchObject(refused('past'));
  await expect(hand(boss, 'DEPUTY', '2026-05-05', '2026-05-04')).rejects.toMatchObject(refused('order'));
  await expect(hand(boss, 'DEPUTY', '2026-05-03', '2026-08-01')).rejects.toMatchObject(refused('too_long'));
  await expect(hand(boss, 'NOBODY')).rejects.toMatchObject({ code: 'user_not_found' });
  await hand(boss, 'DEPUTY', '2026-05-03', '2026-07-31');
  await expect(hand(boss, 'CLERK', '2026-07-31', '2026-08-02')).rejects.toMatchObject(refused('overlap'));
  await hand(boss, 'CLERK', '2026-08-01', '2026-08-02');
  const deputyId = { organizationId_id: { organizationId: organization.id, id: deputy.userId } };
  await test.database.prisma.user.update({ where: deputyId, data: { leftAt: TEST_NOW, leftBecause: 'administrator' } });
  await expect(hand(boss, 'DEPUTY', '2026-09-01', '2026-09-02')).rejects.toMatchObject({ code: 'person_left' });
});

it('is ended by whoever handed over or administers, by nobody else, and once', async () => {
  await hand(boss, 'DEPUTY');
  await hand(boss, 'CLERK', '2026-06-01', '2026-06-02');
  const end = (actor: ActorRef, delegationId: number) =>
    endDelegation(context, { actor, key: randomUUID(), delegationId });
  const actorOf = async ({ userId }: ActorRef) => {
    const actor = await findActor(test.database.prisma, organization.id, { userId });
    if (!actor) throw new Error('Nobody');
    return showDelegations(context, actor, { offset: 0, limit: 20 });
  };
  const [first, second] = (await actorOf(boss)).mine;
  await expect(end(deputy, first?.id ?? 0)).rejects.toMatchObject({ code: 'not_allowed' });
  await end(boss, first?.id ?? 0);
  await expect(end(boss, first?.id ?? 0)).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(end(organization.admin, first?.id ?? 0)).rejects.toMatchObject({ code: 'delegation_not_found' });
  expect((await actorOf(boss)).everybody).toBeNull();
  expect((await actorOf(organization.admin)).everybody).toMatchObject({
    total: 1,
    delegations: [{ toName: 'Person CLERK' }],
  });
  await end(organization.admin, second?.id ?? 0);
  expect(await actorOf(boss)).toMatchObject({ mine: [], held: { total: 0 } });
  const record = await test.database.prisma.auditRecord.findFirstOrThrow({
    where: { organizationId: organization.id, action: 'delegate' },
  });
  expect(record).toMatchObject({
    subject: { user: 'Person DEPUTY (DEPUTY)' },
    after: { begins: TEST_NOW.toISOString(), ends: '2026-05-10T22:00:00.000Z', note: 'Holidays' },
  });
});
