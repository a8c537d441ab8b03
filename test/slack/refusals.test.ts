import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { sandboxPerson } from '../support/slackBench.ts';
import {
  clickPayload,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;

const GUEST = 'U0GUEST';
const STRANGER = 'U0STRANGER';
const OUTSIDER = 'U0OUTSIDER';

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    name: 'Secret City',
    people: ['ANA'],
    others: [
      sandboxPerson(GUEST, 'Gale Guest', { isRestricted: true }),
      sandboxPerson(STRANGER, 'Stacy Stranger', { teamId: 'T0ELSEWHERE' }),
      sandboxPerson(OUTSIDER, 'Olga Outsider', { locale: 'es-ES' }),
    ],
  });
  await city.organization.addFounder('BOSS');
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
  await city.organization.addMember(1, city.idOf('ANA'));
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const WHO = [
  ['a guest', GUEST, 'T0TEST', 'Guests cannot use it; please ask the person who invited you.'],
  ['a stranger', STRANGER, 'T0ELSEWHERE', 'Quartermaster answers members of its own workspace only.'],
  [
    'somebody outside the directory',
    OUTSIDER,
    'T0TEST',
    'Todavía no está en el directorio de la organización. Pida a <@U0',
  ],
] as const;

/** Nothing of the organization may be in what such a person sees. */
async function expectNothingLeaked(userId: string) {
  const { conversations, modals, home } = await city.bench.slack.as(userId).state();
  const seen = JSON.stringify({ conversations, modals, home });
  for (const secret of ['Secret City', 'Package 1', 'Person ANA', 'Student Registry'])
    expect(seen).not.toContain(secret);
}

describe.each(WHO)('%s', (_who, userId, teamId, words) => {
  it('gets polite words for every subcommand, and nothing else', async () => {
    const person = city.bench.slack.as(userId);
    for (const subcommand of ['', 'me', 'list', 'show 1', 'assign 1 @person.ana', 'status 1 ANA']) {
      await person.command(`/package ${subcommand}`);
      expect(await person.waitForScreen(words)).toMatch(/^# Sorry|^# Lo sentimos/);
      await person.close();
    }
    for (const subcommand of ['help', 'xyz']) {
      await person.command(`/package ${subcommand}`);
      await person.waitForMessage(words);
    }
    await expectNothingLeaked(userId);
  });

  it('sees the same words on App Home and after the shortcut', async () => {
    const person = city.bench.slack.as(userId);
    await person.openHome();
    await person.waitFor(
      ({ home }) => JSON.stringify(home?.view.blocks ?? '').includes(words.slice(0, 30)),
      'the words',
    );
    await person.shortcut('open_quartermaster');
    await person.waitForScreen(words);
    await expectNothingLeaked(userId);
  });

  it('moves nothing by forged clicks, submissions and searches', async () => {
    const person = city.bench.slack.as(userId);
    const clicks: [string, object][] = [
      ['details_open', { number: 1, userId: city.idOf('ANA') }],
      ['package_set_state', { number: 1, state: 'disabled' }],
      ['home_refresh', {}],
      ['set_up', {}],
    ];
    for (const [actionId, value] of clicks) {
      await postPayload(city.bench, clickPayload(userId, { actionId, value, teamId }));
    }
    await person.waitForMessage(words);
    const private_metadata = JSON.stringify({ number: null, key: randomUUID() });
    const view = { id: 'V0FORGED', type: 'modal', callback_id: 'edit_package', private_metadata };
    const values = { name: { package_name: { value: 'Mine now' } } };
    const payload = submissionPayload(userId, view, values);
    const { body } = await postPayload(city.bench, { ...payload, user: { id: userId, team_id: teamId } });
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update' });
    expect(body).toContain(words.slice(0, 20));
    const search = { type: 'block_suggestion', action_id: 'assign_people', block_id: 'people', value: '' };
    const found = await postPayload(city.bench, {
      ...payload,
      ...search,
      user: { id: userId, team_id: teamId },
    });
    expect(JSON.parse(found.body)).toEqual({ options: [] });
    const packages = await test.database.prisma.package.findMany({ where: { organizationId: city.organization.id } });
    expect(packages).toMatchObject([{ number: 1, state: 'active' }]);
    await expectNothingLeaked(userId);
  });
});

describe('an employee without meta-permissions', () => {
  it('moves nothing by forged clicks from a window of their own', async () => {
    const ana = city.as('ANA');
    await ana.command('/package me');
    await ana.waitForModal('My access');
    const { view } = await ana.modal();
    const forged: [string, object][] = [
      ['package_set_state', { number: 1, state: 'disabled' }],
      ['package_open', { number: 1 }],
      ['assignment_remove', { number: 1, userId: city.idOf('ANA') }],
      ['package_tab_active', { number: 1, tab: 'active' }],
    ];
    for (const [actionId, value] of forged) {
      await postPayload(city.bench, clickPayload(ana.userId, { actionId, value, view }));
    }
    await ana.waitForMessage('This needs the right to define packages');
    await ana.waitForMessage('This needs the right to assign packages');
    await ana.waitForScreen('This needs the right to view');
    await city.bench.app.stop();
    expect(await ana.screen()).not.toContain('Package 1');
    const found = await test.database.prisma.package.findFirst({ where: { organizationId: city.organization.id } });
    expect(found).toMatchObject({ state: 'active' });
  });
});
