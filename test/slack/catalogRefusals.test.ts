import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { permissionHash } from '../../src/engine/core/catalogEntry.ts';
import { storeDraft } from '../../src/engine/operations/drafts.ts';
import type { JsonObject } from '../../src/sandbox/json.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import {
  clickPayload,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let elsewhere: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  elsewhere = await createOrganization(test.database, 'Elsewhere');
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['CATO', 'ANA'] });
  await allow('CATO', 'manage_catalog');
  await allow('ANA', 'view');
});
afterEach(async () => {
  // Whatever was tried, nothing was written
  expect(await test.database.prisma.operation.count({ where: { organizationId: city.organization.id } })).toBe(0);
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function allow(code: string, metaPermission: string) {
  const organizationId = city.organization.id;
  await test.database.prisma.metaPermission.create({
    data: { organizationId, userId: city.idOf(code), metaPermission },
  });
}

const base = { tab: 'applications', text: '', page: 0, application: null };

/** A window as Slack would describe it, with a state that no screen of ours had. */
function viewOf(callback_id: string, state: object): JsonObject {
  return { id: 'V0FORGED', type: 'modal', callback_id, private_metadata: JSON.stringify(state) };
}

const catalog = (state: object = base) => viewOf('catalog', state);

async function submit(code: string, view: JsonObject, values: JsonObject = {}): Promise<string> {
  const { status, body } = await postPayload(city.bench, submissionPayload(city.slackIdOf(code), view, values));
  expect(status).toBe(200);
  return body;
}

/** What somebody is told after a click that no client of theirs would send. */
async function click(code: string, actionId: string, value: object | string, words: string, view = catalog()) {
  const payload = clickPayload(city.slackIdOf(code), { actionId, value: {}, view });
  const [action] = payload.actions as JsonObject[];
  const carried = typeof value === 'string' ? { selected_option: { value } } : { value: JSON.stringify(value) };
  await postPayload(city.bench, { ...payload, actions: [{ ...action, ...carried }] });
  await city.as(code).waitForMessage(words);
}

/** A form of somebody, as it stands on the server. */
async function draftOf(code: string, data: object): Promise<JsonObject> {
  const id = randomUUID();
  const { organization } = city;
  const key = { organizationId: organization.id, userId: city.idOf(code), id };
  await storeDraft(organization.context, key, 'catalog_form', data);
  return viewOf('catalog_form', { draft: id, revision: 0, blocked: false, base });
}

const needs = 'This needs the right to manage the catalogue, which you do not have.';

it('refuses who may only look, whatever they click or submit', async () => {
  const { organization } = city;
  const { id: permissionId } = { id: organization.permissions['registry/open'] };
  await click('ANA', 'catalog_new', { kind: 'application', parent: null }, needs);
  const form = await draftOf('ANA', { kind: 'new_application', key: '', name: '', entryKey: '', entryName: '' });
  const values = { name: { catalog_name: { value: 'Library' } }, key: { catalog_key: { value: 'lib' } } };
  expect(await submit('ANA', form, values)).toContain(needs);
  const retire = { kind: 'permission', id: permissionId, action: 'retire', key: randomUUID(), base };
  expect(await submit('ANA', viewOf('catalog_retire', retire))).toContain(needs);
  expect(await test.database.prisma.application.count({ where: { key: 'lib' } })).toBe(0);
});

it('refuses what is of another organization, as if it were not there', async () => {
  const permissionId = elsewhere.permissions['registry/records'];
  const { applicationId } = await test.database.prisma.permission.findFirstOrThrow({ where: { id: permissionId } });
  await click('CATO', 'catalog_menu_permission_1', `edit:permission:${permissionId}`, 'no longer in the catalogue');
  const messages = (await city.as('CATO').dm()).length;
  await click('CATO', 'catalog_menu_permission_1', `uses:permission:${permissionId}`, 'no longer in the catalogue');
  await city
    .as('CATO')
    .waitFor(
      ({ conversations }) => conversations.flatMap((each) => each.messages).length > messages,
      'a second refusal',
    );
  const retire = { kind: 'application', id: applicationId, action: 'retire', key: randomUUID(), base };
  expect(await submit('CATO', viewOf('catalog_retire', retire))).toContain('no longer in the catalogue');
  const terms = { name: 'X', levels: 'granted', scope: 'none', main: false };
  const shown = permissionHash(null, null);
  const form = await draftOf('CATO', { kind: 'new_permission', applicationId, shown, key: 'x', ...terms });
  const values = { name: { catalog_name: { value: 'X' } }, key: { catalog_key: { value: 'x' } } };
  expect(await submit('CATO', form, values)).toContain('no longer in the catalogue');
  const moved = await draftOf('CATO', { kind: 'new_structure', key: 'NEW', name: 'New', parentId: null });
  const parent = { selected_option: { value: String(elsewhere.structureId) } };
  const placed = { ...values, parent: { catalog_parent: parent }, key: { catalog_key: { value: 'NEW' } } };
  expect(await submit('CATO', moved, placed)).toContain('This structure is no longer there. Choose another.');
  for (const value of ['*', '-1', '1e3', '']) {
    const wrong = { ...placed, parent: { catalog_parent: { selected_option: { value } } } };
    expect(await submit('CATO', moved, wrong)).toContain('This structure is no longer there.');
  }
});

it('refuses texts that no form takes, beside the field', async () => {
  const form = await draftOf('CATO', { kind: 'new_application', key: '', name: '', entryKey: '', entryName: '' });
  const filled = (key: string, name: string) => ({
    ...{ key: { catalog_key: { value: key } }, name: { catalog_name: { value: name } } },
  });
  const key = 'Use at most 100 characters, on one line';
  for (const typed of ['a,b', '*', 'x'.repeat(101), 'a\nb', '']) {
    expect(JSON.parse(await submit('CATO', form, filled(typed, 'Library')))).toMatchObject({
      ...{ response_action: 'errors', errors: { key: expect.stringContaining(key) } },
    });
  }
  for (const typed of ['', 'x'.repeat(301), 'a\u0000b', 'a\ud800b']) {
    expect(JSON.parse(await submit('CATO', form, filled('lib', typed)))).toMatchObject({
      ...{ response_action: 'errors', errors: { name: expect.stringContaining('Give it a name') } },
    });
  }
  const entry = { entry: { catalog_entry_name: { value: 'Open' } }, at: { catalog_entry_key: { value: ',' } } };
  expect(JSON.parse(await submit('CATO', form, { ...filled('lib', 'Library'), ...entry }))).toMatchObject({
    errors: { at: expect.stringContaining(key) },
  });
});

it('says that a form, or a window, is too old to go on from', async () => {
  const gone = viewOf('catalog_form', { draft: randomUUID(), revision: 0, blocked: false, base });
  const lost = 'This window is too old to go on from.';
  expect(await submit('CATO', gone)).toContain(lost);
  const others = await draftOf('ANA', { kind: 'new_application', key: '', name: '', entryKey: '', entryName: '' });
  expect(await submit('CATO', others)).toContain(lost);
  expect(await submit('CATO', catalog({ tab: 'everything' }))).toContain(lost);
  const id = city.organization.structureId;
  const restored = { kind: 'structure', id, action: 'restore', key: randomUUID(), base };
  expect(await submit('CATO', viewOf('catalog_retire', restored))).toContain('It is so already; nothing was changed.');
});
