import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BackgroundRequest, enqueueBackground } from '../../src/engine/operations/enqueueBackground.ts';
import { enqueueMessages } from '../../src/persistence/outbox.ts';
import type { Driver } from '../slack/support.ts';
import { assignmentOf } from '../support/background.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Held, holdBackgroundRow, holdOrganization } from '../support/holdOrganization.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type SandboxServer, startSandboxServer } from '../support/sandboxServer.ts';
import { AT_ONCE, sandboxPerson } from '../support/slackBench.ts';

/** A worker counts as dead after a second, so that nobody waits long for the other to go on. */
const JOB_TIMES = JSON.stringify({ ...AT_ONCE, poll: 200, beat: 100, deadAfter: 1_000, stopWithin: 10_000 });
const PATIENCE = { timeout: 60_000, interval: 50 };

let test: TestDatabase;
let organization: TestOrganization;
let request: BackgroundRequest<'assign_package'>;
let workspace: SandboxServer;
let programs: Program[];
let held: Held[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  request = await assignmentOf(organization, 1, await organization.addUsers('ANA', 'BEN'));
  workspace = await startSandboxServer(['ADMIN', 'ANA', 'BEN'].map((code) => sandboxPerson(slackId(code), code)));
  programs = [];
  held = [];
});
afterEach(async () => {
  await release();
  for (const program of programs) {
    program.process.kill('SIGKILL');
    await program.ended();
  }
  await workspace.close();
});

const slackId = (code: string) => `U0${organization.id}${code}`;
const seat = (code: string): Driver => workspace.slack.as(slackId(code));
const where = () => ({ where: { organizationId: organization.id } });
const operations = () => test.database.prisma.operation.count(where());

async function start(more: Record<string, string> = {}): Promise<Program> {
  const variables = { ...workspace.variables, DATABASE_URL: test.url, JOB_TIMES, LOG_LEVEL: 'warn', ...more };
  const program = startProgram(variables, 'test/support/program.process.ts');
  programs.push(program);
  await program.ready();
  return program;
}

async function kill(program: Program): Promise<void> {
  program.process.kill('SIGKILL');
  await program.ended();
}

async function release(): Promise<void> {
  for (const each of held.splice(0)) await each.release();
}

/** Waits until some statement of the database waits for a lock that somebody else holds. */
const someoneWaits = () =>
  vi.waitFor(async () => {
    const { rowCount } = await test.database.pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rowCount).toBeGreaterThan(0);
  }, PATIENCE);

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
    const waiting = workspace.swallow('chat.postMessage', 'done');
    await leaveMessages('C0NEWS');
    const killed = await start();
    await waiting;
    expect(await test.database.prisma.postedMessage.findMany(where())).toMatchObject([{ ts: null, attempts: 1 }]);
    await kill(killed);
    await start();
    await delivered();
    expect(await toldAbout()).toEqual(['C0NEWS']);
    const [message] = await seat('ADMIN').dm();
    expect(await test.database.prisma.postedMessage.findMany(where())).toMatchObject([{ ts: message?.ts }]);
  });

  it('reach one channel in their order and once, whichever of them sends which', async () => {
    const channels = Array.from({ length: 8 }, (_, index) => `C0${index}`);
    const paced = { JOB_TIMES: JSON.stringify({ messageEvery: 20 }) };
    const both = [start(paced), start(paced)];
    await Promise.all(both);
    await leaveMessages(...channels);
    await delivered();
    expect(await toldAbout()).toEqual(channels);
  });
});

describe('a process that is killed while it does a background operation', { timeout: 180_000 }, () => {
  it('leaves it to another before the operation began', async () => {
    await enqueueBackground(organization.context, request);
    held.push(await holdBackgroundRow(test.url, request.key));
    const killed = await start();
    await someoneWaits();
    await kill(killed);
    await release();
    expect(await operations()).toBe(0);
    await start();
    await expectEverythingOnce();
  });

  it('leaves it to another in the middle of the operation', async () => {
    await enqueueBackground(organization.context, request);
    held.push(await holdOrganization(test.url, organization.id));
    const killed = await start();
    await someoneWaits();
    await kill(killed);
    await release();
    await start();
    await expectEverythingOnce();
  });

  it('has it finished by another that is running already, after the commit and before the job was completed', async () => {
    await enqueueBackground(organization.context, request);
    const organizationHeld = await holdOrganization(test.url, organization.id);
    const killed = await start();
    await someoneWaits();
    held.push(await holdBackgroundRow(test.url, request.key));
    await organizationHeld.release();
    await vi.waitFor(async () => expect(await operations()).toBe(1), PATIENCE);
    await start();
    await kill(killed);
    await release();
    await expectEverythingOnce();
  });

  for (const [method, effect] of [
    ['chat.postMessage', 'done'],
    ['chat.postMessage', 'not done'],
    ['files.completeUploadExternal', 'done'],
  ] as const) {
    it(`leaves its messages to another while Slack has not answered ${method}, which was ${effect}`, async () => {
      const waiting = workspace.swallow(method, effect);
      const killed = await start();
      await enqueueBackground(organization.context, request);
      await waiting;
      await kill(killed);
      await start();
      await expectEverythingOnce();
    });
  }
});
