import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalContext } from '../../../src/engine/operations/approvers.ts';
import { changePermission } from '../../../src/engine/operations/changePermission.ts';
import { delegate, endDelegation } from '../../../src/engine/operations/delegation.ts';
import { cancelRequest, retryRequest, tendRequests } from '../../../src/engine/operations/endRequest.ts';
import { setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { setMetaPermissions } from '../../../src/engine/operations/setMetaPermissions.ts';
import { type Database, openDatabase } from '../../../src/persistence/database.ts';
import { type Approvals, ASSIGNMENT_POLICY, createApprovals } from '../../support/approvals.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fail } from '../../support/fail.ts';
import { holdOrganization, holdTable } from '../../support/holdOrganization.ts';
import { TEST_NOW } from '../../support/organization.ts';
import { race } from '../../support/race.ts';

/** When requests that are made at {@link TEST_NOW} have expired. */
const TOO_LATE = new Date(TEST_NOW.getTime() + 25 * 3_600_000);
const REJECT = { decision: { kind: 'reject', reason: 'Not hers to have' } } as const;
const ASKED = ['set_policy', 'create_request'];
const APPROVED = [...ASKED, 'approve_request'];

let test: TestDatabase;
let second: Database;
let city: Approvals;
/** Another process: with a connection of its own. */
let other: ApprovalContext;
let id: number;

beforeAll(async () => {
  test = await createTestDatabase();
  second = openDatabase(test.url);
});
afterAll(async () => {
  await second.close();
  await test.drop();
});
beforeEach(async () => {
  city = await createApprovals(test.database, () => TEST_NOW);
  other = { ...city.context, database: second };
  await city.setPolicy();
  id = await city.ask();
});

/** Before the first has looked at the plan anew: whatever the second does comes between its look and its decision. */
const whileLooking = () => holdOrganization(test.url, city.organization.id);
/** When the first is about to write its decision: the second comes after it. */
const whileDeciding = () => holdTable(test.url, 'request_decisions');

const byAdmin = () => ({ actor: city.organization.admin, key: randomUUID() });
const anaApproves = () => city.decide(id, city.ana);
const benApproves = () => city.decide(id, city.ben, { context: other });
const benRejects = () => city.decide(id, city.ben, { ...REJECT, context: other });
const cancel = () => cancelRequest(other, { ...byAdmin(), requestId: id });
const expire = () => tendRequests({ ...other, now: () => TOO_LATE }, fail);
const apply = () => city.apply(id);
const applyToo = () => city.apply(id, { context: other });
const setState = (state: 'active' | 'disabled') => setPackageState(other, { ...byAdmin(), number: 1, state });
const movePlan = () =>
  changePermission(other, {
    ...{ ...byAdmin(), number: 1, value: 'edit', structures: [] },
    permissionId: city.organization.permissions['registry/records'],
  });

/** How it stands, and its story. */
async function expectRequest(state: string, story: string[], revision = 1): Promise<void> {
  expect(await city.requestOf(id)).toMatchObject({ state, revision });
  expect(await city.story()).toEqual(story);
  expect(await city.isMember()).toBe(state === 'applied');
}

describe('an approval against', () => {
  it.each([
    ['a cancellation', cancel, 'cancelled', 'cancel_request'],
    ['a rejection', benRejects, 'rejected', 'reject_request'],
    ['the end of its time', expire, 'expired', 'expire_request'],
  ] as const)('%s that is first', async (_name, ends, state, kind) => {
    expect(await race(test, whileLooking(), anaApproves, ends)).toEqual(['request_not_pending', 'done']);
    await expectRequest(state, [...ASKED, kind]);
    await apply();
    await expectRequest(state, [...ASKED, kind]);
  });

  it.each([
    ['a cancellation', cancel, 'request_not_pending'],
    ['a rejection', benRejects, 'request_not_pending'],
    // The schedule only looks after what still waits
    ['the end of its time', expire, 'done'],
  ] as const)('%s that comes after it', async (_name, ends, outcome) => {
    expect(await race(test, whileDeciding(), anaApproves, ends)).toEqual(['done', outcome]);
    await expectRequest('approved', APPROVED);
    await apply();
    await expectRequest('applied', [...APPROVED, 'assign_package']);
  });

  it('another approval that is as good: one counts', async () => {
    expect(await race(test, whileLooking(), anaApproves, benApproves)).toEqual(['done', 'request_not_pending']);
    await expectRequest('approved', APPROVED);
  });

  it('its own time, that is over while it waits', async () => {
    let now = TEST_NOW;
    const late = { ...other, now: () => now };
    const held = await whileLooking();
    const release = async () => {
      now = (await city.requestOf(id)).expiresAt;
      await held.release();
    };
    const approves = () => city.decide(id, city.ana, { context: late });
    expect(await race(test, Promise.resolve({ release }), approves)).toEqual(['request_not_pending']);
    await expectRequest('pending', ASKED);
    await tendRequests(late, fail);
    await expectRequest('expired', [...ASKED, 'expire_request']);
  });

  it('the right to approve, that is taken away', async () => {
    const target = { userId: city.ana.userId, metaPermissions: [], shown: ['approve'] };
    const takeRight = () => setMetaPermissions(other, { ...byAdmin(), ...target });
    expect(await race(test, whileLooking(), anaApproves, takeRight)).toEqual(['not_an_approver', 'done']);
    await expectRequest('pending', [...ASKED, 'set_meta_permissions']);
  });

  it('a plan that moved: both who look find out, and it is asked anew once', async () => {
    await movePlan();
    const story = [...ASKED, 'change_permission', 'revise_request'];
    expect(await race(test, whileLooking(), anaApproves, benApproves)).toEqual(['request_moved', 'request_moved']);
    await expectRequest('pending', story, 2);
    await city.decide(id, city.ana, { revision: 2 });
    await apply();
    await expectRequest('applied', [...story, 'approve_request', 'assign_package'], 2);
  });

  it('the end of what was asked for: both who look find out, and it ends once', async () => {
    await setState('disabled');
    const outcomes = await race(test, whileLooking(), anaApproves, benApproves);
    expect(outcomes).toEqual(['request_not_pending', 'request_not_pending']);
    await expectRequest('stale', [...ASKED, 'disable_package', 'outdate_request']);
  });
});

describe('two processes that look after a request', () => {
  it('end it once when its time is over', async () => {
    const expireToo = () => tendRequests({ ...city.context, now: () => TOO_LATE }, fail);
    expect(await race(test, whileLooking(), expire, expireToo)).toEqual(['done', 'done']);
    await expectRequest('expired', [...ASKED, 'expire_request']);
  });

  it('remind of it once', async () => {
    await city.setPolicy({ remindAfterHours: 4 });
    id = await city.ask();
    const now = () => new Date(TEST_NOW.getTime() + 5 * 3_600_000);
    const reminds = [city.context, other].map((context) => () => tendRequests({ ...context, now }, fail));
    expect(await race(test, holdTable(test.url, 'outbox'), ...reminds)).toEqual(['done', 'done']);
    const where = { organizationId: city.organization.id, kind: 'request_reminder' };
    expect(await test.database.prisma.outboxEntry.count({ where })).toBe(1);
  });
});

describe('a delegated say', () => {
  const hand = async () => {
    const days = { from: '2026-05-03', to: '2026-05-10', reason: 'Holidays' };
    const slackUserId = `U0${city.organization.id}CAL`;
    return (await delegate(city.context, { actor: city.ana, key: randomUUID(), slackUserId, ...days })).outcome;
  };
  const deputy = () => ({ organizationId: city.organization.id, userId: city.personId });
  const deputyApproves = () => city.decide(id, deputy());
  const withdraw = (delegationId: number) => () =>
    endDelegation(other, { actor: city.ana, key: randomUUID(), delegationId });

  it('counts no more where it was withdrawn while the deputy clicked', async () => {
    const { delegationId } = await hand();
    const outcomes = await race(test, whileLooking(), deputyApproves, withdraw(delegationId));
    expect(outcomes).toEqual(['not_an_approver', 'done']);
    await expectRequest('pending', [...ASKED, 'delegate', 'end_delegation']);
  });

  it('stands where the deputy was first', async () => {
    const { delegationId } = await hand();
    expect(await race(test, whileDeciding(), deputyApproves, withdraw(delegationId))).toEqual(['done', 'done']);
    await apply();
    await expectRequest('applied', [...[...ASKED, 'delegate', 'approve_request', 'end_delegation', 'assign_package']]);
  });

  it('is used once where the deputy and whoever delegated it click at the same time', async () => {
    const stages = ASSIGNMENT_POLICY.stages.map((stage) => ({ ...stage, quorum: 2 }));
    await city.setPolicy({ stages });
    id = await city.ask();
    await hand();
    const anaToo = () => city.decide(id, city.ana, { context: other });
    expect(await race(test, whileLooking(), deputyApproves, anaToo)).toEqual(['done', 'already_decided']);
    expect((await city.requestOf(id)).state).toBe('pending');
    expect((await benApproves()).outcome).toMatchObject({ state: 'approved', approvals: 2 });
  });
});

describe('an approved request', () => {
  beforeEach(() => anaApproves());

  it('is applied by one of two workers, and the other has nothing to say', async () => {
    expect(await race(test, whileLooking(), apply, applyToo)).toEqual(['done', 'done']);
    await expectRequest('applied', [...APPROVED, 'assign_package']);
  });

  it('asks anew once where two workers find that the world moved, and counts no earlier approval', async () => {
    const story = [...APPROVED, 'change_permission', 'revise_request'];
    await movePlan();
    expect(await race(test, whileLooking(), apply, applyToo)).toEqual(['done', 'done']);
    await expectRequest('pending', story, 2);
    await expect(benApproves()).rejects.toMatchObject({ code: 'request_moved' });
    await city.decide(id, city.ana, { revision: 2 });
    await apply();
    await expectRequest('applied', [...story, 'approve_request', 'assign_package'], 2);
  });

  it('fails once where two workers find that it is refused, and is applied once when it was tried again', async () => {
    const story = [...APPROVED, 'disable_package', 'fail_request'];
    await setState('disabled');
    expect(await race(test, whileLooking(), apply, applyToo)).toEqual(['done', 'done']);
    await expectRequest('failed', story);
    await setState('active');
    const retry = () => retryRequest(city.context, { ...byAdmin(), requestId: id });
    expect(await race(test, whileLooking(), retry, cancel)).toEqual(['done', 'request_not_pending']);
    await apply();
    await expectRequest('applied', [...story, 'enable_package', 'retry_request', 'assign_package']);
  });

  it('asks anew where the world moves while a worker waits for its turn', async () => {
    expect(await race(test, whileLooking(), movePlan, apply)).toEqual(['done', 'done']);
    await expectRequest('pending', [...APPROVED, 'change_permission', 'revise_request'], 2);
  });

  it('fails where it becomes impossible while it is asked anew', async () => {
    await movePlan();
    expect(await race(test, whileLooking(), apply, () => setState('disabled'))).toEqual(['done', 'done']);
    await expectRequest('failed', [...APPROVED, 'change_permission', 'disable_package', 'fail_request']);
  });

  it('is applied on the terms on which it was asked, whatever the policy says by then', async () => {
    const stages = ASSIGNMENT_POLICY.stages.map((stage) => ({ ...stage, quorum: 2 }));
    expect(await race(test, whileLooking(), () => city.setPolicy({ stages }), apply)).toEqual(['done', 'done']);
    await expectRequest('applied', [...APPROVED, 'set_policy', 'assign_package']);
  });

  it('is not cancelled any more while it is applied', async () => {
    expect(await race(test, whileLooking(), apply, cancel)).toEqual(['done', 'request_not_pending']);
    await expectRequest('applied', [...APPROVED, 'assign_package']);
  });
});
