import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/database/embeddedPostgres.ts';
import { validFile } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

let test: TestDatabase;
let folder: string;

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-import-'));
  await writeFile(join(folder, 'good.json'), JSON.stringify(validFile()));
  await writeFile(join(folder, 'bad.json'), JSON.stringify({ ...validFile(), users: [], rules: {} }));
});

afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command as npm does, called from the folder of the files. */
function command(
  args: readonly string[],
  environment: Record<string, string> = { DATABASE_URL: test.url },
  input = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/import.ts', ...args], {
    cwd: ROOT,
    // Empty settings win over those of a developer's own .env
    env: { PATH, INIT_CWD: folder, SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '', ...environment },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

it('imports a file, and says what it did', { timeout: 60_000 }, async () => {
  const first = await command(['good.json']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('Imported Port Town.');
  expect(first.out).toMatch(/^authorizations +4 +0 +0$/m);
  const second = await command(['-'], undefined, JSON.stringify(validFile()));
  expect(second).toMatchObject({ code: 0, err: '' });
  expect(second.out).toMatch(/^authorizations +0 +0 +4$/m);
  expect(second.out).toContain('Nothing changed.');
});

it('tells each problem on its line', { timeout: 60_000 }, async () => {
  const { code, out, err } = await command(['bad.json']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  const lines = err.trimEnd().split('\n');
  expect(lines[0]).toBe('groups[0].members[0]: no user "P2"');
  expect(lines).toContain('rules: should be a list');
  expect(lines.at(-1)).toMatch(/^Nothing was imported: the file has \d+ problems\.$/);
  expect(err).not.toMatch(/^\s+at /m);
});

it.each([
  ['a file that is not there', ['nope.json'], 1, 'nope.json does not exist.\n'],
  ['a folder', ['.'], 1, '. is a folder, not a file.\n'],
  ['no file', [], 2, 'Usage: npm run import -- FILE'],
  ['an unknown option', ['--fast', 'good.json'], 2, 'Usage: npm run import -- FILE'],
])('explains %s', { timeout: 60_000 }, async (_, args, code, err) => {
  expect(await command(args)).toMatchObject({ code, out: '', err: expect.stringContaining(err) });
});

it('imports into the organization of the workspace of the bot’s token', { timeout: 60_000 }, async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, team_id: 'T77', team: 'Town', user_id: 'U0BOT', bot_id: 'B1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const slack = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
    };
    expect(await command(['good.json'], { DATABASE_URL: test.url, ...slack })).toMatchObject({ code: 0, err: '' });
  } finally {
    server.close();
  }
  const { rows } = await test.database.pool.query(`SELECT name FROM organizations WHERE slack_team_id = 'T77'`);
  expect(rows).toEqual([{ name: 'Port Town' }]);
});

it('stops the embedded server at its end, unless the bot is connected to it', { timeout: 120_000 }, async () => {
  const dataDir = join(folder, 'data');
  expect(await command(['good.json'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    const bot = new pg.Client(server.urlOf('quartermaster'));
    await bot.connect();
    expect(await command(['good.json'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    expect((await bot.query('SELECT name FROM organizations')).rows).toEqual([{ name: 'Port Town' }]);
    await bot.end();
    expect(await command(['good.json'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    const late = new pg.Client(server.urlOf('quartermaster'));
    await expect(late.connect()).rejects.toThrow(/ECONNREFUSED/);
  } finally {
    await server.stop();
    if (!server.directory.startsWith(folder)) await rm(join(server.directory, '..'), { recursive: true, force: true });
  }
});
