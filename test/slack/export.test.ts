import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCsv } from '../export/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
    now: () => TEST_NOW,
  });
  admin = city.admin;
  const { organization, idOf } = city;
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  await organization.addPackage(2, { 'tickets/open': ['granted'] });
  await organization.addMember(1, idOf('ANA'));
  await organization.addMember(2, idOf('BEN'), 'former');
  await organization.addRow(idOf('ANA'), 'registry/records', { value: 'view', param: 'REG' });
});
afterEach(async () => {
  await city.bench.stop();
});

/** The file that came with a message of the bot, downloaded, once its message is there. */
async function download(person: Driver, comment: string): Promise<{ name: string; lines: Record<string, string>[] }> {
  const message = await person.waitForMessage(comment);
  expect(message).toMatchObject({ isBot: true, channel: (await person.dm())[0]?.channel });
  const [file] = message.files as { name: string; url_private_download: string }[];
  const answer = await fetch(String(file?.url_private_download));
  expect(answer.headers.get('content-type')).toBe('text/csv');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  return { name: String(file?.name), lines: readCsv(bytes) };
}

const noErrors = () => expect(city.bench.errors).toEqual([]);

describe('exporting by a window', () => {
  it('asks what and of which package, closes at once, and sends the file to the person', async () => {
    await admin.command('/package export');
    await admin.waitForModal('Export CSV');
    await admin.select('What to export', 'Statuses');
    await admin.pick('export_package', 'package 1', 'package:1 Package 1');
    expect(await admin.submit()).toMatchObject({ outcome: 'closed' });
    await admin.waitForMessage('The CSV file is being made. It comes to you as a direct message.');
    const { name, lines } = await download(admin, 'Statuses of *package:1* Package 1: 2 lines.');
    expect(name).toBe('package-1-statuses-2026-05-03.csv');
    expect(lines).toMatchObject([
      { Package: '1', 'Personal code': 'ANA', Permission: 'Open the registry', MAIN: 'MAIN', Badge: 'Not granted' },
      {
        Package: '1',
        'Personal code': 'ANA',
        Permission: 'Student records',
        Badge: 'Divergent (Value)',
        Value: 'view',
      },
    ]);
    noErrors();
  });

  it('takes all packages where none is chosen, and says beside the input that access is of everyone', async () => {
    await admin.command('/package export');
    await admin.waitForModal('Export CSV');
    expect((await admin.suggest('export_package', '')).map(({ label }) => label)).toEqual([
      'package:1 Package 1',
      'package:2 Package 2',
    ]);
    await admin.select('What to export', 'Effective access');
    await admin.pick('export_package', '2', 'package:2 Package 2');
    expect(await admin.submit()).toMatchObject({
      outcome: 'errors',
      errors: { package: 'Effective access is of everyone, whatever the package. Leave this empty.' },
    });
    await admin.select('What to export', 'Statuses');
    await admin.select('export_package', null);
    await admin.submit();
    const { name, lines } = await download(admin, 'Statuses of all packages: 3 lines.');
    expect(name).toBe('statuses-2026-05-03.csv');
    expect(lines.map((line) => line.Package)).toEqual(['1', '1', '2']);
    noErrors();
  });
});

