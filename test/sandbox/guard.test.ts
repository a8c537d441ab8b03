import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '../../src/sandbox/createSandbox.ts';
import { refusalOf } from '../../src/sandbox/guard.ts';
import { type Bench, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

/** Sends a request with headers that fetch would not let through. */
function send(path: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${bench.url}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '{"as":"UADA","tab":"messages"}' : undefined);
  });
}

describe('the guard', () => {
  it('answers localhost names only', async () => {
    expect(await send('/sandbox/workspace', 'GET', {})).toBe(200);
    expect(await send('/sandbox/workspace', 'GET', { host: 'localhost:3000' })).toBe(200);
    expect(await send('/sandbox/workspace', 'GET', { host: 'evil.test' })).toBe(403);
    expect(await send('/api/auth.test', 'POST', { host: '127.0.0.1.evil.test' })).toBe(403);
    expect(await send('/', 'GET', { host: 'evil.test' })).toBe(403);
  });

  it('takes changes from its own origin only', async () => {
    const json = { 'content-type': 'application/json' };
    bench.app.event('app_home_opened', async () => undefined);
    expect(await send('/sandbox/home', 'POST', { ...json, origin: bench.url })).toBe(200);
    expect(await send('/sandbox/home', 'POST', { ...json, origin: 'http://evil.test' })).toBe(403);
    expect(await send('/sandbox/home', 'POST', { ...json, origin: 'null' })).toBe(403);
    expect(await send('/sandbox/home', 'POST', { 'content-type': 'text/plain' })).toBe(415);
  });

  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.5', false],
    ['::ffff:10.0.0.5', false],
  ])('tells whether %s is loopback', (remoteAddress, isAllowed) => {
    const req = { socket: { remoteAddress }, headers: { host: 'localhost' }, method: 'GET' };
    expect(refusalOf(req as never, '/') === undefined).toBe(isAllowed);
  });

  it('leaves every other path alone', async () => {
    const sandbox = createSandbox({ people: [], channels: [], workspace: {}, bot: { userId: 'U' } } as never);
    const req = { url: '/slack/events', headers: {}, method: 'POST' };
    expect(await sandbox.handle(req as never, {} as never)).toBe(false);
  });

  it('serves the page under a strict policy', async () => {
    const page = await fetch(`${bench.url}/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect((await fetch(`${bench.url}/page/..%2fcreateSandbox.ts`)).status).toBe(404);
  });
});
