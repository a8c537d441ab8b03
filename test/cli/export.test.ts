import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../export/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization } from '../support/organization.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let test: TestDatabase;
let folder: string;

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-export-'));
  const { prisma } = test.database;
  const older = await createOrganization(test.database, 'Older City');
  await older.addPackage(1, { 'tickets/open': ['granted'] });
  const [old = 0] = await older.addUsers('OLD');
  await older.addMember(1, old);
  // A workspace's own organization, created last, is none of the local workspace's
  const newest = await createOrganization(test.database, 'New City');
  const bound = await createOrganization(test.database, 'Bound City');
  await prisma.organization.update({ where: { id: bound.id }, data: { slackTeamId: 'T0BOUND' } });
  await newest.addPackage(1, { 'registry/open': ['granted'] });
  await newest.addPackage(2, { 'tickets/open': ['granted'] });
  const codes = Array.from({ length: 3_000 }, (_, index) => `P${10_000 + index}`);
  const users = await prisma.user.createManyAndReturn({
    data: codes.map((code) => ({
      ...{ organizationId: newest.id, code, name: `=Ñandú ${code}`, email: `${code}@test.example` },
      ...{ structureId: newest.structureId, searchText: '' },
    })),
  });
  await prisma.assignment.createMany({
    data: users.map(({ id }) => ({
      organizationId: newest.id,
      packageNumber: 1,
      userId: id,
      state: 'active' as const,
    })),
  });
  await newest.addMember(2, users[0]?.id ?? 0);
  await newest.addRow(users[0]?.id ?? 0, 'tickets/open', { value: 'granted', packageNumber: 2 });
});
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

function environment() {
  const none = { SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '', SLACK_API_URL: '' };
  return { PATH: process.env.PATH, INIT_CWD: folder, DATABASE_URL: test.url, ...none };
}

function exportCsv(...args: string[]): Promise<{ code: number; out: Buffer; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/export.ts', ...args],
      { cwd: ROOT, env: environment(), encoding: 'buffer', maxBuffer: 2 ** 30 },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err: err.toString() }),
    );
  });
}

/** Starts the command with its output in our hands. */
function startExport(...args: string[]): { child: ChildProcess; ended: Promise<number | null>; err: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/export.ts', ...args], {
    ...{ cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  return { child, ended: once(child, 'close').then(([code]) => code as number | null), err: () => err };
}

describe('the command', { timeout: 60_000 }, () => {
  it('writes the statuses of a package to standard output, of the organization that the bot would serve', async () => {
    const { code, out, err } = await exportCsv('statuses', '--package', '1');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = readCsv(out);
    expect(lines).toHaveLength(3_000);
    expect(lines.at(-1)).toMatchObject({ 'Personal code': 'P12999', Name: "'=Ñandú P12999", Badge: 'Not granted' });
  });

  it('writes drift of all packages, and access, into a file beside where it was called', async () => {
    const drift = await exportCsv('drift', '--out', 'drift.csv');
    expect(drift).toMatchObject({ code: 0, out: Buffer.alloc(0), err: 'Wrote drift.csv: 3,000 lines.\n' });
    expect(readCsv(await readFile(join(folder, 'drift.csv')))).toHaveLength(3_000);
    const access = await exportCsv('access', '--out', 'access.csv');
    expect(access).toMatchObject({ code: 0, err: 'Wrote access.csv: 1 line.\n' });
    expect(readCsv(await readFile(join(folder, 'access.csv')))).toMatchObject([
      { 'Personal code': 'P10000', Permission: 'Open the help desk', 'Application usable': 'yes' },
    ]);
  });

  it('ends quietly where whoever reads has seen enough', async () => {
    const { child, ended, err } = startExport('statuses');
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdout?.destroy();
    expect(await ended).toBe(0);
    expect(err()).toBe('');
  });

  it('stops in order when it is interrupted, and says that there is more', async () => {
    const { child, ended, err } = startExport('statuses');
    const stdout = child.stdout as Readable;
    await once(stdout, 'data');
    // Nobody reads, so it cannot have come to its end
    stdout.pause();
    child.kill('SIGINT');
    stdout.resume();
    expect(await ended).toBe(1);
    expect(err()).toBe('Interrupted. What was written is incomplete.\n');
  });

  it.each([
    ['a package that there is not', ['statuses', '--package', '9'], 1, /^There is no package with the number 9\.\n$/],
    ['a file that cannot be written', ['access', '--out', 'no/such/folder.csv'], 1, /^ENOENT: no such file/],
    ['what cannot be exported', ['everything'], 2, /^Usage: npm run -s export -- statuses\|drift\|access/],
    ['a package of access', ['access', '--package', '1'], 2, /^Usage: /],
    ['a package that is no number', ['drift', '--package', 'one'], 2, /^Usage: /],
    ['an unknown option', ['drift', '--packages', '1'], 2, /^Usage: /],
  ] as const)('explains %s', async (_name, args, code, said) => {
    const failed = await exportCsv(...args);
    expect(failed).toMatchObject({ code, out: Buffer.alloc(0) });
    expect(failed.err).toMatch(said);
    expect(failed.err).not.toMatch(/\n\s+at /);
  });
});
