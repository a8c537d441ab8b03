import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BackgroundRequest, enqueueBackground } from '../../src/engine/operations/enqueueBackground.ts';
import { enqueueMessages } from '../../src/persistence/outbox.ts';
import type { Driver } from '../slack/support.ts';
import { assignmentOf } from '../support/background.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { holdBackgroundRow, holdOrganization } from '../support/holdOrganization.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { createProcesses, PATIENCE, type Processes } from '../support/processes.ts';
import { sandboxPerson } from '../support/slackBench.ts';

let test: TestDatabase;
let organization: TestOrganization;
let request: BackgroundRequest<'assign_package'>;
let processes: Processes;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  request = await assignmentOf(organization, 1, await organization.addUsers('ANA', 'BEN'));
  const people = ['ADMIN', 'ANA', 'BEN'].map((code) => sandboxPerson(slackId(code), code));
  processes = await createProcesses(test, people);
});
afterEach(() => processes.stop());

const slackId = (code: string) => `U0${organization.id}${code}`;
const seat = (code: string): Driver => processes.workspace.slack.as(slackId(code));
const where = () => ({ where: { organizationId: organization.id } });
const operations = () => test.database.prisma.operation.count(where());

/** The operation, its record, and everything that people are told: each exactly once. */
async function expectEverythingOnce(): Promise<void> {
  // In this order: the commit that ends the operation also writes its last message. Looked at the other way round, the
  // outbox may be empty only because that message is not written yet
  await vi.waitFor(async () => {
    expect(await test.database.prisma.backgroundOperation.findMany(where())).toMatchObject([{ state: 'done' }]);
    expect(await test.database.prisma.outboxEntry.count({ where: { ...where().where, deliveredAt: null } })).toBe(0);
  }, PATIENCE);
  expect(await operations()).toBe(1);
  expect(await test.database.prisma.auditRecord.count(where())).toBe(1);
  expect(await test.database.prisma.assignment.count(where())).toBe(2);
  expect(await test.database.prisma.outboxEntry.count({ where: { ...where().where, kind: 'access_changed' } })).toBe(1);
  const told = (await seat('ADMIN').dm()).map(({ text }) => text);
  expect(told).toHaveLength(3);
  expect(told.filter((text) => text === 'Person by person.')).toHaveLength(1);
  expect(told.filter((text) => text.includes('Assigning package:1 to 2 people: *done*'))).toHaveLength(1);
  expect(told.filter((text) => text.includes('Assignment report'))).toHaveLength(1);
  for (const code of ['ANA', 'BEN']) expect(await seat(code).dm()).toHaveLength(1);
}

/** Leaves messages about channels for the administrator, in this order, and one after the other. */
async function leaveMessages(...channels: string[]): Promise<void> {
  const { id: organizationId } = organization;
  const to = slackId('ADMIN');
  const messages = channels.map((channel) => ({
    ...{ kind: 'channel_trouble' as const, channel: to },
    payload: { to, channel, problem: 'is_archived', since: '2026-05-03T10:00:00Z' },
  }));
  await enqueueMessages(test.database.prisma, { organizationId, operationId: null, at: new Date(0) }, messages);
}

const delivered = () =>
  vi.waitFor(async () => {
    expect(await test.database.prisma.outboxEntry.count({ where: { ...where().where, deliveredAt: null } })).toBe(0);
  }, PATIENCE);

/** The channels that the administrator was told about, in order. */
const toldAbout = async () => (await seat('ADMIN').dm()).map(({ text }) => /<#(\w+)>/.exec(text)?.[1]);

describe('messages that several processes deliver', { timeout: 180_000 }, () => {
  it('are known again where one was killed after it had posted one, before it remembered which', async () => {
    const waiting = processes.workspace.swallow('chat.postMessage', 'done');
    await leaveMessages('C0NEWS');
    const killed = await processes.start();
    await waiting;
    expect(await test.database.prisma.postedMessage.findMany(where())).toMatchObject([{ ts: null, attempts: 1 }]);
    await processes.kill(killed);
    await processes.start();
    await delivered();
    expect(await toldAbout()).toEqual(['C0NEWS']);
    const [message] = await seat('ADMIN').dm();
    expect(await test.database.prisma.postedMessage.findMany(where())).toMatchObject([{ ts: message?.ts }]);
  });

  it('reach one channel in their order and once, whichever of them sends which', async () => {
    const channels = Array.from({ length: 8 }, (_, index) => `C0${index}`);
    const paced = { JOB_TIMES: JSON.stringify({ messageEvery: 20 }) };
    const both = [processes.start(paced), processes.start(paced)];
    await Promise.all(both);
    await leaveMessages(...channels);
    await delivered();
    expect(await toldAbout()).toEqual(channels);
  });
});

describe('a process that is killed while it does a background operation', { timeout: 180_000 }, () => {
  it('leaves it to another before the operation began', async () => {
    await enqueueBackground(organization.context, request);
    await processes.hold(holdBackgroundRow(test.url, request.key));
    const killed = await processes.start();
    await processes.someoneWaits();
    await processes.kill(killed);
    await processes.release();
    expect(await operations()).toBe(0);
    await processes.start();
    await expectEverythingOnce();
  });

  it('leaves it to another in the middle of the operation', async () => {
    await enqueueBackground(organization.context, request);
    await processes.hold(holdOrganization(test.url, organization.id));
    const killed = await processes.start();
    await processes.someoneWaits();
    await processes.kill(killed);
    await processes.release();
    await processes.start();
    await expectEverythingOnce();
  });

  it('has it finished by another that is running already, after the commit and before the job was completed', async () => {
    await enqueueBackground(organization.context, request);
    const organizationHeld = await holdOrganization(test.url, organization.id);
    const killed = await processes.start();
    await processes.someoneWaits();
    await processes.hold(holdBackgroundRow(test.url, request.key));
    await organizationHeld.release();
    await vi.waitFor(async () => expect(await operations()).toBe(1), PATIENCE);
    await processes.start();
    await processes.kill(killed);
    await processes.release();
    await expectEverythingOnce();
  });

  for (const [method, effect] of [
    ['chat.postMessage', 'done'],
    ['chat.postMessage', 'not done'],
    ['files.completeUploadExternal', 'done'],
  ] as const) {
    it(`leaves its messages to another while Slack has not answered ${method}, which was ${effect}`, async () => {
      const waiting = processes.workspace.swallow(method, effect);
      const killed = await processes.start();
      await enqueueBackground(organization.context, request);
      await waiting;
      await processes.kill(killed);
      await processes.start();
      await expectEverythingOnce();
    });
  }
});
