import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetOldWork } from '../../../src/engine/operations/workers.ts';
import { enqueueMessages } from '../../../src/persistence/outbox.ts';
import { keepMessage } from '../../../src/slack/notify/keepMessage.ts';
import { type Deliver, type OutboxWorker, startOutboxWorker } from '../../../src/slack/notify/outboxWorker.ts';
import { PacedClient } from '../../../src/slack/notify/pacedClient.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization } from '../../support/organization.ts';
import { type SandboxServer, startSandboxServer } from '../../support/sandboxServer.ts';
import { sandboxPerson } from '../../support/slackBench.ts';

const CHANNELS = ['C0NEWS', 'C0OTHER'] as const;
const START = new Date('2026-05-03T10:00:00Z');

let test: TestDatabase;
let workspace: SandboxServer;
let organizationId: number;
let now: Date;
let run = 0;
const workers: OutboxWorker[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  organizationId = (await createOrganization(test.database)).id;
  const members = ['U0ANA'];
  workspace = await startSandboxServer(
    [sandboxPerson('U0ANA', 'Ana')],
    CHANNELS.map((id) => ({ id, name: id.toLowerCase(), members, botIsMember: true })),
  );
});
afterAll(async () => {
  await workspace.close();
  await test.drop();
});
beforeEach(() => {
  run += 1;
  now = new Date(START.getTime() + run * 3_600_000);
});

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await test.database.prisma.outboxEntry.deleteMany();
});

const engine = () => ({ database: test.database, now: () => now });
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

/** A process's client, and its worker that posts what the outbox names. */
function startProcess(): { client: PacedClient; worker: OutboxWorker } {
  const client = new PacedClient(
    workspace.variables.SLACK_BOT_TOKEN ?? '',
    { slackApiUrl: String(workspace.variables.SLACK_API_URL) },
    { engine: engine(), teamId: 'T0TEST', messageEvery: 1_000 },
  );
  const deliver: Deliver = async ({ payload }) => {
    const { about, place } = payload as { about: string; place: `channel:${string}` | `user:${string}` };
    const sender = { engine: engine(), client, claimedBy: null };
    await keepMessage(sender, { organizationId, about, place, draw: () => ({ text: about }) });
  };
  const worker = startOutboxWorker(engine(), { request: deliver }, (error) => expect.fail(String(error)));
  workers.push(worker);
  return { client, worker };
}

/** Leaves messages in the outbox, one after another: `C0NEWS a`. */
async function enqueue(...messages: string[]): Promise<void> {
  for (const message of messages) {
    const [id = '', name] = message.split(' ');
    const payload = { about: `${name} ${run}`, place: id.startsWith('U') ? `user:${id}` : `channel:${id}` };
    const entry = { organizationId, operationId: null, at: now };
    await enqueueMessages(test.database.prisma, entry, [{ kind: 'request', payload }]);
  }
}

/** What this test has said somewhere, in the order in which it stands there. */
async function said(where: string): Promise<string[]> {
  const messages = await workspace.slack.as('U0ANA').messages(where);
  return messages.flatMap(({ text }) => (text.endsWith(` ${run}`) ? [text.slice(0, -` ${run}`.length)] : []));
}

/** How long what is not delivered still waits, in milliseconds. */
async function waiting(): Promise<number[]> {
  const entries = await test.database.prisma.outboxEntry.findMany({
    where: { deliveredAt: null },
    orderBy: { id: 'asc' },
  });
  return entries.map(({ availableAt }) => availableAt.getTime() - now.getTime());
}

