import { setTimeout as delay } from 'node:timers/promises';
import { ADMIN_SLACK_ID, TEAM_ID } from '../support/world.ts';
import type { LoadOrder, LoadReport } from './messages.ts';
import { signedPost } from './signedPost.ts';

/** What the commands ask for in turn: modals with queries behind them, and a private answer. */
const TEXTS = ['list', 'show 2', 'me', 'help'];

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
function send(order: LoadOrder, text: string, index: number): Promise<number> {
  return signedPost(order, {
    ...{ command: '/package', text, team_id: TEAM_ID, user_id: ADMIN_SLACK_ID, api_app_id: 'A0BENCH' },
    ...{ channel_id: 'D0BENCH', trigger_id: `${index}.1.bench`, response_url: `${order.apiUrl}response` },
  });
}
