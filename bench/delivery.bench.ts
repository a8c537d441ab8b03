import { setTimeout as delay } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { enqueueMessages } from '../src/persistence/outbox.ts';
import { keepMessage } from '../src/slack/notify/keepMessage.ts';
import { startOutboxWorker } from '../src/slack/notify/outboxWorker.ts';
import { PacedClient } from '../src/slack/notify/pacedClient.ts';
import { startChild } from './slack/child.ts';
import type { Listening } from './slack/messages.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { ORGANIZATION, TEAM_ID } from './support/world.ts';

/** Messages in one run, each to a channel of its own, so that none waits for its second. */
const MESSAGES = 200;

const Payload = z.object({ about: z.string(), channel: z.string() });

/**
 * How fast the outbox is drained to a Slack that answers at once, beside a bare loop of `chat.postMessage`; and how soon
 * after its commit a single message is there. What it costs buys the pace, and that nothing is posted twice.
 */
export const delivery: Bench = {
  name: 'delivery',
  async run(context) {
    const { database, options } = context;
    const slack = startChild(new URL('./slack/fakeSlack.process.ts', import.meta.url));
    try {
      const { port } = await slack.ask<Listening>({ do: 'start' });
      const client = new WebClient('xoxb-bench', { slackApiUrl: `http://127.0.0.1:${port}/api/` });
      const worker = startWorker(context, port);
      const bare = (messages: number) => async () => {
        for (let index = 0; index < messages; index++)
          await client.chat.postMessage({ channel: `C${index}`, text: 'News' });
      };
      const drained = (messages: number) => async () => {
        const channels = Array.from({ length: messages }, (_, index) => `C${index}`);
        const entry = { organizationId: ORGANIZATION, operationId: null, at: new Date(0) };
        const payloads = channels.map((channel) => ({
          kind: 'request' as const,
          payload: { about: channel, channel },
        }));
        await enqueueMessages(database.prisma, entry, payloads);
        while ((await database.prisma.outboxEntry.count({ where: { deliveredAt: null } })) > 0) {
          await worker.idle();
          await delay(1);
        }
      };
      const reset = () => database.pool.query('TRUNCATE outbox, posted_messages, slack_pace');
      const line = (label: string, messages: number) =>
        compare({
          ...{ label, rounds: options.rounds, rows: messages, reset, result: null },
          baseline: { label: 'a loop of `chat.postMessage`', run: bare(messages) },
          subject: { label: 'the outbox', run: drained(messages) },
        });
      const measured = [
        await line(`delivering ${MESSAGES} messages`, MESSAGES),
        await line('from the commit to the first message', 1),
      ];
      await worker.stop();
      await reset();
      return measured;
    } finally {
      await slack.stop();
    }
  },
};

function startWorker({ engine, say }: BenchContext, port: number) {
  const options = { slackApiUrl: `http://127.0.0.1:${port}/api/` };
  const client = new PacedClient('xoxb-bench', options, { engine, teamId: TEAM_ID, messageEvery: 1_000 });
  const sender = { engine, client, claimedBy: null };
  return startOutboxWorker(
    engine,
    {
      request: async ({ organizationId, payload }) => {
        const { about, channel } = Payload.parse(payload);
        await keepMessage(sender, {
          organizationId,
          about,
          place: `channel:${channel}`,
          draw: () => ({ text: 'News' }),
        });
      },
    },
    (error) => say(String(error)),
  );
}
