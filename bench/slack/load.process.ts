import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ADMIN_SLACK_ID, TEAM_ID } from '../support/world.ts';
import type { LoadOrder, LoadReport } from './messages.ts';

/** What the commands ask for in turn: modals with queries behind them, and a private answer. */
const TEXTS = ['list', 'show 2', 'me', 'help'];
const TIMEOUT_MS = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

process.on('message', async (order: LoadOrder) => {
  process.send?.(await sendCommands(order));
});

/**
 * Sends signed slash commands at a steady rate, whether or not the earlier ones were answered: a server that stalls is
 * measured by everything that it keeps waiting.
 */
async function sendCommands(order: LoadOrder): Promise<LoadReport> {
  const report: LoadReport = { latencies: [], failures: 0 };
  const sent: Promise<void>[] = [];
  const started = performance.now();
  const total = order.rate * order.seconds;
  for (let index = 0; index < total; index++) {
    const due = started + (index * 1000) / order.rate;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    const at = performance.now();
    sent.push(
      send(order, TEXTS[index % TEXTS.length] ?? '', index).then((status) => {
        report.latencies.push(performance.now() - at);
        if (status !== 200) report.failures += 1;
      }),
    );
  }
  await Promise.all(sent);
  return report;
}

/** The status of the answer; 0 where there was none. */
function send({ port, signingSecret, apiUrl }: LoadOrder, text: string, index: number): Promise<number> {
  const body = new URLSearchParams({
    ...{ command: '/package', text, team_id: TEAM_ID, user_id: ADMIN_SLACK_ID, api_app_id: 'A0BENCH' },
    ...{ channel_id: 'D0BENCH', trigger_id: `${index}.1.bench`, response_url: `${apiUrl}response` },
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return new Promise((resolve) => {
    const outgoing = request(
      {
        ...{ host: '127.0.0.1', port, path: '/slack/events', method: 'POST', agent, timeout: TIMEOUT_MS },
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => resolve(0));
    outgoing.end(body);
  });
}
