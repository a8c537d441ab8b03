import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { setPolicy } from '../../src/engine/operations/setPolicy.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

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
  city = await startSlackOrganization(test, { people: ['ANA', 'CAL'] });
  admin = city.admin;
  [ana, cal] = [city.as('ANA'), city.as('CAL')];
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Assigning needs the consent of these people, one in each stage. */
async function policy(...userIds: number[]): Promise<void> {
  const { context, admin: actor } = city.organization;
  await setPolicy(
    { ...context, userGroupMembers: async () => [] },
    {
      ...{ actor, key: randomUUID(), packageNumber: null },
      policy: {
        ...{ operations: ['assign'], livesHours: 24, remindAfterHours: null, channel: null, direct: true },
        stages: userIds.map((userId) => ({
          ...{ approvers: { userIds: [userId], slackUserGroupId: null, holders: false }, quorum: 1 },
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
  await policy(city.idOf('ANA'), city.organization.admin.userId);
  const form = await confirm();
  expect(form).toContain('This needs 1 approval, and nobody could give it');
  expect(form).not.toContain('[Ask]');
  expect(form).not.toContain('Why is it needed?');
});

it('names who has to approve where nobody is to spare', async () => {
  await policy(city.idOf('ANA'), city.idOf('CAL'));
  const form = await confirm();
  expect(form).toContain(`<@${city.slackIdOf('ANA')}> has to approve.`);
  expect(form).toContain(`Then <@${city.slackIdOf('CAL')}>.`);
});

it('tells the people whose access it was about whose request ended, and keeps the reason from them', async () => {
  await policy(city.idOf('ANA'));
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
  await policy(city.idOf('ANA'));
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
