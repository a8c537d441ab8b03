import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApprovalPolicy } from '../../src/engine/core/approvalPolicy.ts';
import { REQUEST_TASK } from '../../src/engine/operations/recordRequest.ts';
import type { ShownMessage } from '../../src/sandbox/people/state.ts';
import type { Driver } from '../slack/support.ts';
import { type Approvals, ASSIGNMENT_POLICY, createApprovals } from '../support/approvals.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Held, holdJob, holdJobs, holdOrganization, holdTable } from '../support/holdOrganization.ts';
import { createProcesses, PATIENCE, type Processes } from '../support/processes.ts';
import type { Program } from '../support/program.ts';
import { sandboxPerson } from '../support/slackBench.ts';

const CHANNEL = 'C0GENERAL';
const TWO_APPROVALS: Partial<ApprovalPolicy> = {
  stages: ASSIGNMENT_POLICY.stages.map((stage) => ({ ...stage, quorum: 2 })),
  channel: CHANNEL,
};

let test: TestDatabase;
let city: Approvals;
let processes: Processes;
let requestId: number;

beforeEach(async () => {
  // One of its own for each: a workspace belongs to one organization
  test = await createTestDatabase();
  city = await createApprovals(test.database, () => new Date());
  const { id } = city.organization;
  await test.database.prisma.organization.update({ where: { id }, data: { slackTeamId: 'T0TEST' } });
  const people = ['ADMIN', 'ANA', 'BEN', 'CAL'].map((code) => sandboxPerson(slackId(code), code));
  processes = await createProcesses(test, people, [{ id: CHANNEL, name: 'general' }]);
});
afterEach(async () => {
  await processes.stop();
  await test.drop();
});

const slackId = (code: string) => `U0${city.organization.id}${code}`;
const seat = (code: string): Driver => processes.workspace.slack.as(slackId(code));
const where = () => ({ where: { organizationId: city.organization.id } });
const jobKey = () => `${REQUEST_TASK}:${city.organization.id}:${requestId}`;
const hold = (table: string) => processes.hold(holdTable(test.url, table));
const holdWriters = () => processes.hold(holdOrganization(test.url, city.organization.id));

/** Makes the request, of which nobody has been told yet, and has ANA approve it. */
async function askAndApproveOnce(changes: Partial<ApprovalPolicy> = {}): Promise<void> {
  await city.setPolicy({ ...TWO_APPROVALS, ...changes });
  requestId = await city.ask();
  await city.decide(requestId, city.ana);
}

/** The last approval, by a click, with the job that it leaves kept from every worker. */
async function approveAndHoldJob(): Promise<{ killed: Program; jobsHeld: Held }> {
  await askAndApproveOnce();
  const killed = await processes.start();
  await told();
  const jobsHeld = await holdJobs(test.url, city.organization.id);
  await benApproves();
  await reaches('approved');
  return { killed, jobsHeld };
}

const reaches = (state: string) =>
  vi.waitFor(async () => expect(await city.requestOf(requestId)).toMatchObject({ state }), PATIENCE);

const told = () =>
  vi.waitFor(async () => {
    expect(await test.database.prisma.outboxEntry.count({ where: { ...where().where, deliveredAt: null } })).toBe(0);
  }, PATIENCE);

/** BEN's click on the message that asks for his approval. */
async function benApproves(): Promise<void> {
  const asked = await seat('BEN').waitForMessage('asks for your approval');
  expect(await seat('BEN').click('Approve', { in: asked })).toMatchObject({ ok: true });
}

/** The job of the request as the queue has it; undefined where it is done. */
async function job(): Promise<{ attempts: number; isTaken: boolean } | undefined> {
  const sql = 'SELECT attempts, locked_at IS NOT NULL AS "isTaken" FROM graphile_worker.jobs WHERE key = $1';
  return (await test.database.pool.query(sql, [jobKey()])).rows[0];
}

const isDone = (message: ShownMessage | undefined) => {
  const shown = JSON.stringify(message?.blocks);
  return shown.includes('*applied*') && !shown.includes('"Approve"');
};

