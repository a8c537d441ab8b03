import { App, HTTPReceiver } from '@slack/bolt';
import { listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import { createLoopWatch } from './loopWatch.ts';
import type { Listening, ServerOrder } from './messages.ts';

/** The least that Bolt can do: a listener that acknowledges. */
const loop = createLoopWatch();

process.on('message', async (order: ServerOrder) => {
  if (order.do === 'watch') loop.watch();
  if (order.do === 'report') process.send?.(loop.report());
  if (order.do !== 'start') return;
  const logger = createLog('error').forBolt();
  const receiver = new HTTPReceiver({ signingSecret: order.signingSecret, logger });
  const app = new App({ receiver, logger, authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BOT' }) });
  app.command('/package', async ({ ack }) => ack());
  const { port } = await listen({ host: '127.0.0.1', port: 0 }, receiver.requestListener, console.error);
  const listening: Listening = { port };
  process.send?.(listening);
});
