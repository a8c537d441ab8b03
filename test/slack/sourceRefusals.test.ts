import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceChange } from '../../src/engine/core/sourceChange.ts';
import { storeDraft } from '../../src/engine/operations/drafts.ts';
import type { JsonObject } from '../../src/sandbox/json.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
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
/** May view, and no more. */
let viewer: Driver;
/** May define and assign profiles, and no more. */
let clerk: Driver;
let profileId: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  // From two people on, what was confirmed tells its outcome in its own window
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'CLERK', 'EYE'],
    now: () => TEST_NOW,
    backgroundFrom: 2,
  });
  viewer = city.as('EYE');
  clerk = city.as('CLERK');
  const holder = { organizationId: city.organization.id, userId: city.idOf('CLERK') };
  await test.database.prisma.metaPermission.createMany({
    data: [
      ...(['define_profiles', 'assign_profiles'] as const).map((metaPermission) => ({ ...holder, metaPermission })),
      { ...holder, userId: city.idOf('EYE'), metaPermission: 'view' },
    ],
  });
  await city.organization.addProfile('Reader', 'registry/records', 'view');
  const where = { organizationId: city.organization.id, name: 'Reader' };
  profileId = (await test.database.prisma.profile.findFirstOrThrow({ where })).id;
});
afterEach(async () => {
  await city.bench.app.stop();
  const organizationId = city.organization.id;
  const stored = await test.database.prisma.operation.count({ where: { organizationId } });
  expect(stored).toBe(expected);
  expected = 0;
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Operations that a test is to leave behind. */
let expected = 0;

const submit = async (who: Driver, callbackId: string, state: object, values: JsonObject = {}) => {
  const view = { id: 'V0FORGED', type: 'modal', callback_id: callbackId, private_metadata: JSON.stringify(state) };
  return (await postPayload(city.bench, submissionPayload(who.userId, view, values))).body;
};

async function draftOf(userId: number, change: SourceChange): Promise<object> {
  const draft = randomUUID();
  const key = { organizationId: city.organization.id, userId, id: draft };
  await storeDraft(city.organization.context, key, 'source_change', { change, planHash: '0'.repeat(64), people: 0 });
  return { draft, page: 0, moved: false, form: null };
}

const assign = (...userIds: number[]): SourceChange => ({ kind: 'assign_profile', profileId, userIds });

describe('a hand-made payload', () => {
  it('opens no form and no preview to who may only view', async () => {
    const { groupId } = city.organization;
    const clicks: [string, object][] = [
      ['profile_new', {}],
      ['profile_delete', { profileId }],
      ['profile_permission_add', { profileId }],
      ['source_person', { purpose: 'assign_profile', id: profileId, userId: city.idOf('ANA') }],
      ['rule_new', {}],
      ['group_detach', { groupId }],
      ['group_refresh', { groupId }],
    ];
    for (const [actionId, value] of clicks)
      await postPayload(city.bench, clickPayload(viewer.userId, { actionId, value }));
    await viewer.waitForMessage('This needs the right to manage the catalogue');
  });

  it('saves nothing for who may not, whatever draft stands behind it', async () => {
    const state = await draftOf(city.idOf('EYE'), assign(city.idOf('ANA')));
    expect(await submit(viewer, 'source_preview', state)).toContain('This needs the right to assign profiles');
    const rule = await draftOf(city.idOf('CLERK'), { kind: 'delete_group', groupId: city.organization.groupId });
    expect(await submit(clerk, 'source_preview', rule)).toContain('This needs the right to manage the catalogue');
    expect(await submit(clerk, 'source_preview', state)).toContain('This window is too old to go on from.');
    const people = { purpose: 'join_group', id: city.organization.groupId };
    expect(await submit(clerk, 'source_people', people)).toContain('This needs the right to manage the catalogue');
    expect(await submit(clerk, 'group_form', { groupId: null, key: randomUUID() })).toContain('This needs the right');
  });

  it('with a plan that nobody was shown is shown the situation first', async () => {
    const state = await draftOf(city.idOf('CLERK'), assign(city.idOf('ANA')));
    const body = await submit(clerk, 'source_preview', state);
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update', view: { callback_id: 'source_preview' } });
    expect(body).toContain('Something changed since you looked');
  });

  it('with an application in Simple App Mode, or somebody of elsewhere, is refused beside the field', async () => {
    const where = { organizationId: city.organization.id, key: 'tickets' };
    const { id } = await test.database.prisma.application.findFirstOrThrow({ where });
    const values = {
      profile_application: { profile_application: { selected_option: { value: String(id) } } },
      profile_name: { profile_name: { value: 'Helper' } },
    };
    expect(
      JSON.parse(await submit(clerk, 'profile_form', { profileId: null, key: randomUUID() }, values)),
    ).toMatchObject({
      ...{
        response_action: 'errors',
        errors: {
          profile_application:
            'Help Desk has a single permission (Simple App Mode), so it has no profiles. Give it by package, by rule or by hand.',
        },
      },
    });
    const chosen = { people: { source_people: { selected_options: [{ value: '999999' }] } } };
    const body = await submit(clerk, 'source_people', { purpose: 'assign_profile', id: profileId }, chosen);
    expect(JSON.parse(body)).toMatchObject({
      response_action: 'errors',
      errors: { people: 'There is nobody “?” here. Use a personal code or @mention somebody.' },
    });
  });
});

it('a change for many tells its outcome, or that the world moved, in the window that it was confirmed in', async () => {
  await clerk.command('/package profiles');
  await clerk.waitForScreen('*Reader*');
  await clerk.click('Open');
  await clerk.waitForScreen('## Reader');
  await clerk.click('Assign to people');
  await clerk.waitForScreen('# Assign profile');
  await clerk.fill('source_codes', 'ANA BEN');
  await clerk.submit();
  await clerk.waitForScreen('2 people gain access');
  await city.organization.addRow(city.idOf('BEN'), 'registry/grades', { value: 'view' });
  await city.organization.addRow(city.idOf('BEN'), 'registry/records', { value: 'view', reason: 'manual' });
  await clerk.submit();
  await clerk.waitForScreen('1 person stays without it: it was disabled for them by hand');
  await test.database.prisma.appAuth.deleteMany({ where: { organizationId: city.organization.id } });
  await clerk.submit();
  const moved = await clerk.waitForScreen('2 people gain access');
  expect(moved).toContain('Something changed since you looked');
  await clerk.submit();
  await clerk.waitForScreen('# Assign profile\nSaved. The access of 2 people changed');
  await clerk.close();
  await clerk.waitForScreen('[People (2)]');
  expected = 1;
});
