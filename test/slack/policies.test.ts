import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/engine/core/approvalPolicy.ts';
import type { MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, TEST_NOW } from '../support/organization.ts';
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
let admin: Driver;
/** Members of the Slack user group, by Slack id. */
let board: string[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  board = [];
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
    userGroups: [{ id: 'S0BOARD', handle: 'board', name: 'The Board', users: board }],
    now: () => TEST_NOW,
  });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
  await city.organization.addPackage(2, { 'tickets/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const stored = () =>
  test.database.prisma.approvalPolicy.findMany({
    where: { organizationId: city.organization.id },
    orderBy: { packageNumber: 'asc' },
  });
async function grant(code: string, ...metaPermissions: MetaPermission[]): Promise<void> {
  const holder = { organizationId: city.organization.id, userId: city.idOf(code) };
  const data = metaPermissions.map((metaPermission) => ({ ...holder, metaPermission }));
  await test.database.prisma.metaPermission.createMany({ data });
}
async function openForm(who = admin, command = 'approvals', button = 'Require approval…', form = 'Approval policy') {
  await who.command(`/package ${command}`);
  await who.waitForScreen(button);
  await who.click(button);
  await who.waitForScreen(`# ${form}`);
}

it('sets the organization’s policy after a review that names who could approve, and tells it in words', async () => {
  await admin.command('/package settings');
  await admin.waitForModal('Settings');
  await admin.click('Approvals');
  await admin.waitForScreen('Nothing needs approval: what somebody confirms is done at once.');
  await admin.click('Require approval…');
  await admin.waitForScreen('# Approval policy');
  await admin.select('policy_operations', ['assign', 'grant']);
  await admin.select('policy_holders', []);
  await admin.pick('policy_people', 'ANA', 'ANA · Person ANA');
  await admin.pick('policy_people', 'BEN', 'BEN · Person BEN');
  await admin.select('policy_quorum', '2');
  board.push(city.slackIdOf('EVA'));
  await admin.pick('policy_user_group_then', 'boa', 'The Board · @board');
  await admin.fill('policy_lives', '36');
  await admin.select('policy_lives_unit', 'hours');
  await admin.fill('policy_reminds', '');
  await admin.select('policy_channel', 'general');
  await admin.select('policy_told', ['people']);
  await admin.submit();
  const review = await admin.waitForScreen('Who could approve today');
  expect(review).toContain('*Stage 1:* Person ANA, Person BEN (2 needed)\n*Stage 2:* Person EVA (1 needed)');
  expect(review).toContain('There is nobody to spare');
  await admin.submit();
  const saved = await admin.waitForScreen('Saved. It holds from the next operation on');
  expect(saved).toContain('*Needs approval:* assigning, granting by hand');
  expect(saved).toContain('*Approved by* 2 of these: Person ANA, Person BEN');
  expect(saved).toContain('*Then by* one of these: members of <!subteam^S0BOARD>');
  expect(saved).toContain('*A request lives* 36 hours · no reminder');
  expect(saved).toContain('*Requests go to* <#C0GENERAL>\nThe people');
  expect(await stored()).toMatchObject([
    { packageNumber: 0, policy: { livesHours: 36, direct: false, channel: 'C0GENERAL', tellPeople: true } },
  ]);

  // What was saved is what the form begins with; a review can be gone back from
  await admin.click('Change…');
  const again = await admin.waitForScreen('# Approval policy');
  expect(again).toContain('The Board · @board');
  await admin.fill('policy_lives', '3');
  await admin.select('policy_lives_unit', 'days');
  await admin.submit();
  await admin.waitForScreen('*A request lives* 3 days');
  await admin.click('‹ Edit');
  await admin.waitForScreen('# Approval policy');
  await admin.select('policy_operations', ['sync']);
  await admin.submit();
  const second = await admin.waitForScreen('*Needs approval:* syncing');
  expect(second).toContain('*A request lives* 3 days');
  await admin.submit();
  await admin.waitForScreen('Saved.');
  await admin.click('Nothing needs approval');
  await admin.waitForScreen('Nothing needs approval any more');
  expect(await stored()).toEqual([]);
});

it('says beside the field why nobody could satisfy a policy, and keeps what was typed', async () => {
  await openForm();
  await admin.select('policy_holders', []);
  expect((await admin.submit()).errors).toMatchObject({
    people_0_0: 'Say who approves: people, a user group, or holders of the right.',
  });
  await admin.pick('policy_people', 'ANA', 'ANA · Person ANA');
  await admin.select('policy_quorum', '2');
  expect((await admin.submit()).errors).toEqual({
    quorum_0_0:
      '2 people would have to approve, and today only Person ANA could. Name more approvers, or ask for fewer approvals.',
  });
  await admin.select('policy_quorum', '1');
  await admin.pick('policy_people_then', 'ANA', 'ANA · Person ANA');
  expect((await admin.submit()).errors).toEqual({
    quorum_1_0:
      'Both stages together need 2 people, because nobody counts twice, and today only 1 could. Name more approvers, or ask for fewer approvals.',
  });
  await admin.fill('policy_lives', '91');
  await admin.fill('policy_reminds', 'soon');
  expect((await admin.submit()).errors).toEqual({
    lives_0: 'Write a whole number: 1 hour at least, 90 days at most.',
    reminds_0: 'Write a whole number, or leave it empty.',
  });
  await admin.fill('policy_lives', '2');
  await admin.fill('policy_reminds', '2');
  await admin.select('policy_reminds_unit', 'days');
  expect((await admin.submit()).errors).toEqual({ reminds_0: 'The reminder has to come before the request expires.' });
  expect(await stored()).toEqual([]);
});

it('lets a package have its own policy, which goes back to the organization’s', async () => {
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.click('Approvals of this package');
  await admin.waitForScreen('neither it nor the organization has a policy');
  await admin.click('Give it its own…');
  const form = await admin.waitForScreen('# Approval policy');
  expect(form).not.toContain('Manage Permissions: grants by hand');
  await admin.select('policy_operations', ['unassign']);
  await admin.submit();
  await admin.waitForScreen('# Please review');
  await admin.submit();
  await admin.waitForScreen('This package has its own policy.');
  await admin.click('All policies');
  const all = await admin.waitForScreen('*package:1* Package 1\n*Needs approval:* removing assignments');
  expect(all).not.toContain('package:2');
  await admin.click('Open');
  await admin.waitForScreen('This package has its own policy.');
  await admin.click('Use the organization’s');
  await admin.waitForScreen('The organization’s policy governs this package again.');
  expect(await stored()).toEqual([]);
  await admin.click('All policies');
  await admin.waitForScreen('No package has its own');
  await admin.pick('policy_package', '2', 'package:2 Package 2');
  await admin.waitForScreen('*package:2* Package 2');
});

it('speaks Spanish', async () => {
  const eva = city.as('EVA');
  await grant('EVA', 'administer', 'approve');
  await eva.command('/package approvals');
  await eva.waitForScreen('Nada necesita aprobación');
  await eva.click('Exigir aprobación…');
  await eva.waitForScreen('# Política de aprobación');
  await eva.select('policy_operations', ['assign']);
  await eva.submit();
  const review = await eva.waitForScreen('Quién podría aprobar hoy');
  expect(review).toContain('Person ADMIN, Person EVA (hace falta 1)');
  await eva.submit();
  await eva.waitForScreen('Guardado.');
});

it('does nothing for somebody who may not, nor for people of other organizations, whatever they send', async () => {
  const draft = randomUUID();
  const organizationId = city.organization.id;
  const [outsider = 0] = await (await createOrganization(test.database, randomUUID())).addUsers('STRANGER');
  const policy = {
    ...DEFAULT_POLICY,
    stages: [
      { approvers: { userIds: [outsider, city.idOf('ANA')], slackUserGroupId: null, holders: false }, quorum: 1 },
    ],
  };
  const save = (code: string) => {
    const view = { id: 'V0', type: 'modal', callback_id: 'policy_review' };
    const state = JSON.stringify({ draft, revision: 0 });
    const slackId = city.slackIdOf(code);
    return postPayload(city.bench, submissionPayload(slackId, { ...view, private_metadata: state }));
  };
  for (const userId of [city.idOf('BEN'), city.organization.admin.userId]) {
    const data = { packageNumber: null, policy };
    await test.database.prisma.draft.create({
      data: { organizationId, userId, id: draft, kind: 'policy', data: data as object, updatedAt: TEST_NOW },
    });
    await save(userId === city.idOf('BEN') ? 'BEN' : 'ADMIN');
    await test.database.prisma.draft.deleteMany({ where: { organizationId } });
  }
  const remove = { actionId: 'policy_remove', value: { number: null } };
  await postPayload(city.bench, clickPayload(city.slackIdOf('BEN'), remove));
  await city.bench.app.settled();
  expect(await stored()).toEqual([]);
});
