import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { createAttachments, isSlacks, MAX_FILE_BYTES } from '../../../src/slack/kit/attachments.ts';

let close: () => Promise<unknown> = async () => undefined;
afterEach(() => close());

/** What a file's address answers, and the tokens that it was asked with. */
async function serve(answer: RequestListener) {
  const tokens: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    tokens.push(req.headers.authorization);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const logged: unknown[] = [];
  const attachments = createAttachments({
    ...{ client: new WebClient('xoxb-1', { slackApiUrl: `${origin}/api/`, retryConfig: { retries: 0 } }) },
    ...{ botToken: 'xoxb-1', apiUrl: `${origin}/api/`, log: (error: unknown) => void logged.push(error) },
  });
  const read = (url: string | null, size: number | null = null) =>
    attachments.readText({ id: 'F1', name: 'list.csv', size, url });
  return { origin, tokens, logged, read };
}

it.each([
  ['https://files.slack.com/files-pri/T1-F1/list.csv', true],
  ['https://slack.com/list.csv', true],
  ['https://files.slack-gov.com/list.csv', true],
  ['http://files.slack.com/list.csv', false],
  ['https://files.slack.com:8443/list.csv', false],
  ['https://slack.com.example.com/list.csv', false],
  ['https://notslack.com/list.csv', false],
  ['https://files.slack.com@example.com/list.csv', false],
  ['https://bot@files.slack.com/list.csv', false],
  ['http://127.0.0.1:3000/files/F1', false],
  ['not an address', false],
])('trusts %s with the token: %s', (address, trusted) => {
  expect(isSlacks(address, undefined)).toBe(trusted);
});

it('trusts the configured Web API’s origin, and no other of that host', () => {
  expect(isSlacks('http://127.0.0.1:3000/files/F1', 'http://127.0.0.1:3000/api/')).toBe(true);
  expect(isSlacks('http://127.0.0.1:3001/files/F1', 'http://127.0.0.1:3000/api/')).toBe(false);
});

it('reads text with the token, without its byte order mark', async () => {
  const { origin, tokens, read } = await serve((_req, res) => res.end('\uFEFFP1\nMuñoz'));
  expect(await read(`${origin}/files/F1`)).toBe('P1\nMuñoz');
  expect(tokens).toEqual(['Bearer xoxb-1']);
});

it('asks where the file is, where that is not told', async () => {
  const { origin, read } = await serve((req, res) => {
    const file = { url_private: `${origin}/files/F1` };
    res.setHeader('content-type', 'application/json');
    res.end(req.url === '/api/files.info' ? JSON.stringify({ ok: true, file }) : 'P1');
  });
  expect(await read(null)).toBe('P1');
});

it('sends the token to nobody else, wherever a file is said to be, or leads to', async () => {
  const elsewhere: string[] = [];
  const { origin, logged, read } = await serve((req, res) => {
    elsewhere.push(String(req.url));
    res.writeHead(302, { location: `${origin}/other` }).end();
  });
  await expect(read(`${origin.replace('127.0.0.1', 'localhost')}/files/F1`)).rejects.toMatchObject({
    problem: 'unreadable',
  });
  expect(elsewhere).toEqual([]);
  // Slack leads to its sign-in page who may not read files
  await expect(read(`${origin}/files/F1`)).rejects.toMatchObject({ problem: 'noScope' });
  expect(elsewhere).toEqual(['/files/F1']);
  expect(JSON.stringify(logged.map(String))).not.toContain('xoxb-1');
  expect(logged).toHaveLength(2);
});

it.each<[string, RequestListener, string]>([
  ['a sign-in page', (_req, res) => res.setHeader('content-type', 'text/html; charset=utf-8').end('<html>'), 'noScope'],
  ['a failure', (_req, res) => res.writeHead(500).end('no'), 'unreadable'],
  ['a broken connection', (_req, res) => res.destroy(), 'unreadable'],
  ['more than is taken', (_req, res) => res.end(Buffer.alloc(MAX_FILE_BYTES + 1, 'x')), 'tooLarge'],
  ['Latin 1', (_req, res) => res.end(Buffer.from('Mu\u00f1oz', 'latin1')), 'notText'],
  ['a spreadsheet', (_req, res) => res.end(Buffer.from('PK\u0003\u0004\0\0')), 'notText'],
])('tells %s', async (_what, answer, problem) => {
  const { origin, read } = await serve(answer);
  await expect(read(`${origin}/files/F1`)).rejects.toMatchObject({ problem });
});

it('does not begin to fetch what is said to be too large', async () => {
  const { origin, tokens, read } = await serve((_req, res) => res.end('P1'));
  await expect(read(`${origin}/files/F1`, MAX_FILE_BYTES + 1)).rejects.toMatchObject({ problem: 'tooLarge' });
  expect(tokens).toEqual([]);
});
