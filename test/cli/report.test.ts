import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization } from '../support/organization.ts';
import { readPdf } from '../support/pdfText.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let test: TestDatabase;
let folder: string;
let operationId: number;

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-report-'));
  const organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  const userIds = await organization.addUsers('ANA');
  const target = { organizationId: organization.id, packageNumber: 1, userIds };
  const { hash } = await countPreflight(test.database.prisma, target);
  const done = await assignPackage(organization.context, {
    ...{ actor: organization.admin, key: randomUUID(), number: 1, userIds, planHash: hash },
    choices: { keepPackage: false, exceptions: [] },
  });
  operationId = done.operationId;
});
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

function report(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const none = { SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '', SLACK_API_URL: '' };
  const env = { PATH: process.env.PATH, INIT_CWD: folder, DATABASE_URL: test.url, ...none };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/report.ts', ...args],
      { cwd: ROOT, env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

it('prints a report again into a file', { timeout: 60_000 }, async () => {
  expect(await report(String(operationId), 'again.pdf')).toEqual({ code: 0, out: 'Wrote again.pdf.\n', err: '' });
  expect(readPdf(await readFile(join(folder, 'again.pdf'))).text).toContain('Person ANA');
});

it.each([
  ['a number of no assignment', ['99999', 'x.pdf'], 1, /^There is no assignment with the number 99999/],

  ['wrong arguments', ['one'], 2, /^Usage: npm run report -- OPERATION FILE/],
] as const)('explains %s', { timeout: 60_000 }, async (_name, args, code, said) => {
  const failed = await report(...args);
  expect(failed).toMatchObject({ code, out: '' });
  expect(failed.err).toMatch(said);
  expect(failed.err).not.toMatch(/\n\s+at /);
});
