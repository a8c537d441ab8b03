import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let test: TestDatabase;
let organization: TestOrganization;
let folder: string;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  await organization.addUsers('ANA');
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-people-'));
  await writeFile(
    join(folder, 'people.csv'),
    'code;name;email;structure;left\nANA;Ana Ruiz;ana@test.example;REG;yes\nNEW;New One;;REG;',
  );
  await writeFile(join(folder, 'bad.csv'), 'code;name;email;structure\nANA;;ana;NOPE');
});
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command as npm does, called from the folder of the files. */
function command(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { PATH = '' } = process.env;
  const settings = { SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '', DATABASE_URL: test.url };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/people.ts', ...args], {
    cwd: ROOT,
    env: { PATH, INIT_CWD: folder, ...settings },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
const people = () =>
  test.database.prisma.user.findMany({ where: { organizationId: organization.id }, orderBy: { code: 'asc' } });

it('tells what would change, then changes it, and nothing the second time', { timeout: 60_000 }, async () => {
  const dry = await command('people.csv', '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toContain('ANA: name Person ANA → Ana Ruiz; left\nNEW: new, New One, REG\n');
  expect(dry.out).toContain('Dry run: nothing was changed.');
  expect(await people()).toMatchObject([{ code: 'ADMIN' }, { code: 'ANA', name: 'Person ANA', leftAt: null }]);
  const done = await command('people.csv');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toMatch(
    /^created +1\nchanged +1\nleft +1\nreturned +0\nunchanged +0\n\nRecorded as operation \d+\.\n$/,
  );
  expect(await people()).toMatchObject([
    { code: 'ADMIN' },
    { name: 'Ana Ruiz', leftBecause: 'import' },
    { code: 'NEW' },
  ]);
  expect(await test.database.prisma.auditRecord.findMany()).toMatchObject([{ action: 'update_people', actor: null }]);
  expect((await command('people.csv')).out).toMatch(/unchanged +2\n\nNothing changed\.\n$/);
});

it('tells every problem on its line', { timeout: 60_000 }, async () => {
  const before = await people();
  const { code, out, err } = await command('bad.csv');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.trimEnd().split('\n')).toEqual([
    'Line 2, name: is empty.',
    'Line 2, e-mail: “ana” is no e-mail address.',
    'Line 2, structure: there is no structure “NOPE”.',
    'Nothing was changed: the file has 3 problems.',
  ]);
  expect(await people()).toEqual(before);
});

it.each([
  ['a file that is not there', ['nope.csv'], 1, 'nope.csv does not exist.\n'],
  ['no file', [], 2, 'Usage: npm run people -- FILE'],
  ['an unknown option', ['--fast', 'people.csv'], 2, 'Usage: npm run people -- FILE'],
])('explains %s', { timeout: 60_000 }, async (_, args, code, err) => {
  expect(await command(...args)).toMatchObject({ code, out: '', err: expect.stringContaining(err) });
});
