import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { createOrganization } from './support/organization.ts';
import { startProgram } from './support/program.ts';

/** The few answers of Slack that a start in Socket Mode and one command need. */
let slack: Server;
let sockets: WebSocketServer;
let apiUrl: string;
let test: TestDatabase;
const calls: { method: string; body: URLSearchParams }[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  const organization = await createOrganization(test.database);
  await test.database.prisma.organization.update({ where: { id: organization.id }, data: { slackTeamId: 'T1' } });
  await test.database.prisma.user.updateMany({ where: { code: 'ADMIN' }, data: { slackUserId: 'U1' } });
  slack = createServer(async (req, res) => {
    const method = req.url?.split('/').at(-1) ?? '';
    calls.push({ method, body: new URLSearchParams(await textOf(req)) });
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(answer(method, req.headers.authorization ?? '')));
    slack.emit('call', method);
  });
  slack.listen(0, '127.0.0.1');
  await once(slack, 'listening');
  sockets = new WebSocketServer({ server: slack });
  apiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
});
afterAll(async () => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  slack.closeAllConnections();
  slack.close();
  await test.drop();
});

function answer(method: string, authorization: string): object {
  if (method === 'auth.test') return { ok: true, team_id: 'T1', team: 'Team', user_id: 'UBOT', bot_id: 'B1' };
  if (method === 'apps.connections.open') {
    if (!authorization.includes('xapp-good')) return { ok: false, error: 'invalid_auth' };
    return { ok: true, url: apiUrl.replace('http', 'ws') };
  }
  if (method === 'users.info') return { ok: true, user: { id: 'U1', team_id: 'T1', name: 'admin', locale: 'en-US' } };
  if (method === 'views.open') return { ok: true, view: { id: 'V1' } };
  return { ok: true };
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const variables = () => ({ DATABASE_URL: test.url, SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: 'xoxb-1' });

it('answers a command that comes through the socket', { timeout: 60_000 }, async () => {
  const program = startProgram({ ...variables(), SLACK_APP_TOKEN: 'xapp-good' });
  try {
    const [socket] = (await once(sockets, 'connection')) as [WebSocket];
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    const acknowledged = once(socket, 'message');
    const payload = {
      ...{ command: '/package', text: 'list', team_id: 'T1', user_id: 'U1', trigger_id: 't1' },
      ...{ response_url: `${apiUrl}respond`, channel_id: 'C1', api_app_id: 'A1', token: 'x' },
    };
    socket.send(JSON.stringify({ type: 'slash_commands', envelope_id: 'E1', payload, accepts_response_payload: true }));
    expect(JSON.parse(String((await acknowledged)[0]))).toMatchObject({ envelope_id: 'E1' });
    while (!calls.some(({ method }) => method === 'views.update')) await once(slack, 'call');
    const drawn = calls.find(({ method }) => method === 'views.update');
    expect(JSON.parse(drawn?.body.get('view') ?? '{}')).toMatchObject({ callback_id: 'list' });
  } finally {
    program.process.kill('SIGINT');
    expect(await program.ended()).toBe(0);
  }
});

it('names an app-level token that Slack does not accept', { timeout: 60_000 }, async () => {
  const program = startProgram({ ...variables(), SLACK_APP_TOKEN: 'xapp-bad' });
  expect(await program.ended()).toBe(1);
  expect(program.output().err).toMatch(/Slack does not accept SLACK_APP_TOKEN, or Socket Mode is not enabled/);
  expect(program.output().err).not.toMatch(/\n\s+at /);
});