describe('exporting by words', () => {
  it.each([
    ['statuses 1', 'Statuses of *package:1* Package 1: 2 lines.', 'package-1-statuses-2026-05-03.csv'],
    ['drift package 1', 'Drift of *package:1* Package 1: 2 lines.', 'package-1-drift-2026-05-03.csv'],
    ['DRIFT', 'Drift of all packages: 2 lines.', 'drift-2026-05-03.csv'],
    ['access', 'Effective access in Test City: 1 line.', 'access-2026-05-03.csv'],
  ])('answers “%s” privately at once, and sends the file', async (typed, comment, name) => {
    await admin.command(`/package export ${typed}`);
    const { isEphemeral } = await admin.waitForMessage('It comes to you as a direct message.');
    expect(isEphemeral).toBe(true);
    expect(await admin.stack()).toEqual([]);
    expect((await download(admin, comment)).name).toBe(name);
    noErrors();
  });

  it.each([
    ['everything', 'Please write `/package export [statuses|drift|access] [number]`.'],
    ['access 1', 'Please write `/package export [statuses|drift|access] [number]`.'],
    ['statuses 9', 'There is no package “9”.'],
  ])('explains what is wrong with “%s”', async (typed, said) => {
    await admin.command(`/package export ${typed}`);
    expect((await admin.waitForMessage(said)).isEphemeral).toBe(true);
    noErrors();
  });

  it('speaks the language of the person, in the file too', async () => {
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('EVA'), metaPermission: 'view' },
    });
    const eva = city.as('EVA');
    await eva.command('/package export drift 1');
    const { name, lines } = await download(eva, 'Desviaciones de *package:1* Package 1: 2 líneas.');
    expect(name).toBe('package-1-desviaciones-2026-05-03.csv');
    expect(lines[0]).toMatchObject({ Estado: 'No concedido', Desviación: 'desviación de acceso', Aceptada: 'no' });
    noErrors();
  });
});

describe('the button of the package screen', () => {
  it('exports the statuses of that package and says so on the screen', async () => {
    await admin.command('/package show 2');
    await admin.waitForScreen('## Package 2');
    await admin.click('Export CSV');
    const screen = await admin.waitForScreen('The CSV file is being made. It comes to you as a direct message.');
    expect(screen).toContain('## Package 2');
    const { lines } = await download(admin, 'Statuses of *package:2* Package 2: 1 line.');
    expect(lines).toMatchObject([{ 'Personal code': 'BEN', Badge: 'Disabled Assignment', Syncable: 'no' }]);
    noErrors();
  });

  it('leaves the window free while the file is being made, and makes no second one meanwhile', async () => {
    const holder = await test.database.pool.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE app_auth IN ACCESS EXCLUSIVE MODE');
      await admin.command('/package show 1');
      await admin.waitForScreen('## Package 1');
      await admin.click('Export CSV');
      await admin.waitForScreen('The CSV file is being made.');
      await admin.click('Export CSV');
      await admin.waitForScreen('This export is being made already.');
      await admin.click('Edit');
      await admin.waitForModal('Edit package');
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    await download(admin, 'Statuses of *package:1* Package 1: 2 lines.');
    expect((await admin.dm()).flatMap(({ files }) => files)).toHaveLength(1);
    noErrors();
  });
});

describe('an export that may not be made, or fails', () => {
  it('is refused to whoever may not view, by words and by a forged click', async () => {
    const ana = city.as('ANA');
    await ana.command('/package export statuses 1');
    await ana.waitForMessage('This needs the right to view, which you do not have.');
    const click = { actionId: 'export_statuses', value: { number: 1 } };
    await postPayload(city.bench, clickPayload(city.slackIdOf('ANA'), click));
    await ana.waitFor(({ conversations }) => {
      const said = conversations
        .flatMap(({ messages }) => messages)
        .filter(({ text }) => text.includes('the right to view'));
      return said.length === 2;
    }, 'a second refusal');
    expect(JSON.stringify(await city.bench.slack.calls())).not.toContain('files.');
    noErrors();
  });

  it('tells the person when Slack does not take the file, and can be tried again', async () => {
    await city.bench.slack.fault({ method: 'files.completeUploadExternal', error: 'internal_error', times: 2 });
    await admin.command('/package export statuses 1');
    const { text } = await admin.waitForMessage('`package-1-statuses-2026-05-03.csv`: Something went wrong');
    const reference = /reference: `(\w{8})`/.exec(text)?.[1] ?? '?';
    expect(city.bench.errors.join()).toContain(`Reference ${reference}`);
    await city.bench.slack.clearFaults();
    await admin.command('/package export statuses 1');
    await download(admin, 'Statuses of *package:1* Package 1: 2 lines.');
  });
});
