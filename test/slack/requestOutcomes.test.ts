import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { setPolicy } from '../../src/engine/operations/setPolicy.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

const MUCH_LATER = new Date('2100-01-01T00:00:00Z');

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: Driver;
let cal: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'CAL', 'EVA'] });
  admin = city.admin;
  [ana, cal] = [city.as('ANA'), city.as('CAL')];
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

interface Stage {
  userIds: number[];
  quorum: number;
}

const sole = (userId: number): Stage => ({ userIds: [userId], quorum: 1 });

/** Assigning needs the consent of these people, stage by stage. */
async function policy(...stages: Stage[]): Promise<void> {
  const { context, admin: actor } = city.organization;
  await setPolicy(
    { ...context, userGroupMembers: async () => [] },
    {
      ...{ actor, key: randomUUID(), packageNumber: null },
      policy: {
        ...{ operations: ['assign'], livesHours: 24, remindAfterHours: null, channel: null, direct: true },
        stages: stages.map(({ userIds, quorum }) => ({
          ...{ approvers: { userIds, slackUserGroupId: null, holders: false }, quorum },
        })),
        tellPeople: true,
      },
    },
  );
}

/** Confirms the assignment of the package to CAL. */
async function confirm(): Promise<string> {
  await admin.command(`/package assign 1 <@${city.slackIdOf('CAL')}>`);
  await admin.waitForModal('Assign a package');
  await admin.submit();
  await admin.waitForModal('Preflight');
  await admin.submit();
  return admin.waitForScreen('Approval is needed here');
}

async function ask(): Promise<number> {
  await confirm();
  await admin.fill(ACTIONS.requestReason, 'Starts on Monday');
  await admin.submit();
  const done = await admin.waitForScreen('you asked to');
  await admin.close({ all: true });
  return Number(/Request (\d+)/.exec(done)?.[1]);
}

it('is not asked for where nobody could approve it, and says why', async () => {
  await policy(sole(city.idOf('ANA')), sole(city.organization.admin.userId));
  const form = await confirm();
  expect(form).toContain('This needs 1 approval, and nobody could give it');
  expect(form).not.toContain('[Ask]');
  expect(form).not.toContain('Why is it needed?');
});

it('names who has to approve where nobody is to spare', async () => {
  await policy(sole(city.idOf('ANA')), sole(city.idOf('CAL')));
  const form = await confirm();
  expect(form).toContain(`<@${city.slackIdOf('ANA')}> has to approve.`);
  expect(form).toContain(`Then <@${city.slackIdOf('CAL')}>.`);
});

it('waits no longer for whoever has decided, or had a deputy decide', async () => {
  const [anaId, evaId] = [city.idOf('ANA'), city.idOf('EVA')];
  const { id: organizationId } = city.organization;
  await test.database.prisma.delegation.create({
    data: { organizationId, fromUserId: anaId, toUserId: city.idOf('CAL'), startsAt: new Date(0), endsAt: MUCH_LATER },
  });
  await policy({ userIds: [anaId, evaId], quorum: 2 });
  await ask();
  const asked = await cal.waitForMessage('Starts on Monday');
  await cal.click('Approve', { in: asked });
  await cal.waitForMessage('Approvals: 1 of 2.');
  await city.bench.app.outbox.idle();
  const [toAna, toEva] = await Promise.all(
    [ana, city.as('EVA')].map((who) => who.waitForMessage('Approvals: 1 of 2.')),
  );
  expect(JSON.stringify(toAna?.blocks)).toContain(`Can decide: <@${city.slackIdOf('EVA')}>.`);
  expect(JSON.stringify(toAna?.blocks)).not.toContain('"Approve"');
  expect(JSON.stringify(toEva?.blocks)).toContain('"Approve"');
});

it('tells the people whose access it was about whose request ended, and keeps the reason from them', async () => {
  await policy(sole(city.idOf('ANA')));
  const requestId = await ask();
  const asked = await ana.waitForMessage('Starts on Monday');
  await ana.click('Reject…', { in: asked });
  await ana.waitForModal('Reject the request');
  await ana.fill(ACTIONS.requestReason, 'Not before the audit');
  await ana.submit();
  const told = await cal.waitForMessage('which is about your access, was rejected: assign *package:1*');
  expect(told.text).toContain(`Request ${requestId} of <@${city.slackIdOf('ADMIN')}>`);
  expect(told.text).not.toContain('audit');
  const own = await admin.waitForMessage(`Request ${requestId} was rejected`);
  expect(own.text).toContain(`<@${city.slackIdOf('ANA')}> says: Not before the audit`);
  const shown = (await ana.messages(asked.channel)).find(({ ts }) => ts === asked.ts);
  expect(JSON.stringify(shown?.blocks)).toContain('*What would have changed*');
});

it('tells the requester of every failure, and nobody that they lack the right that the requester lacks', async () => {
  await policy(sole(city.idOf('ANA')));
  const requestId = await ask();
  const asked = await ana.waitForMessage('Starts on Monday');
  const { prisma } = test.database;
  const { id: organizationId } = city.organization;
  await prisma.request.updateMany({
    where: { organizationId, id: requestId },
    data: { state: 'failed', error: { reference: 'abcd1234' } },
  });
  await prisma.metaPermission.deleteMany({
    where: { organizationId, userId: city.organization.admin.userId, metaPermission: 'assign_packages' },
  });
  const failures = async () =>
    (await admin.dm()).filter(({ text }) =>
      text.includes(`Request ${requestId} was approved, but could not be applied`),
    );
  for (const times of [1, 2]) {
    await admin.command('/package requests');
    await admin.waitForScreen(`*Request ${requestId}*`);
    await admin.click('Open');
    await admin.waitForModal(`Request ${requestId}`);
    await admin.click('Try again');
    await admin.waitForScreen('It is being tried again.');
    await admin.close({ all: true });
    await city.bench.app.settled();
    await vi.waitFor(async () => expect(await failures()).toHaveLength(times), 20_000);
  }
  expect((await failures())[0]?.text).toContain('Whoever asked does not have the right to assign packages.');
  await city.bench.app.outbox.idle();
  const shown = (await ana.messages(asked.channel)).find(({ ts }) => ts === asked.ts);
  expect(JSON.stringify(shown?.blocks)).not.toContain('which you do not have');
});
