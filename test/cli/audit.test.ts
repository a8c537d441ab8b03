import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { setPackageState } from '../../src/engine/operations/packageDetails.ts';
import { findAssignmentRecord } from '../../src/engine/readModels/assignmentReport.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { assignmentPdf } from '../../src/slack/notify/assignmentReport.ts';
import { checkReceipt } from '../../src/slack/notify/checkReceipt.ts';
import { readCsv } from '../export/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let test: TestDatabase;
let folder: string;
let city: TestOrganization;
let operationId: number;

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-audit-'));
  city = await createOrganization(test.database, 'Ciudad (Ñ)');
  await test.database.prisma.organization.update({ where: { id: city.id }, data: { locale: 'es' } });
  await city.addPackage(1, { 'registry/open': ['granted'] });
  const userIds = await city.addUsers('ANA');
  const { hash } = await countPreflight(test.database.prisma, { organizationId: city.id, packageNumber: 1, userIds });
  const done = await assignPackage(city.context, {
    ...{ actor: city.admin, key: randomUUID(), number: 1, userIds, planHash: hash },
    choices: { keepPackage: false, exceptions: [] },
  });
  operationId = done.operationId;
  await setPackageState(city.context, { actor: city.admin, key: randomUUID(), number: 1, state: 'disabled' });
  const record = await findAssignmentRecord(city.context, city.id, operationId);
  if (!record) throw new Error('There is no assignment');
  await pipeline(assignmentPdf(record), createWriteStream(join(folder, 'receipt.pdf')));
});
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

