import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeDraft } from '../../src/engine/operations/drafts.ts';
import type { JsonObject } from '../../src/sandbox/json.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import {
  clickPayload,
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let elsewhere: TestOrganization;
let admin: Driver;
let ana: number;
let records: number;

beforeAll(async () => {
  test = await createTestDatabase();
  elsewhere = await createOrganization(test.database, 'Elsewhere');
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'] });
  admin = city.admin;
  ana = city.idOf('ANA');
  records = city.organization.permissions['registry/records'];
});
afterEach(async () => {
  // Whatever was tried, nothing was written anywhere
  expect(await test.database.prisma.appAuth.count()).toBe(0);
  expect(await test.database.prisma.operation.count()).toBe(0);
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const manageState = (userId: number) => ({ userId, text: '', page: 0, application: null });

/** A window as Slack would describe it, with a state that no screen of ours had. */
function viewOf(callback_id: string, state: object): JsonObject {
  return { id: 'V0FORGED', type: 'modal', callback_id, private_metadata: JSON.stringify(state) };
}

function confirmView(change: object, more: { userId?: number; permissionId?: number; planHash?: string } = {}) {
  const { userId = ana, permissionId = records, planHash = 'f'.repeat(64) } = more;
  const base = manageState(userId);
  return viewOf('confirm_grant', { permissionId, change, key: randomUUID(), planHash, moved: false, base });
}

async function submit(driver: Driver, view: JsonObject, values: JsonObject = {}): Promise<string> {
  const { status, body } = await postPayload(city.bench, submissionPayload(driver.userId, view, values));
  expect(status).toBe(200);
  return body;
}

/** Waits until a person was told the same words this often, and no oftener. */
async function waitForMessages(driver: Driver, words: string, times: number): Promise<void> {
  await driver.waitFor(
    ({ conversations }) =>
      conversations.flatMap(({ messages }) => messages).filter(({ text }) => text.includes(words)).length === times,
    `“${words}” ${times} times`,
  );
}

/** A draft of somebody for Ana's student records. */
async function draftOf(userId: number, change: object = {}): Promise<string> {
  const id = randomUUID();
  const data = {
    userId: ana,
    permissionId: records,
    value: 'edit',
    structures: ['REG'],
    filter: '',
    page: 0,
    ...change,
  };
  await storeDraft(city.organization.context, { organizationId: city.organization.id, userId, id }, 'grant', data);
  return id;
}

describe('a click that no window of ours offers', () => {
  it.each([
    [
      'a person of another organization',
      () => ({ userId: elsewhere.admin.userId, permissionId: records }),
      'There is nobody',
    ],
    [
      'a permission of another organization',
      () => ({ userId: ana, permissionId: elsewhere.permissions['registry/records'] }),
      'This permission is no longer in the catalogue.',
    ],
    [
      'a founder',
      async () => ({ userId: await city.organization.addFounder('BOSS'), permissionId: records }),
      'Person BOSS: Founders have full access; nothing is written for them.',
    ],
  ])('on %s is refused', async (_name, target, words) => {
    const { userId, permissionId } = await target();
    const view = viewOf('manage', manageState(userId));
    const actionIds = ['grant_set', 'grant_disable', 'grant_enable'];
    for (const actionId of actionIds) {
      await postPayload(city.bench, clickPayload(admin.userId, { actionId, value: { permissionId }, view }));
    }
    await waitForMessages(admin, words, actionIds.length);
  });

  it('on the applications of another organization shows none of them', async () => {
    const { id } = await test.database.prisma.application.findFirstOrThrow({ where: { organizationId: elsewhere.id } });
    await admin.command('/package grant ANA');
    await admin.waitForScreen('*Student Registry*');
    const { id: viewId } = await admin.modal();
    const view = { ...viewOf('manage', manageState(ana)), id: viewId };
    await postPayload(city.bench, clickPayload(admin.userId, { actionId: 'manage_application', value: { id }, view }));
    await admin.waitForScreen('This application is no longer in the catalogue.');
  });

  it('by somebody without the right is refused, whatever window it is said to come from', async () => {
    const ben = city.as('BEN');
    const view = viewOf('manage', manageState(ana));
    const draft = await draftOf(city.idOf('BEN'));
    const clicks = [
      { actionId: 'manage_open', value: { userId: ana }, view: undefined },
      { actionId: 'grant_set', value: { permissionId: records }, view },
      { actionId: 'grant_disable', value: { permissionId: records }, view },
      {
        actionId: 'grant_structure_every',
        value: { every: true },
        view: viewOf('grant', { draft, revision: 0, base: manageState(ana) }),
      },
    ];
    for (const { view: from, ...click } of clicks) {
      await postPayload(city.bench, clickPayload(ben.userId, { ...click, ...(from && { view: from }) }));
    }
    await waitForMessages(ben, 'This needs the right to manage permissions', clicks.length);
    const stored = await test.database.prisma.draft.findFirstOrThrow({ where: { id: draft } });
    expect(stored.data).toMatchObject({ structures: ['REG'] });
    for (const screen of [
      confirmView({ kind: 'disable' }),
      confirmView({ kind: 'set', draft, form: 0 }),
      viewOf('grant', { draft, revision: 0, base: manageState(ana) }),
      viewOf('manage', manageState(ana)),
    ]) {
      expect(await submit(ben, screen)).toContain('This needs the right to manage permissions');
    }
  });
});

describe('a submission that no window of ours makes', () => {
  it.each([
    ['a founder', async () => ({ userId: await city.organization.addFounder('BOSS') }), 'Founders have full access'],
    ['a person of another organization', async () => ({ userId: elsewhere.admin.userId }), 'There is nobody'],
    [
      'a permission of another organization',
      async () => ({ permissionId: elsewhere.permissions['registry/records'] }),
      'This permission is no longer in the catalogue.',
    ],
  ])('for %s is refused', async (_name, more, words) => {
    const target = await more();
    expect(await submit(admin, confirmView({ kind: 'disable' }, target))).toContain(words);
    const draft = await draftOf(city.organization.admin.userId, target);
    expect(await submit(admin, confirmView({ kind: 'set', draft, form: 0 }))).toContain(words);
    expect(await submit(admin, viewOf('grant', { draft, revision: 0, base: manageState(ana) }))).toContain(words);
  });

  it('with the draft of somebody else is refused, and leaves it alone', async () => {
    const draft = await draftOf(city.idOf('BEN'));
    const words = 'This window is too old to go on from.';
    expect(await submit(admin, confirmView({ kind: 'set', draft, form: 0 }))).toContain(words);
    const form = viewOf('grant', { draft, revision: 0, base: manageState(ana) });
    expect(await submit(admin, form, { level_1: { grant_level: { selected_option: { value: '2' } } } })).toContain(
      words,
    );
    const stored = await test.database.prisma.draft.findFirstOrThrow({ where: { id: draft } });
    expect(stored.data).toMatchObject({ value: 'edit' });
  });

  it('with a value outside the levels is refused beside the field', async () => {
    const draft = await draftOf(city.organization.admin.userId);
    const form = viewOf('grant', { draft, revision: 0, base: manageState(ana) });
    const body = await submit(admin, form, { level_1: { grant_level: { selected_option: { value: '99' } } } });
    expect(JSON.parse(body)).toEqual({
      response_action: 'errors',
      errors: { level_1: '“99” is not one of the values: view, edit, admin.' },
    });
    const stored = await draftOf(city.organization.admin.userId, { value: 'owner' });
    expect(await submit(admin, confirmView({ kind: 'set', draft: stored, form: 0 }))).toContain(
      '“owner” is not one of the values: view, edit, admin.',
    );
  });

  it('with a structure of nobody, or structures where none are taken, is refused', async () => {
    const nowhere = await draftOf(city.organization.admin.userId, { structures: ['NOPE'] });
    const form = viewOf('grant', { draft: nowhere, revision: 0, base: manageState(ana) });
    expect(await submit(admin, form)).toContain('There is no structure NOPE.');
    const taken = await draftOf(city.organization.admin.userId, {
      ...{ permissionId: city.organization.permissions['registry/open'], value: 'granted' },
    });
    expect(await submit(admin, confirmView({ kind: 'set', draft: taken, form: null }))).toContain(
      'This permission takes no structures.',
    );
  });

  it('with a plan that nobody was shown is shown the situation first', async () => {
    const body = await submit(admin, confirmView({ kind: 'disable' }));
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update', view: { callback_id: 'confirm_grant' } });
    expect(body).toContain('Something changed since you looked');
  });

  it('without a person is asked for one', async () => {
    expect(JSON.parse(await submit(admin, viewOf('grant_person', {})))).toEqual({
      ...{ response_action: 'errors', errors: { manage_person: 'Choose a person.' } },
    });
    const chosen = (value: string) => ({ person: { manage_person: { selected_option: { value } } } });
    expect(await submit(admin, viewOf('grant_person', {}), chosen(String(elsewhere.admin.userId)))).toContain(
      'There is nobody',
    );
  });

  it.each(['', '{', 'null', '{"userId":"x"}'])('with the metadata %s is refused', async (private_metadata) => {
    for (const callback_id of ['manage', 'grant', 'confirm_grant']) {
      const view = { id: 'V0FORGED', type: 'modal', callback_id, private_metadata };
      expect(await submit(admin, view)).toContain('This window is too old to go on from.');
    }
  });
});
