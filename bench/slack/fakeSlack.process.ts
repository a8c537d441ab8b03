import { createServer } from 'node:http';
import { ADMIN_SLACK_ID, TEAM_ID } from '../support/world.ts';
import type { Listening } from './messages.ts';

/** Slack's Web API as far as the bot calls it: always content, and in a process of its own. */
const ANSWERS: Record<string, object> = {
  'auth.test': { team_id: TEAM_ID, team: 'Bench', user_id: 'U0BOT', bot_id: 'B0BOT' },
  'users.info': {
    user: { id: ADMIN_SLACK_ID, team_id: TEAM_ID, name: 'someone', locale: 'en-US', tz: 'Europe/Madrid', profile: {} },
  },
  'views.open': { view: { id: 'V0BENCH', hash: '1' } },
  'views.update': { view: { id: 'V0BENCH', hash: '2' } },
  'conversations.open': { channel: { id: 'D0BENCH' } },
  'chat.postMessage': { channel: 'D0BENCH', ts: '1.1' },
  'files.completeUploadExternal': { files: [] },
};

const server = createServer((req, res) => {
  const method = req.url?.replace(/^\/api\//, '').split('?')[0] ?? '';
  req.resume();
  req.on('end', () => {
    const upload = { upload_url: `http://${req.headers.host}/upload`, file_id: 'F0BENCH' };
    const answer = method === 'files.getUploadURLExternal' ? upload : ANSWERS[method];
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ ok: true, ...answer }));
  });
});

process.once('message', () => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const listening: Listening = { port: typeof address === 'object' && address ? address.port : 0 };
    process.send?.(listening);
  });
});