function cli(program: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const none = { SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '', SLACK_API_URL: '' };
  const env = { PATH: process.env.PATH, INIT_CWD: folder, DATABASE_URL: test.url, ...none };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', `src/cli/${program}.ts`, ...args],
      { cwd: ROOT, env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

/** Changes what the guards protect while `work` runs. */
async function tampered<T>(change: string, back: string, work: () => Promise<T>): Promise<T> {
  const unguarded = (sql: string) =>
    test.database.pool.query(
      `ALTER TABLE operations DISABLE TRIGGER USER; ${sql}; ALTER TABLE operations ENABLE TRIGGER USER`,
    );
  await unguarded(change);
  try {
    return await work();
  } finally {
    await unguarded(back);
  }
}
const renamePlan = (from: string, to: string) =>
  `UPDATE operations SET outcome = replace(outcome::text, '"written": ${from}', '"written": ${to}')::jsonb WHERE id = ${operationId}`;

describe('audit:verify', { timeout: 60_000 }, () => {
  it('says how many records fit and which is the last, and misses one that was kept elsewhere', async () => {
    const cut = await cli('auditVerify', '--last', `3:${'a'.repeat(64)}`);
    expect(cut).toMatchObject({ code: 1, err: '' });
    expect(cut.out).toMatch(/^Ciudad \(Ñ\): 2 records checked, and every one fits\. Last: 2:[0-9a-f]{64}\n/);
    expect(cut.out).toContain('NO TRAIL HAS THE RECORD 3 WITH THE HASH aaa');
    const last = /Last: (\S+)/.exec(cut.out)?.[1] ?? '';
    expect(await cli('auditVerify', '--last', last)).toMatchObject({ code: 0 });
  });

  it('names the first record that does not fit', async () => {
    const broken = await tampered(renamePlan('1', '7'), renamePlan('7', '1'), () => cli('auditVerify'));
    expect(broken).toMatchObject({ code: 1, err: '' });
    expect(broken.out).toMatch(/^Ciudad \(Ñ\): THE RECORD 1 DOES NOT FIT: .+ 0 records before it fit\.\n$/);
  });
});

describe('audit:export', { timeout: 60_000 }, () => {
  it('writes CSV in the language of the organization, and JSON lines, of what is asked for', async () => {
    const csv = await cli('auditExport', '--person', 'ana');
    expect(csv).toMatchObject({ code: 0, err: '' });
    expect(readCsv(Buffer.from(csv.out))).toMatchObject([
      { 'N.º': '1', 'Qué pasó': 'Person ADMIN (ADMIN) asignó package:1 Package 1 a Person ANA (ANA).' },
    ]);
    const json = await cli(
      ...(['auditExport', '--format', 'jsonl', '--package', 'package:1', '--kind', 'disable_package'] as const),
      ...['--from', '2026-05-03', '--to', '2026-05-03T12:00:01+02:00'],
    );
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({ seq: 2, action: 'disable_package' });
  });
});

it('explains what is wrong with what was asked', { timeout: 60_000 }, async () => {
  const asked = [
    [['auditExport', '--person', 'NOBODY'], 1, 'There is nobody with the personal code NOBODY.'],
    [['auditExport', '--from', '3 May'], 2, 'Usage: npm run -s audit:export'],
    [['auditVerify', '--last', 'x'], 2, 'Usage: npm run -s audit:verify'],
    [['verify', 'missing.pdf'], 2, 'missing.pdf does not exist.'],
    [['verify'], 2, 'Usage: npm run -s verify'],
  ] as const;
  const answers = await Promise.all(asked.map(([[program, ...args]]) => cli(program, ...args)));
  for (const [index, [, code, said]] of asked.entries()) {
    expect(answers[index]).toMatchObject({ code, out: '', err: expect.stringContaining(said) });
  }
});

describe('verify', { timeout: 60_000 }, () => {
  async function verdictOn(bytes: Uint8Array) {
    const path = join(folder, `${randomUUID()}.pdf`);
    await writeFile(path, bytes);
    const file = await open(path);
    try {
      const { kind, ...verdict } = await checkReceipt(city.context, file);
      return 'at' in verdict ? [kind, verdict.at] : [kind];
    } finally {
      await file.close();
    }
  }

  it('finds a receipt genuine that is the same to the byte, and names what is wrong with any other', async () => {
    const bytes = await readFile(join(folder, 'receipt.pdf'));
    const replaced = (what: string, by: string) => Buffer.from(bytes.toString('latin1').replaceAll(what, by), 'latin1');
    const [, plan = '', hash = ''] = /([0-9a-f]{64}); \D+ \d+ ([0-9a-f]{64})</.exec(bytes.toString('latin1')) ?? [];
    expect(await verdictOn(bytes)).toEqual(['genuine']);
    const altered = Buffer.from(bytes);
    altered[500] = (altered[500] ?? 0) ^ 1;
    expect(await verdictOn(altered)).toEqual(['differs', 500]);
    expect(await verdictOn(Buffer.concat([bytes, Buffer.from('\n')]))).toEqual(['differs', bytes.length]);
    expect(await verdictOn(bytes.subarray(0, -1))).toEqual(['differs', bytes.length - 1]);
    expect(await verdictOn(replaced(plan, 'e'.repeat(64)))).toEqual(['other_plan']);
    expect(await verdictOn(replaced(hash, 'f'.repeat(64)))).toEqual(['unknown']);
    expect(await verdictOn(replaced('>Quartermaster<', '>Quatermaster <'))).toEqual(['no_receipt']);
    expect(await verdictOn(Buffer.from('%PDF-1.7 of somebody else'))).toEqual(['no_receipt']);
    expect(await verdictOn(Buffer.alloc(0))).toEqual(['no_receipt']);
  });

  it('does not trust a trail that was altered there', async () => {
    const bytes = await readFile(join(folder, 'receipt.pdf'));
    const broken = tampered(renamePlan('1', '7'), renamePlan('7', '1'), () => verdictOn(bytes));
    expect(await broken).toEqual(['trail_broken']);
  });

  it('tells it by its exit code', async () => {
    await writeFile(join(folder, 'other.pdf'), '%PDF-1.7');
    const [genuine, other] = await Promise.all([cli('verify', 'receipt.pdf'), cli('verify', 'other.pdf')]);
    expect(genuine).toMatchObject({ code: 0, err: '' });
    expect(genuine.out).toContain(
      `receipt.pdf: genuine. Operation ${operationId}, record 1, 2026-05-03T10:00:00.000Z: package:1 Package 1`,
    );
    expect(other).toMatchObject({ code: 1, out: expect.stringContaining('NOT A RECEIPT') });
  });
});
