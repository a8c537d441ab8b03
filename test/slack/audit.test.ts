import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/engine/core/canonicalJson.ts';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { setPackageState } from '../../src/engine/operations/packageDetails.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { readCsv } from '../export/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let clock = new Date('2026-05-03T10:00:00Z');

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function start(profiles: Parameters<typeof startSlackOrganization>[1] = {}) {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], now: () => clock, ...profiles });
  admin = city.admin;
  const { organization, idOf } = city;
  const context = { database: test.database, now: () => clock };
  const command = () => ({ actor: organization.admin, key: randomUUID() });
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  await organization.addPackage(2, {});
  const userIds = [idOf('ANA'), idOf('BEN')];
  await organization.addRow(idOf('ANA'), 'registry/records', { value: 'view' });
  const { hash } = await countPreflight(test.database.prisma, {
    ...{ organizationId: organization.id, packageNumber: 1, userIds },
  });
  clock = new Date('2026-05-03T10:00:00Z');
  await assignPackage(context, {
    ...{ ...command(), number: 1, userIds, planHash: hash, choices: { keepPackage: true, exceptions: [] } },
  });
  clock = new Date('2026-05-04T10:00:00Z');
  await setPackageState(context, { ...command(), number: 2, state: 'disabled' });
}
beforeEach(() => start());
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** What came with a message of the bot. */
async function download(comment: string): Promise<{ name: string; type: string | null; bytes: Buffer }> {
  const message = await admin.waitForMessage(comment);
  const [file] = message.files as { name: string; url_private_download: string }[];
  const answer = await fetch(String(file?.url_private_download));
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { name: String(file?.name), type: answer.headers.get('content-type'), bytes };
}

describe('the search', () => {
  it('narrows by person, package, kind and days, keeps its filters, and is cleared', async () => {
    await admin.command('/package audit');
    const all = await admin.waitForScreen('(2 records)');
    expect(all).toContain(
      'Person ADMIN (ADMIN) disabled *package:2* Package 2.\n4 May 2026, 12:00 CEST · no. 2  [Details]',
    );
    expect(all).toContain('Person ADMIN (ADMIN) assigned *package:1* Package 1 to 2 people.');
    expect((await admin.suggest('audit_person', '')).at(0)?.label).toBe('Anybody');
    await admin.pick('audit_person', 'ana', 'ANA · Person ANA');
    expect(await admin.waitForScreen('(done by, or concerning, Person ANA)')).toContain('(1 record)');
    await admin.select('audit_from', '2026-05-04');
    await admin.waitForScreen('Nothing was found. Widen the days, or clear the search.');
    await admin.pick('audit_person', '', 'Anybody');
    expect(await admin.waitForScreen('(from 4 May 2026)')).toContain('no. 2  [Details]');
    // An earlier last day takes the first one along
    await admin.select('audit_to', '2026-05-03');
    expect(await admin.waitForScreen('(from 3 May 2026 · up to 3 May 2026)')).toContain('no. 1  [Details]');
    await admin.select('audit_kind', 'Package disabled');
    await admin.waitForScreen('Nothing was found.');
    await admin.pick('audit_package', '2', 'package:2 Package 2');
    await admin.waitForScreen(
      '(about *package:2* Package 2 · “Package disabled” · from 3 May 2026 · up to 3 May 2026)',
    );
    await admin.click('Clear the search');
    await admin.waitForScreen('(Everything that was ever done here.)');
  });

  it('begins with whom or what was typed, and says what can be', async () => {
    await admin.command('/package audit @person.ben');
    expect(await admin.waitForScreen('concerning, Person BEN')).toContain('(1 record)');
    await admin.command('/package audit package:2');
    expect(await admin.waitForScreen('(about *package:2* Package 2)')).toContain('(1 record)');
    await admin.command('/package audit all of it');
    await admin.waitForScreen('Say a person or a package');
  });

  it('pages through what it found', async () => {
    const context = { database: test.database, now: () => clock };
    for (let index = 0; index < 20; index++) {
      const state = index % 2 === 0 ? 'active' : 'disabled';
      await setPackageState(context, { actor: city.organization.admin, key: randomUUID(), number: 2, state });
    }
    await admin.command('/package audit package:2');
    await admin.waitForScreen('1–20 of 21');
    await admin.click('Next ›');
    expect(await admin.waitForScreen('21–21 of 21')).toContain('no. 2  [Details]');
  });
});

