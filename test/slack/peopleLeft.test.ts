import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { markLeft } from '../../src/engine/operations/personLeft.ts';
import type { JsonObject } from '../../src/sandbox/json.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../support/organization.ts';
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

beforeAll(async () => {
  test = await createTestDatabase();
  elsewhere = await createOrganization(test.database, 'Elsewhere');
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], now: () => TEST_NOW });
  admin = city.admin;
  ana = city.idOf('ANA');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function allow(userId: number, ...metaPermissions: string[]): Promise<void> {
  const organizationId = city.organization.id;
  await test.database.prisma.metaPermission.createMany({
    data: metaPermissions.map((metaPermission) => ({ organizationId, userId, metaPermission })),
  });
}

async function giveSomething(): Promise<void> {
  const { organization } = city;
  await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
  await organization.addMember(1, ana);
  await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
  await organization.addRow(ana, 'tickets/open', { value: 'granted' });
  await organization.addProfile('Grader', 'registry/grades', 'enter', ana);
  await organization.addRule('Rota desk', 'registry/open', 'granted', ana);
}

const leave = (userId = ana) =>
  markLeft(city.organization.context, {
    ...{ actor: city.organization.admin, key: randomUUID(), userIds: [userId], because: 'administrator' as const },
  });

async function openCard(code = 'ANA'): Promise<string> {
  await admin.command(`/package people ${code}`);
  return admin.waitForScreen(`# Person\n*Person ${code}* \`${code}\``);
}

describe('somebody who left', () => {
  it('is marked from the card, loses everything by one action that shows it first, and comes back', async () => {
    await giveSomething();
    await openCard();
    await admin.click('Mark as left');
    const card = await admin.waitForScreen('Marked as left.');
    expect(card).toContain(':wave: Left. Marked by an administrator on 3 May 2026, 12:00 CEST.');
    expect(card).toContain(':warning: This person still has 4 permissions.');
    expect(card).not.toContain('[Assign a package]');
    await admin.click('Remove all access');
    const preview = await admin.waitForScreen('Everything that *Person ANA* `ANA` still has is removed at once:');
    expect(preview).toContain('*Packages* (1): becomes a former member of\n• *package:1* Package 1');
    expect(preview).toContain('*From packages* (1): deactivated\n• Student Registry · Student records');
    expect(preview).toContain('*Set by hand* (1): disabled\n• Help Desk · Open the help desk `MAIN`');
    expect(preview).toContain('*Profiles* (1): unassigned\n• Grader (Student Registry)');
    expect(preview).toContain('*Groups* (1): membership ends, and with it what their rules give\n• Rota');
    await city.organization.addRow(ana, 'registry/open', { value: 'granted' });
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked; this is the situation now.');
    await admin.submit();
    const done = await admin.waitForScreen(
      'Person ANA has no access any more. Removed: 3 permissions, 1 package, 1 profile, 1 group.',
    );
    expect(done).toContain('Nothing is left: this person has no access any more.');
    expect(done).not.toContain('[Remove all access]');
    await admin.click('Recent changes');
    await admin.waitForScreen('• *All access removed*\n3 May 2026, 12:00 CEST, by Person ADMIN');
    await admin.click('Came back');
    await admin.waitForScreen('Marked as back. Give anew what is needed.');
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('Your access was changed.\nYou no longer have:\n• *');
  });

  it('is found by no search where somebody is chosen, and refused where their code is typed', async () => {
    await city.organization.addPackage(1, { 'registry/open': ['granted'] });
    await leave();
    await admin.command('/package assign 1');
    await admin.waitForModal('Assign a package');
    expect(await admin.suggest('assign_people', 'person')).toHaveLength(2);
    await admin.fill('assign_codes', 'BEN ana');
    const { errors } = await admin.submit();
    expect(Object.values(errors ?? {})).toEqual([
      'Person ANA has left. Nothing is given to people who left; mark them as back first.',
    ]);
    await admin.close();
    await admin.command('/package grant ana');
    await admin.waitForScreen('# Manage Permissions\n*Person ANA* `ANA`');
    await admin.click('Turn on');
    await admin.waitForScreen('Person ANA has left.');
  });

  it('keeps everything where a right is missing, which is told by name', async () => {
    await giveSomething();
    await leave();
    await allow(city.idOf('BEN'), 'assign_packages');
    const ben = city.as('BEN');
    await ben.command('/package people ANA');
    await ben.waitForScreen('[Remove all access]');
    await ben.click('Remove all access');
    await ben.waitForScreen(
      'This needs rights that you do not have: manage permissions, assign profiles, manage the catalogue.',
    );
  });
});

