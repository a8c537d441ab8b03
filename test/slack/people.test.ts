import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { sandboxPerson } from '../support/slackBench.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

const OTHERS = [
  sandboxPerson('U0EVA', 'Eva Extern', { email: 'EVA@test.example' }),
  sandboxPerson('U0GUEST', 'Guest', { email: 'ida@test.example', isRestricted: true }),
  sandboxPerson('U0ROBOT', 'Robot', { email: 'joe@test.example', isBot: true }),
  sandboxPerson('U0STRANGER', 'Stranger', { email: 'leo@test.example', teamId: 'T0OTHER' }),
];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function start(profiles: Parameters<typeof startSlackOrganization>[1] = {}) {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN'],
    others: OTHERS,
    now: () => TEST_NOW,
    ...profiles,
  });
  admin = city.admin;
}
beforeEach(() => start());
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Adds people who have no Slack account. */
async function addUnlinked(...codes: string[]): Promise<number[]> {
  const userIds = await city.organization.addUsers(...codes);
  await test.database.prisma.user.updateMany({ where: { id: { in: userIds } }, data: { slackUserId: null } });
  return userIds;
}
const personOf = (code: string) =>
  test.database.prisma.user.findFirstOrThrow({ where: { organizationId: city.organization.id, code } });

describe('the list of people', () => {
  it('is searched with a filter that stays, shows who is odd, and leads to a card and back', async () => {
    await addUnlinked('EVA');
    const more = Array.from({ length: 21 }, (_, index) => `Z${100 + index}`);
    await city.organization.addUsers(...more);
    await admin.command('/package people person z');
    expect(await admin.waitForScreen('1–20 of 21')).toContain('(21 people)');
    await admin.click('Next ›');
    const last = await admin.waitForScreen('21–21 of 21');
    expect(last).toContain('<person z>');
    expect(last).toContain(`*Person Z120* \`Z120\`\nRegistry · z120@test.example · <@U0${city.organization.id}Z120>`);
    await admin.click('Open');
    await admin.waitForScreen('# Person\n*Person Z120* `Z120`');
    await admin.click('‹ All people');
    await admin.waitForScreen('21–21 of 21');
    await admin.fill('people_filter', '');
    await admin.submit();
    await admin.waitForScreen('1–20 of 25');
    await admin.select('people_who', 'unlinked');
    expect(
      await admin.waitForScreen('(1 person)\n*Person EVA* `EVA`\nRegistry · eva@test.example · no Slack account'),
    ).not.toContain('ANA');
    await admin.select('people_who', 'left');
    await admin.waitForScreen('Nobody has left.');
    await admin.fill('people_filter', 'nobody like this');
    await admin.pressEnter('people_filter');
    await admin.waitForScreen('Nothing found for “nobody like this”.');
  });

  it('is reached from the dashboard, and lets who may only look change nothing', async () => {
    const actor = { organizationId: city.organization.id, userId: city.idOf('BEN') };
    await test.database.prisma.metaPermission.create({ data: { ...actor, metaPermission: 'view' } });
    const ben = city.as('BEN');
    await ben.command('/package');
    await ben.waitForScreen('[People]');
    await ben.click('People');
    expect(await ben.waitForScreen('*Person ANA* `ANA`')).not.toContain('New person');
    await ben.click('Open');
    const card = await ben.waitForScreen('# Person\n');
    for (const button of ['Edit', 'Link', 'Unlink', 'Mark', 'Assign', 'Manage', 'Remove']) {
      expect(card).not.toContain(`[${button}`);
    }
    await city.as('ANA').command('/package people');
    await city.as('ANA').waitForScreen('This needs the right to view');
  });
});

