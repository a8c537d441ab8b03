import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { placesOf } from '../../../src/engine/operations/postedMessages.ts';
import { keepWorkersAlive } from '../../../src/engine/operations/workers.ts';
import { type KeptMessage, keepMessage, type Sender } from '../../../src/slack/notify/keepMessage.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization } from '../../support/organization.ts';
import { type SandboxServer, startSandboxServer } from '../../support/sandboxServer.ts';
import { sandboxPerson } from '../../support/slackBench.ts';

let test: TestDatabase;
let workspace: SandboxServer;
let organizationId: number;
let sender: Sender;
let request = 0;
let about: string;

beforeAll(async () => {
  test = await createTestDatabase();
  organizationId = (await createOrganization(test.database)).id;
  workspace = await startSandboxServer(
    [sandboxPerson('U0ANA', 'Ana')],
    [{ id: 'C0NEWS', name: 'news', members: ['U0ANA'], botIsMember: true }],
  );
  sender = senderOf('first');
});
afterAll(async () => {
  await workspace.close();
  await test.drop();
});
beforeEach(() => {
  request += 1;
  about = `request:${request}`;
});

function senderOf(claimedBy: string): Sender {
  const client = new WebClient(workspace.variables.SLACK_BOT_TOKEN, {
    slackApiUrl: String(workspace.variables.SLACK_API_URL),
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  });
  return { engine: { database: test.database, now: () => new Date() }, client, claimedBy };
}

const saying = (text: string, place: KeptMessage['place'] = 'channel:C0NEWS'): KeptMessage => ({
  ...{ organizationId, about, place },
  draw: () => ({ text: `${about} ${text}` }),
});

/** What stands in the channel, or in Ana's direct messages, about the test's request. */
async function shown(where: 'C0NEWS' | 'U0ANA' = 'C0NEWS'): Promise<string[]> {
  const messages = await workspace.slack.as('U0ANA').messages(where);
  return messages.flatMap(({ text }) => (text.startsWith(`${about} `) ? [text.slice(about.length + 1)] : []));
}

async function calls(method: string): Promise<number> {
  return (await workspace.slack.calls()).filter((call) => call.method === method).length;
}

it.each([
  ['a channel', 'channel:C0NEWS', 'C0NEWS'],
  ['direct messages', 'user:U0ANA', 'U0ANA'],
] as const)(
  'posts in %s once, changes the message in place, and leaves alone what shows that already',
  async (_of, place, where) => {
    const posted = await keepMessage(sender, saying('pending', place));
    expect(await keepMessage(sender, saying('approved', place))).toEqual(posted);
    expect(await shown(where)).toEqual(['approved']);
    const updates = await calls('chat.update');
    expect(await keepMessage(sender, saying('approved', place))).toEqual(posted);
    expect(await calls('chat.update')).toBe(updates);
  },
);

it('tells where messages about something were posted', async () => {
  await keepMessage(sender, saying('pending'));
  await keepMessage(sender, saying('pending', 'user:U0ANA'));
  expect(await placesOf(sender.engine, organizationId, about)).toEqual(['channel:C0NEWS', 'user:U0ANA']);
});

it('takes the buttons away with the blocks', async () => {
  const block = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Approve?' } };
  await keepMessage(sender, { ...saying(''), draw: () => ({ text: `${about} pending`, blocks: [block] }) });
  await keepMessage(sender, saying('approved'));
  const messages = await workspace.slack.as('U0ANA').messages('C0NEWS');
  expect(messages.filter(({ text }) => text.startsWith(`${about} `))).toMatchObject([{ blocks: [] }]);
});

it('stands in a thread where it is told to', async () => {
  const { ts } = await keepMessage(sender, saying('digest'));
  const details = { ...saying('details'), about: `${about}:details`, thread: ts };
  await workspace.slack.fault({ method: 'chat.postMessage', drop: true });
  await expect(keepMessage(sender, details)).rejects.toThrow();
  await keepMessage(sender, details);
  const replies = (await workspace.slack.as('U0ANA').messages('C0NEWS')).filter(({ threadTs }) => threadTs === ts);
  expect(replies.filter(({ text }) => text.includes('details'))).toHaveLength(1);
});

describe('a message whose posting was cut off', () => {
  it('is found at Slack, and changed to what it is to show now', async () => {
    await workspace.slack.fault({ method: 'chat.postMessage', drop: true });
    await expect(keepMessage(sender, saying('pending'))).rejects.toThrow();
    await keepMessage(sender, saying('approved'));
    expect(await shown()).toEqual(['approved']);
  });

  it('is not forgotten while Slack refuses to be asked for it', async () => {
    await workspace.slack.fault({ method: 'chat.postMessage', drop: true });
    await expect(keepMessage(sender, saying('pending', 'user:U0ANA'))).rejects.toThrow();
    await workspace.slack.fault({ method: 'conversations.history', status: 429, retryAfter: 1 });
    await expect(keepMessage(sender, saying('pending', 'user:U0ANA'))).rejects.toThrow();
    await keepMessage(sender, saying('pending', 'user:U0ANA'));
    expect(await shown('U0ANA')).toEqual(['pending']);
  });

  it('is not looked for where Slack had refused it', async () => {
    await workspace.slack.fault({ method: 'chat.postMessage', error: 'is_archived' });
    await expect(keepMessage(sender, saying('pending'))).rejects.toThrow('is_archived');
    const looked = await calls('conversations.history');
    await keepMessage(sender, saying('pending'));
    expect(await shown()).toEqual(['pending']);
    expect(await calls('conversations.history')).toBe(looked);
  });

  it('is written by another once its writer gives no sign of life', async () => {
    const writing = keepMessage(sender, { ...saying(''), draw: () => new Promise(() => undefined) });
    writing.catch(() => undefined);
    await keepWorkersAlive(sender.engine, ['first'], 60_000);
    await test.database.pool.query("UPDATE worker_heartbeats SET at = at - interval '1 hour'");
    await keepWorkersAlive(sender.engine, ['second'], 60_000);
    await keepMessage(senderOf('second'), saying('pending'));
    expect(await shown()).toEqual(['pending']);
  });
});

it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
  'posts another where Slack answers %s, and keeps that one',
  async (error) => {
    const first = await keepMessage(sender, saying('pending'));
    if (error === 'message_not_found') await sender.client.chat.delete(first);
    else await workspace.slack.fault({ method: 'chat.update', error });
    // Not even a cut-off makes it take the earlier one for this one
    await workspace.slack.fault({ method: 'chat.postMessage', drop: true });
    await expect(keepMessage(sender, saying('approved'))).rejects.toThrow();
    const second = await keepMessage(sender, saying('approved'));
    expect(second.ts).not.toBe(first.ts);
    expect(await keepMessage(sender, saying('applied'))).toEqual(second);
    expect((await shown()).filter((text) => text !== 'pending')).toEqual(['applied']);
  },
);

it('is posted once by two processes at once, and shows what was drawn last', async () => {
  let state = 0;
  const draw = async () => {
    state += 1;
    return { text: `${about} ${state}` };
  };
  const other = senderOf('second');
  await Promise.all([sender, other, sender, other].map((each) => keepMessage(each, { ...saying(''), draw })));
  expect(await shown()).toEqual(['4']);
});