describe('a list', () => {
  const fill = async (...lines: string[]) => {
    await admin.command('/package people');
    await admin.waitForScreen('[Update from a list]');
    await admin.click('Update from a list');
    await admin.waitForModal('Update people');
    await admin.fill('people_list', lines.join('\n'));
    await admin.submit();
  };

  it('tells what is wrong with it, is corrected, reviewed and applied as it was shown', async () => {
    await fill('code,name,email,structure', 'NEW,New <One>,new@test.example,NOPE', 'ANA,Ana Ruiz,ana@test.example,REG');
    await admin.waitForScreen('*1 problem*; nothing was changed:\n• Line 2, structure: there is no structure “NOPE”.');
    await admin.click('‹ Correct the list');
    await admin.waitForScreen('NOPE\nANA,Ana Ruiz');
    await admin.fill(
      ...(['people_list', 'code,name,email,structure\nNEW,New <One>,,REG\nANA,Ana Ruiz,ana@test.example,REG'] as const),
    );
    await admin.submit();
    const review = await admin.waitForScreen(':new: 1 person created\n:pencil2: 1 person changed');
    expect(review).toContain(
      '• `NEW` New &lt;One&gt; — new: none, REG\n• `ANA` Ana Ruiz — name: Person ANA → Ana Ruiz',
    );
    const where = { organizationId: city.organization.id, code: 'ANA' };
    await test.database.prisma.user.updateMany({ where, data: { name: 'Ana R.' } });
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked; these are the differences now.');
    expect(await admin.screen()).toContain('name: Ana R. → Ana Ruiz');
    await admin.submit();
    await admin.waitForScreen('The list was applied.\n:new: 1 person created\n:pencil2: 1 person changed');
    expect(await test.database.prisma.user.findFirstOrThrow({ where })).toMatchObject({ name: 'Ana Ruiz' });
    await admin.close();
    await admin.waitForScreen('*Ana Ruiz* `ANA`');
    await fill('code,name,email,structure', 'ANA,Ana Ruiz,ana@test.example,REG');
    expect(await admin.waitForScreen('Everything is as the list says already.')).not.toContain('[Confirm]');
  });
});

describe('what no window of ours sends', () => {
  const viewOf = (callback_id: string, state: object): JsonObject => ({
    ...{ id: 'V0FORGED', type: 'modal', callback_id, private_metadata: JSON.stringify(state) },
  });
  const card = (userId: number) => ({ userId, tab: 'overview', page: 0 });

  it('is refused to who lacks the right, and for people of another organization', async () => {
    await giveSomething();
    await allow(city.idOf('BEN'), 'view');
    const ben = city.as('BEN');
    const before = await test.database.prisma.user.findMany({ orderBy: { id: 'asc' } });
    const actionIds = [
      'person_edit',
      'person_link',
      'person_unlink',
      'person_left',
      'person_returned',
      'person_remove_all',
    ];
    for (const actionId of actionIds) {
      for (const [driver, userId] of [
        [ben, ana],
        [admin, elsewhere.admin.userId],
      ] as const) {
        await postPayload(
          city.bench,
          clickPayload(driver.userId, { actionId, value: { userId }, view: viewOf('person', card(userId)) }),
        );
      }
    }
    for (const actionId of ['people_match', 'people_update']) {
      await postPayload(city.bench, clickPayload(ben.userId, { actionId, value: {} }));
    }
    const key = randomUUID();
    const states: [string, object][] = [
      ['edit_person', { userId: ana, key }],
      ['link_person', { userId: ana, key, suggested: null, base: card(ana) }],
      ['match_people', { draft: key }],
      ['people_file', { draft: key }],
      ['people_file_review', { draft: key, moved: false }],
      ['remove_all', { userId: ana, key, planHash: '', moved: false, base: card(ana) }],
    ];
    for (const [screen, state] of states) {
      const { body } = await postPayload(city.bench, submissionPayload(ben.userId, viewOf(screen, state)));
      expect(body).toMatch(/This needs the right to|too old to go on|has not left/);
    }
    expect(await test.database.prisma.user.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    expect(await test.database.prisma.operation.count({ where: { organizationId: city.organization.id } })).toBe(0);
  });

  it.each(['', '{', 'null', '{"userId":"x"}'])('with the metadata %s is refused', async (private_metadata) => {
    for (const callback_id of [
      'people',
      'edit_person',
      'link_person',
      'match_people',
      'people_file_review',
      'remove_all',
    ]) {
      const view = { id: 'V0FORGED', type: 'modal', callback_id, private_metadata };
      const { body } = await postPayload(city.bench, submissionPayload(admin.userId, view));
      expect(body).toContain('This window is too old to go on from.');
    }
  });
});