describe('a record', () => {
  it('tells before and after, whom it concerns and its place, leads on, and sends its PDF again', async () => {
    await admin.command('/package audit');
    await admin.waitForScreen('(2 records)');
    await admin.click('Details', { nth: 1 });
    const shown = await admin.waitForScreen('*Person ADMIN (ADMIN) assigned package:1 Package 1 to 2 people.*');
    expect(shown).toContain(
      '*After*\n• Permissions written: 3\n• Assigned: 2\n• Keep Package: 1\n• Permissions: Student',
    );
    expect(shown).toContain('*Whom it concerns: 2 people*\n*Person ANA* `ANA` · assigned');
    expect(shown).toContain('• Student Registry · Student records: `view` (a manual grant) → `edit` (REG) (package:1)');
    expect(shown).toContain(':lock: The record is as it was written');
    expect(shown).toMatch(/No\. 1 of the chain · operation \d+ · Record hash `[0-9a-f]{64}`/);
    await admin.click('Send me the PDF');
    await admin.waitForScreen('The PDF comes to you as a direct message.');
    await admin.waitForMessage('Assignment report of *package:1* Package 1 for 2 people.');
    await admin.click('Open the package');
    await admin.waitForScreen('Package 1');
    await admin.close({ all: true });
  });

  it('leads back to the search that found it, and says where it was altered', async () => {
    await admin.command('/package audit package:2');
    await admin.waitForScreen('(1 record)');
    await test.database.pool.query(`ALTER TABLE operations DISABLE TRIGGER USER;
      UPDATE operations SET outcome = '{"members": 9}' WHERE organization_id = ${city.organization.id} AND package_number = 2;
      ALTER TABLE operations ENABLE TRIGGER USER`);
    await admin.click('Details');
    const shown = await admin.waitForScreen(':rotating_light: *This record, or what belongs to it, was altered');
    expect(shown).toContain('*What changed*\n• State: active → disabled');
    await admin.click('‹ Back to the search');
    await admin.waitForScreen('(about *package:2* Package 2)');
  });
});

describe('the file of what was found', () => {
  it('comes as CSV or as JSON lines, of the filters that stand', async () => {
    await admin.command('/package audit package:1');
    await admin.waitForScreen('(1 record)');
    await admin.click('Export CSV');
    await admin.waitForScreen('The file is being made.');
    const csv = await download('Audit trail: 1 record.');
    expect(csv).toMatchObject({ name: 'audit-2026-05-04.csv', type: 'text/csv' });
    expect(readCsv(csv.bytes)).toMatchObject([
      {
        ...{ 'No.': '1', When: '2026-05-03T12:00:00+02:00', 'Personal code': 'ADMIN', Package: '1', People: '2' },
        'What happened': 'Person ADMIN (ADMIN) assigned package:1 Package 1 to 2 people.',
      },
    ]);
    await admin.click('Clear the search');
    await admin.waitForScreen('(2 records)');
    await admin.click('Export JSON lines');
    const { name, bytes } = await download('Audit trail: 2 records.');
    expect(name).toBe('audit-2026-05-04.jsonl');
    const lines = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { seq: 1, action: 'assign_package', actor: { code: 'ADMIN' }, package: 1, people: 2 },
      { seq: 2, action: 'disable_package', before: { state: 'active' }, after: { state: 'disabled' } },
    ]);
    // Whoever has the file can compute the chain themselves
    for (const { hash, package: _number, people: _people, sentence: _sentence, ...sealed } of lines) {
      expect(hashOf(sealed)).toBe(hash);
    }
  });
});

describe('whoever may not view the audit trail', () => {
  it('is told so, and gets nothing by hand-made clicks', async () => {
    const { organization, bench, as, slackIdOf } = city;
    await test.database.prisma.metaPermission.create({
      data: { organizationId: organization.id, userId: city.idOf('ANA'), metaPermission: 'view' },
    });
    const ana = as('ANA');
    await ana.command('/package audit');
    await ana.waitForScreen('view the audit trail');
    await ana.close({ all: true });
    const view = {
      ...{ id: 'V0FORGED', type: 'modal', callback_id: 'audit' },
      private_metadata: JSON.stringify({ userId: null, number: null, kind: null, from: null, to: null, page: 0 }),
    };
    for (const [actionId, value] of [
      ['audit_export_csv', { format: 'csv' }],
      ['audit_send_receipt', { operationId: 1 }],
    ] as const) {
      const answer = await postPayload(bench, clickPayload(slackIdOf('ANA'), { actionId, value, view }));
      expect(answer.status).toBe(200);
      await ana.waitForMessage('view the audit trail');
    }
    expect((await ana.dm()).filter(({ files }) => files.length > 0)).toEqual([]);
  });
});

it('speaks Spanish', async () => {
  await city.bench.stop();
  await start({ profiles: { ADMIN: { locale: 'es-ES' } } });
  await admin.command('/package audit');
  const list = await admin.waitForScreen('Person ADMIN (ADMIN) asignó *package:1* Package 1 a 2 personas.');
  expect(list).toContain('(2 registros)');
  await admin.select('audit_from', '2026-05-04');
  await admin.waitForScreen('(desde el 4 may 2026)');
  await admin.click('Detalles');
  expect(await admin.waitForScreen('*Person ADMIN (ADMIN) desactivó package:2 Package 2.*')).toContain(
    '*Qué cambió*\n• Estado: activo → desactivado',
  );
});