describe('the card of a person', () => {
  it('shows packages, access with its sources, rules and why, groups, rights and changes', async () => {
    const { organization, idOf } = city;
    const ana = idOf('ANA');
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addPackage(2, {});
    await organization.addMember(1, ana);
    await organization.addMember(2, ana, 'former');
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    await organization.addProfile('Grader', 'registry/grades', 'enter', ana);
    await organization.addRule('Rota desk', 'tickets/open', 'granted', ana);
    const rights = { organizationId: organization.id, userId: ana, metaPermission: 'approve' };
    await test.database.prisma.metaPermission.create({ data: rights });
    for (const typed of ['ana', '@person.ana']) {
      await admin.command(`/package people ${typed}`);
      await admin.waitForScreen('*Person ANA* `ANA`');
    }
    const overview = await admin.screen();
    expect(overview).toContain(
      `*Structure:* Registry (REG)\n*E-mail:* ana@test.example\n*Slack:* <@${city.slackIdOf('ANA')}>`,
    );
    expect(overview).toContain('*Groups:* Rota\n*Rights here:* approve');
    expect(overview).toContain('Without *Open the registry* (MAIN) Student Registry cannot be used');
    expect(overview).toContain('[Overview] [Packages (1)] [Access (3)] [Profiles and rules (2)] [Recent changes]');
    await admin.click('Packages (1)');
    const packages = await admin.waitForScreen('*package:1* Package 1\n:large_green_circle: Active  [Details]');
    expect(packages).toContain('*package:2* Package 2\n:white_circle: Former  [Details]');
    await admin.click('Details');
    await admin.waitForModal('User details');
    await admin.close();
    await admin.click('Access (3)');
    const access = await admin.waitForScreen('• Student Registry · Grades: `enter` — from profile Grader');
    expect(access).toContain('• Student Registry · Student records: `edit` (REG) — from package:1');
    expect(access).toContain('• Help Desk · Open the help desk `MAIN`: `granted` — from rule Rota desk');
    await admin.click('Profiles and rules (2)');
    const sources = await admin.waitForScreen('• Grader (Student Registry)');
    expect(sources).toContain(
      '• Help Desk · Open the help desk `MAIN`: `granted` — rule Rota desk, because of the group Rota',
    );
    await admin.click('Recent changes');
    await admin.waitForScreen('No change of this person is recorded.');
  });

  it('is made by a form that tells what is wrong beside its field, and edited by it', async () => {
    await admin.command('/package people');
    await admin.waitForScreen('[New person]');
    await admin.click('New person');
    await admin.waitForModal('New person');
    await admin.fill('Personal code', 'ana');
    await admin.fill('Name', 'Eva <Extern>');
    await admin.fill('E-mail', 'eva');
    await admin.pick('structure', 'reg', 'REG · Registry');
    await admin.select('Slack account', 'U0EVA');
    expect((await admin.submit()).errors).toEqual({ email: 'This is no e-mail address.' });
    await admin.fill('E-mail', 'eva@test.example');
    expect((await admin.submit()).errors).toEqual({
      code: 'The code ANA is Person ANA’s. Choose another.',
    });
    await admin.fill('Personal code', 'EVA');
    await admin.submit();
    await admin.waitForScreen('Eva &lt;Extern&gt; was added. Linked to <@U0EVA>.');
    await admin.click('Edit');
    await admin.waitForModal('Edit person');
    await admin.fill('Name', 'Eva Intern');
    await admin.submit();
    await admin.waitForScreen('Saved.\n*Eva Intern* `EVA`');
    await admin.click('Recent changes');
    const changes = await admin.waitForScreen('• *Person edited*\n3 May 2026, 12:00 CEST, by Person ADMIN');
    expect(changes).toMatch(/Person edited[\s\S]+Slack account linked[\s\S]+Person added/);
  });
});

