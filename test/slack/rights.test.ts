import { afterAll, beforeAll, expect, it } from 'vitest';
import { META_PERMISSIONS, type MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { SCREENS, type ScreenRef } from '../../src/slack/kit/screenRefs.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  clickPayload,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;

const codeOf = (meta: MetaPermission) => `M${META_PERMISSIONS.indexOf(meta)}`;

beforeAll(async () => {
  test = await createTestDatabase();
  city = await startSlackOrganization(test, { people: ['NOBODY', 'ANA', ...META_PERMISSIONS.map(codeOf)] });
  const organizationId = city.organization.id;
  await test.database.prisma.metaPermission.createMany({
    data: META_PERMISSIONS.map((meta) => ({ organizationId, userId: city.idOf(codeOf(meta)), metaPermission: meta })),
  });
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  await city.organization.addMember(1, city.idOf('ANA'));
  await city.organization.addRow(city.idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
});
afterAll(async () => {
  await city.bench.stop();
  await test.drop();
});

/** What each command needs; null: nothing. Holders of any right may look (`view`). */
const COMMANDS: [command: string, needs: MetaPermission | null][] = [
  ['', null],
  ['me', null],
  ['request', null],
  ['requests', null],
  ['why registry', null],
  ['away', null],
  ['list', 'view'],
  ['show 1', 'view'],
  ['status 1 ANA', 'view'],
  ['why ANA registry', 'view'],
  ['undo', 'view'],
  ['catalog', 'view'],
  ['people', 'view'],
  ['profiles', 'view'],
  ['rules', 'view'],
  ['compare ANA NOBODY', 'view'],
  ['drift', 'view'],
  ['new', 'define_packages'],
  ['assign 1', 'assign_packages'],
  ['sync 1', 'sync_packages'],
  ['grant ANA', 'manage_permissions'],
  ['audit', 'view_audit'],
  ['settings', 'administer'],
  ['approvals', 'administer'],
  ['approvals 1', 'administer'],
];

it.each([...META_PERMISSIONS, 'nothing' as const])('who holds %s alone opens exactly what it allows', async (held) => {
  const seat = city.as(held === 'nothing' ? 'NOBODY' : codeOf(held));
  const opened: string[] = [];
  for (const [command] of COMMANDS) {
    await seat.command(`/package ${command}`);
    const title = await seat.waitFor(({ modals }) => {
      const shown = JSON.stringify(modals.at(-1)?.view.title ?? '');
      const isLoading = JSON.stringify(modals.at(-1)?.view.blocks ?? '').includes('Loading…');
      return shown !== '""' && !isLoading ? shown : null;
    }, `an answer to ${command}`);
    if (!title.includes('Sorry')) opened.push(command);
    await seat.close({ all: true });
  }
  const mayView = held !== 'nothing';
  const expected = COMMANDS.filter(([, needs]) => needs === null || needs === held || (needs === 'view' && mayView));
  expect(opened).toEqual(expected.map(([command]) => command));
});

/** Everything that a button or a screen might carry, so that no payload is refused for its form alone. */
const UUID = '6f2d9a3e-7d4b-4f6e-9a55-0d6f3c1f2b10';
function everything(): Record<string, unknown> {
  const ana = city.idOf('ANA');
  return {
    ...{ number: 1, userId: ana, userIds: [ana], permissionId: city.organization.permissions['registry/open'] },
    ...{ applicationId: 1, id: 1, profileId: 1, ruleId: 1, groupId: city.organization.groupId, operationId: 1 },
    ...{ burst: 1, key: UUID, draft: UUID, planHash: '', page: 0, revision: 0, moved: false, blocked: false, text: '' },
    ...{
      shown: [],
      toUserId: ana,
      stepDown: true,
      suggested: null,
      state: 'disabled',
      form: null,
      change: { kind: 'disable' },
    },
    ...{ application: null, filter: 'everybody', list: undefined, purpose: 'assign_profile', kind: 'application' },
    ...{ action: 'retire', tab: 'permissions', detailsOf: ana, asks: null },
  };
}

/** States of a screen that its schema takes; tabs and bases differ from screen to screen. */
function statesOf(screen: ScreenRef<unknown>): object[] {
  const tabs = ['permissions', 'active', 'people', 'rules', 'groups', 'applications', 'overview'];
  const kinds = ['application', 'permission', 'structure'];
  const candidates = tabs.flatMap((tab) => kinds.map((kind) => ({ ...everything(), tab, kind })));
  const based = candidates.flatMap((each) => [each, ...candidates.map((base) => ({ ...each, base }))]);
  const taken = based.find((candidate) => screen.state.safeParse(candidate).success);
  return taken ? [screen.state.parse(taken) as object] : [];
}

/** What the tables hold that a change would touch, and how many operations there were. */
async function contents(): Promise<string> {
  const tables = [
    'operations',
    'app_auth',
    'assignments',
    'packages',
    'package_permissions',
    'meta_permissions',
    'users',
  ];
  const more = [
    'applications',
    'permissions',
    'structures',
    'groups',
    'group_members',
    'profiles',
    'profile_users',
    'rules',
    'approval_policies',
    'delegations',
    'access_bursts',
    'access_burst_before',
    'access_burst_cells',
    'unread_histories',
    'channel_troubles',
    'drift_channels',
    'drift_snoozes',
    'accepted_deviations',
  ];
  const counted = await Promise.all(
    [...tables, ...more, 'organizations', 'background_operations', 'requests', 'request_decisions'].map(
      async (table) => {
        const { rows } = await test.database.pool.query(
          `SELECT md5(coalesce(string_agg(t::text, ';' ORDER BY t::text), '')) AS sum FROM ${table} t`,
        );
        return `${table} ${rows[0].sum}`;
      },
    ),
  );
  return counted.join('\n');
}

// Hundreds of requests, one after another
it.each(['NOBODY', codeOf('view')])(
  'hand-made clicks and submissions of %s change nothing at all',
  async (code) => {
    const before = await contents();
    const slackId = city.slackIdOf(code);
    await city.as(code).command('/package me');
    const { id } = await city.as(code).waitForModal('My access');
    const view = { id, type: 'modal' };
    for (const actionId of Object.values(ACTIONS)) {
      for (const suffix of ['', '_1']) {
        const click = { actionId: `${actionId}${suffix}`, value: everything(), view };
        expect((await postPayload(city.bench, clickPayload(slackId, click))).status).toBe(200);
      }
    }
    // A submission waits for what goes on in its window
    await city.bench.app.settled();
    const submitted: string[] = [];
    for (const screen of Object.values(SCREENS) as ScreenRef<unknown>[]) {
      for (const state of statesOf(screen)) {
        const form = { ...view, callback_id: screen.id, private_metadata: JSON.stringify(state) };
        const { status } = await postPayload(city.bench, submissionPayload(slackId, form));
        expect(`${screen.id} ${status}`).toBe(`${screen.id} 200`);
        submitted.push(screen.id);
      }
    }
    // Nearly every screen was reached with a state that it takes
    expect(submitted.length).toBeGreaterThan(Object.keys(SCREENS).length * 0.9);
    await city.bench.app.settled();
    expect(await contents()).toBe(before);
  },
  180_000,
);