/** The operation, its story, and everything that people are told: each exactly once. */
async function expectEverythingOnce(channel: string | null = CHANNEL): Promise<void> {
  await reaches('applied');
  await told();
  expect(await city.story()).toEqual([
    ...['set_policy', 'create_request', 'approve_request', 'approve_request', 'assign_package'],
  ]);
  const kinds = await test.database.prisma.operation.groupBy({ ...where(), by: ['kind'], _count: true });
  expect(Object.fromEntries(kinds.map(({ kind, _count }) => [kind, _count]))).toEqual({
    ...{ set_policy: 1, create_request: 1, approve_request: 2, assign_package: 1 },
  });
  expect(await test.database.prisma.requestDecision.count(where())).toBe(2);
  expect(await test.database.prisma.assignment.count(where())).toBe(1);
  await vi.waitFor(async () => expect(await job()).toBeUndefined(), PATIENCE);
  for (const approver of ['ANA', 'BEN']) {
    const messages = await seat(approver).dm();
    expect(messages.map(isDone)).toEqual([true]);
  }
  const own = await seat('ADMIN').dm();
  expect(own).toHaveLength(3);
  expect(own.filter(isDone)).toHaveLength(1);
  expect(own.filter(({ text }) => text.includes(`Request ${requestId} is done`))).toHaveLength(1);
  expect(own.filter(({ text }) => text.includes('Assignment report'))).toHaveLength(1);
  expect(await seat('CAL').dm()).toHaveLength(1);
  const inChannel = await seat('ADMIN').messages(CHANNEL);
  expect(inChannel.filter(({ threadTs }) => threadTs === null).map(isDone)).toEqual(channel ? [true] : []);
  const { operationId } = await city.requestOf(requestId);
  expect(inChannel.filter(({ threadTs }) => threadTs !== null).map(({ text }) => text)).toEqual(
    channel
      ? [
          `<@${slackId('ADMIN')}> asked.`,
          `<@${slackId('ANA')}> approved.`,
          `<@${slackId('BEN')}> approved.`,
          `It was applied (operation ${operationId}).`,
        ]
      : [],
  );
}

describe('a process that is killed over a request', { timeout: 180_000 }, () => {
  it('leaves it to another after the last approval, before its job began', async () => {
    const { killed, jobsHeld } = await approveAndHoldJob();
    await processes.kill(killed);
    expect(await job()).toEqual({ attempts: 0, isTaken: false });
    await jobsHeld.release();
    await processes.start();
    await expectEverythingOnce();
  });

  it('leaves it to another in the middle of applying it, with everything written and nothing committed', async () => {
    const { killed, jobsHeld } = await approveAndHoldJob();
    await hold('audit_records');
    await jobsHeld.release();
    await processes.someoneWaits();
    await processes.kill(killed);
    expect(await city.requestOf(requestId)).toMatchObject({ state: 'approved', operationId: null });
    await processes.release();
    await processes.start();
    await expectEverythingOnce();
  });

  it('has its job finished by another after the commit that applied it', async () => {
    const { killed, jobsHeld } = await approveAndHoldJob();
    const writersHeld = await holdOrganization(test.url, city.organization.id);
    await jobsHeld.release();
    await processes.someoneWaits();
    await processes.hold(holdJob(test.url, jobKey()));
    await writersHeld.release();
    await reaches('applied');
    await processes.someoneWaits();
    await processes.kill(killed);
    await processes.endWaiting();
    await processes.release();
    expect(await job()).toEqual({ attempts: 1, isTaken: true });
    await processes.start();
    await expectEverythingOnce();
  });

  it('leaves a click to be made again while it looks at the plan, and while it decides', async () => {
    await askAndApproveOnce();
    const first = await processes.start();
    await told();
    await holdWriters();
    await benApproves();
    await processes.someoneWaits();
    await processes.kill(first);
    await processes.release();
    const second = await processes.start();
    await hold('request_decisions');
    await benApproves();
    await processes.someoneWaits();
    await processes.kill(second);
    await processes.release();
    await processes.start();
    expect(await city.requestOf(requestId)).toMatchObject({ state: 'pending' });
    expect(await test.database.prisma.requestDecision.count(where())).toBe(1);
    await benApproves();
    await expectEverythingOnce();
  });

  it('leaves the question to another while Slack has not answered whether an approver was asked', async () => {
    await askAndApproveOnce({ channel: null });
    const waiting = processes.workspace.swallow('chat.postMessage', 'done');
    const killed = await processes.start();
    await waiting;
    await processes.kill(killed);
    await processes.start();
    await told();
    await benApproves();
    await expectEverythingOnce(null);
  });

  for (const effect of ['done', 'not done'] as const) {
    it(`leaves a message to another while Slack has not answered its update, which was ${effect}`, async () => {
      await askAndApproveOnce();
      const killed = await processes.start();
      await told();
      const waiting = processes.workspace.swallow('chat.update', effect);
      await benApproves();
      await waiting;
      await processes.kill(killed);
      await processes.start();
      await expectEverythingOnce();
    });

    it(`leaves the outcome to another while Slack has not answered whether it was told, which was ${effect}`, async () => {
      await askAndApproveOnce({ channel: null });
      const killed = await processes.start();
      await told();
      // The requester's outcome, and what the person hears whose access changed
      const waiting = [1, 2].map(() => processes.workspace.swallow('chat.postMessage', effect));
      await benApproves();
      await Promise.all(waiting);
      await processes.kill(killed);
      await processes.start();
      await expectEverythingOnce(null);
    });
  }
});