describe('a Slack account', () => {
  it('is found by e-mail or chosen, never a guest’s, an app’s, a stranger’s or somebody else’s', async () => {
    await addUnlinked('EVA');
    await admin.command('/package people EVA');
    await admin.waitForScreen('*Slack:* no account linked');
    for (const [account, words] of [
      ['U0GUEST', 'This account is a guest’s.'],
      ['U0ROBOT', 'This is an app, not a person.'],
      ['U0STRANGER', 'This account is of another workspace.'],
      [city.slackIdOf('ANA'), 'This Slack account belongs to Person ANA (ANA).'],
    ] as const) {
      await admin.click('Link Slack account');
      await admin.waitForModal('Link Slack account');
      await admin.select('Slack account', account);
      await admin.submit();
      await admin.waitForScreen(words);
    }
    expect(await personOf('EVA')).toMatchObject({ slackUserId: null });
    await admin.click('Link Slack account');
    const dialog = await admin.waitForScreen(
      'Slack has an account with the e-mail eva@test.example; it is chosen below.',
    );
    expect(dialog).toContain('Slack account: <U0EVA>');
    await admin.submit();
    await admin.waitForScreen('Linked to <@U0EVA>.');
    await admin.click('Unlink Slack account');
    await admin.waitForScreen('The Slack account was unlinked.');
    expect(await personOf('EVA')).toMatchObject({ slackUserId: null });
    await admin.command('/package people ADMIN');
    await admin.waitForScreen('*Person ADMIN* `ADMIN`');
    await admin.click('Unlink Slack account');
    await admin.waitForScreen('This would leave nobody with a Slack account');
  });

  it('is matched for everybody at once by e-mail, waiting where Slack is busy, after showing what would happen', async () => {
    await city.bench.stop();
    await start({ profiles: { BEN: { isDeactivated: true } } });
    await addUnlinked('EVA', 'IDA', 'JOE', 'LEO');
    await admin.command('/package people');
    await admin.waitForScreen('[Match with Slack]');
    await city.bench.slack.fault({ method: 'users.list', status: 429, retryAfter: 1 });
    await admin.click('Match with Slack');
    const dry = await admin.waitForScreen(':link: *1 person* will be linked:\nPerson EVA');
    expect(dry).toContain(':wave: *1 person* with a Slack account that was deactivated:\nPerson BEN');
    expect(await personOf('EVA')).toMatchObject({ slackUserId: null });
    await admin.select('Deactivated accounts', ['left']);
    await admin.submit();
    await admin.waitForScreen('1 person linked, 1 person marked as left');
    expect(await personOf('EVA')).toMatchObject({ slackUserId: 'U0EVA' });
    expect(await personOf('BEN')).toMatchObject({ leftBecause: 'slack' });
    for (const code of ['IDA', 'JOE', 'LEO']) expect(await personOf(code)).toMatchObject({ slackUserId: null });
    await admin.click('Match with Slack');
    await admin.waitForScreen('Nobody without a Slack account was found by e-mail.\nThere is nothing to do.');
  });

  it('is matched for nobody where somebody was linked meanwhile, or where Slack stays busy', async () => {
    const [eva = 0] = await addUnlinked('EVA');
    await admin.command('/package people');
    await admin.waitForScreen('[Match with Slack]');
    await admin.click('Match with Slack');
    await admin.waitForScreen('will be linked');
    await test.database.prisma.user.update({
      where: { organizationId_id: { organizationId: city.organization.id, id: eva } },
      data: { slackUserId: 'U0GUEST' },
    });
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked, and nobody was linked.');
    await city.bench.slack.fault({ method: 'users.list', status: 429, retryAfter: 60 });
    await admin.click('Match with Slack');
    await admin.waitForScreen('Slack asks us to slow down.');
  });
});

it('speaks Spanish', async () => {
  await city.bench.stop();
  await start({ profiles: { ADMIN: { locale: 'es-ES' } } });
  await admin.command('/package people');
  await admin.waitForScreen('[Persona nueva] [Buscar en Slack] [Actualizar con una lista]');
  await admin.click('Actualizar con una lista');
  await admin.waitForModal('Actualizar personas');
  await admin.fill('people_list', 'Código;Nombre;Correo;Estructura;Baja\nANA;Ana Ruiz;;REG;sí');
  await admin.submit();
  expect(await admin.waitForScreen(':pencil2: Cambian 1 persona')).toContain(
    '• `ANA` Ana Ruiz — nombre: Person ANA → Ana Ruiz; correo: ana@test.example → ninguno; se fue',
  );
  await admin.submit();
  await admin.waitForScreen('Se aplicó la lista.');
  await admin.close();
  await admin.waitForScreen('*Ana Ruiz* `ANA`');
  await admin.command('/package people ANA');
  await admin.waitForScreen(':wave: Se fue, según una lista de personas. Marcado el 3 may 2026');
});