describe('messages to one channel', () => {
  it('go out one a second in the order of the outbox, while other channels go on', async () => {
    const { worker } = startProcess();
    await enqueue('C0NEWS a', 'C0NEWS b', 'C0NEWS c', 'C0OTHER d');
    await worker.idle();
    expect([await said('C0NEWS'), await said('C0OTHER')]).toEqual([['a'], ['d']]);
    expect(await waiting()).toEqual([1_000, 1_000]);
    later(999);
    // Due at once, and yet behind those that came before it
    await enqueue('C0NEWS e');
    later(2);
    await worker.idle();
    expect(await said('C0NEWS')).toEqual(['a', 'b']);
    for (const expected of [
      ['a', 'b', 'c'],
      ['a', 'b', 'c', 'e'],
    ]) {
      later(1_001);
      await worker.idle();
      expect(await said('C0NEWS')).toEqual(expected);
    }
    const attempts = await test.database.prisma.outboxEntry.findMany({ where: { attempts: { not: 1 } } });
    expect(attempts).toEqual([]);
  });

  it('share their seconds across processes, and with changes of what stands there', async () => {
    const [one, other] = [startProcess(), startProcess()];
    await one.client.chat.postMessage({ channel: 'C0NEWS', text: `a ${run}` });
    await enqueue('C0NEWS b');
    await Promise.all([one.worker.idle(), other.worker.idle()]);
    expect(await said('C0NEWS')).toEqual(['a']);
    later(1_001);
    await Promise.all([one.worker.idle(), other.worker.idle()]);
    expect(await said('C0NEWS')).toEqual(['a', 'b']);
    const change = other.client.chat.update({ channel: 'C0NEWS', ts: '1.1', text: '' });
    await expect(change).rejects.toMatchObject({ name: 'PutOff', afterMs: 1_000 });
  });

  it('share them by both names of somebody’s direct messages', async () => {
    const { client } = startProcess();
    const { channel } = await client.chat.postMessage({ channel: 'U0ANA', text: `a ${run}` });
    const again = () => client.chat.postMessage({ channel: String(channel), text: `b ${run}` });
    await expect(again()).rejects.toMatchObject({ name: 'PutOff', channel: 'U0ANA' });
    later(1_001);
    await again();
    await expect(client.chat.postMessage({ channel: 'U0ANA', text: '' })).rejects.toMatchObject({ name: 'PutOff' });
  });

  it('leave nothing behind a day later but whose direct messages a channel is', async () => {
    later(48 * 3_600_000);
    await forgetOldWork(engine());
    const left = await test.database.prisma.slackPace.findMany();
    expect(left.map(({ sameAs }) => sameAs)).toEqual(['U0ANA']);
  });
});

describe('a channel for which Slack asks to wait', () => {
  it('is left alone for so long by every process, and the attempt is not counted', async () => {
    const [one, other] = [startProcess(), startProcess()];
    await workspace.slack.fault({ method: 'chat.postMessage', status: 429, retryAfter: 30 });
    await enqueue('C0NEWS a', 'C0NEWS b', 'C0OTHER c');
    await one.worker.idle();
    await other.worker.idle();
    expect([await said('C0NEWS'), await said('C0OTHER')]).toEqual([[], ['c']]);
    expect(await waiting()).toEqual([30_000, 30_000]);
    later(29_000);
    await expect(other.client.chat.postMessage({ channel: 'C0NEWS', text: '' })).rejects.toMatchObject({
      afterMs: 1_000,
    });
    // What is no message in a channel goes on meanwhile
    await other.client.users.info({ user: 'U0ANA' });
    later(1_001);
    await other.worker.idle();
    expect(await said('C0NEWS')).toEqual(['a']);
    expect(await test.database.prisma.outboxEntry.count({ where: { attempts: { gt: 1 } } })).toBe(0);
  });

  it('is a method where the call was about no channel', async () => {
    const { client } = startProcess();
    await workspace.slack.fault({ method: 'users.info', status: 429, retryAfter: 10 });
    await expect(client.users.info({ user: 'U0ANA' })).rejects.toMatchObject({ retryAfter: 10 });
    await expect(client.users.info({ user: 'U0ANA' })).rejects.toMatchObject({ name: 'PutOff', afterMs: 10_000 });
    await client.chat.postMessage({ channel: 'C0NEWS', text: `a ${run}` });
    expect(await said('C0NEWS')).toEqual(['a']);
  });
});
