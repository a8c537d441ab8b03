import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { StartupError } from '../../src/database/startupError.ts';
import { createReadiness } from '../../src/http/health.ts';
import { type Routes, route } from '../../src/http/routes.ts';
import { type HttpServer, listen } from '../../src/http/server.ts';
import { createTestDatabase } from '../support/database.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

async function serve(routes: Routes, errors: unknown[] = []) {
  server = await listen(
    { host: '127.0.0.1', port: 0 },
    (req, res) => route(routes, req, res),
    (error) => errors.push(error),
  );
  const address = `http://127.0.0.1:${server.port}`;
  return async (path: string, method = 'GET') => {
    const answer = await fetch(`${address}${path}`, { method });
    return { status: answer.status, body: await answer.text() };
  };
}

describe('health', () => {
  it('is good as soon as the process answers', async () => {
    const get = await serve({});
    expect(await get('/healthz')).toEqual({ status: 200, body: '{"status":"ok"}' });
  });

  it('is not readiness: what is not there yet answers 503, what never will be 404', async () => {
    const get = await serve({});
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/slack/events', 'POST')).status).toBe(503);
    expect((await get('/elsewhere')).status).toBe(404);
  });

  it('is ready while database and Slack answer, and names what does not, once its good word is old', async () => {
    const test = await createTestDatabase();
    let now = Date.now();
    const checks = { database: () => test.database.pool.query('SELECT 1'), slack: async () => 'fine' };
    const get = await serve({ ready: createReadiness(checks, () => new Date(now)) });
    expect(await get('/readyz')).toEqual({ status: 200, body: '{"database":"ok","slack":"ok"}' });
    await test.drop();
    expect((await get('/readyz')).status).toBe(200);
    now += 16_000;
    const gone = await get('/readyz?probe=1');
    expect(gone.status).toBe(503);
    const { database, slack } = JSON.parse(gone.body) as Record<string, string>;
    expect(slack).toBe('ok');
    expect(database).not.toBe('ok');
  });

  it('asks again at once after a failure', async () => {
    let isDown = true;
    const check = async () => {
      if (isDown) throw new Error('down');
    };
    const get = await serve({ ready: createReadiness({ slack: check }, () => new Date()) });
    expect(await get('/readyz')).toEqual({ status: 503, body: '{"slack":"down"}' });
    isDown = false;
    expect((await get('/readyz')).status).toBe(200);
  });
});

describe('the server', () => {
  it('says which port is in use and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const taken = listen(
      { host: '127.0.0.1', port },
      () => undefined,
      () => undefined,
    );
    await expect(taken).rejects.toThrow(StartupError);
    await expect(taken).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use. Stop the other program, or set PORT`);
    await new Promise((resolve) => other.close(resolve));
  });

  it('answers 500 where a handler fails, and goes on', async () => {
    const errors: unknown[] = [];
    const page = async () => {
      throw new Error('broken');
    };
    const get = await serve({ page }, errors);
    expect((await get('/')).status).toBe(500);
    expect(errors).toMatchObject([{ message: 'broken' }]);
    expect((await get('/healthz')).status).toBe(200);
  });
});
