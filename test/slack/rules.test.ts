import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let clerk: Driver;
/** Members of the Slack user group, by Slack id; changed as people join and leave in Slack. */
let desk: string[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  desk = [];
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'CLERK', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
    userGroups: [{ id: 'S0DESK', handle: 'front-desk', name: 'Front desk', users: desk }],
    now: () => TEST_NOW,
  });
  clerk = city.as('CLERK');
  await allow('CLERK', 'manage_catalog');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function allow(code: string, ...metaPermissions: MetaPermission[]): Promise<void> {
  const holder = { organizationId: city.organization.id, userId: city.idOf(code) };
  const data = metaPermissions.map((metaPermission) => ({ ...holder, metaPermission }));
  await test.database.prisma.metaPermission.createMany({ data });
}

async function membersOf(groupId: number): Promise<string[]> {
  const rows = await test.database.prisma.$queryRaw<{ code: string }[]>`
    SELECT u.code FROM group_members gm JOIN users u ON u.organization_id = gm.organization_id AND u.id = gm.user_id
    WHERE gm.organization_id = ${city.organization.id} AND gm.group_id = ${groupId} ORDER BY u.code`;
  return rows.map(({ code }) => code);
}

describe('a rule', () => {
  it('is made for a structure, changed to a group, and deleted, with its effect shown each time', async () => {
    await clerk.command('/package rules');
    await clerk.waitForScreen('There is no rule yet.');
    await clerk.click('New rule');
    await clerk.waitForScreen('# New rule');
    await clerk.fill('Name', 'Registry staff');
    await clerk.pick('Application', 'regis', 'Student Registry');
    await clerk.waitForScreen('Permission: <');
    await clerk.pick('Permission', 'grades', 'Grades');
    await clerk.waitForScreen('Structures (parameter)');
    await clerk.select('Value', 'enter');
    await clerk.click('Take all structures (*)');
    await clerk.waitForScreen('Selected: *all structures*');
    expect(await clerk.submit()).toMatchObject({ errors: { rule_group: 'Choose a group or a structure.' } });
    await clerk.pick('rule_group', 'rota', 'Rota · rota');
    await clerk.pick('rule_structure_audience', 'reg', 'REG · Registry');
    expect(await clerk.submit()).toMatchObject({ outcome: 'errors' });
    await clerk.select('rule_group', null);
    await clerk.submit();
    const preview = await clerk.waitForScreen('The rule *Registry staff*');
    expect(preview).toContain(
      'The rule *Registry staff*: everyone in Registry and the structures below it gets *Student Registry · Grades* with `enter` (All structures).',
    );
    expect(preview).toContain(':large_green_circle: 5 people gain access');
    await clerk.submit();
    const list = await clerk.waitForScreen('Saved. The access of 5 people changed');
    expect(list).toContain(
      'Everyone in *Registry* and the structures below it: Student Registry · Grades `enter` (All structures)',
    );
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You now have:\n• *Student Registry · Grades*: `enter`');

    const { id } = await test.database.prisma.rule.findFirstOrThrow({
      where: { organizationId: city.organization.id },
    });
    await clerk.select(`rule_menu_${id}`, 'Change…');
    const form = await clerk.waitForScreen('# Change rule');
    expect(form).toContain('<REG · Registry>');
    await clerk.submit();
    await clerk.waitForScreen('It is so already; nothing was changed.');
    await clerk.click('‹ Change it');
    await clerk.waitForScreen('<REG · Registry>');
    await clerk.select('rule_structure_audience', null);
    await clerk.pick('rule_group', '', 'Rota · rota');
    await clerk.submit();
    const changed = await clerk.waitForScreen('everyone in the group Rota gets');
    expect(changed).toContain(':red_circle: 5 people lose access');
    await clerk.submit();
    await clerk.waitForScreen('Everyone in the group *Rota*');
    await clerk.select(`rule_menu_${id}`, 'Delete…');
    await clerk.waitForScreen('is deleted. It gave *Student Registry · Grades* to everyone in the group Rota.');
    await clerk.submit();
    await clerk.waitForScreen('There is no rule yet.');
  });
});

describe('a group', () => {
  it('is created, filled by hand, renamed, and deleted once no rule is for it', async () => {
    await city.organization.addRule('Rota reads', 'registry/records', 'view', city.idOf('BEN'));
    await clerk.command('/package rules groups');
    await clerk.waitForScreen('*Rota* `rota`\n_1 member · 1 rule_');
    await clerk.click('New group');
    await clerk.waitForScreen('# New group');
    await clerk.fill('Code', 'ROTA');
    await clerk.fill('Name', 'Night shift');
    expect(await clerk.submit()).toMatchObject({ errors: { group_code: 'The code “ROTA” is taken. Choose another.' } });
    await clerk.fill('Code', 'night, shift');
    expect(await clerk.submit()).toMatchObject({ outcome: 'errors' });
    await clerk.fill('Code', 'night');
    await clerk.submit();
    await clerk.waitForScreen('The group *Night shift* was created.');
    await clerk.click('‹ All groups');
    await clerk.waitForScreen('*Night shift* `night`');
    await clerk.fill('Filter by code or name', 'rota');
    await clerk.submit();
    await clerk.waitForScreen('*Rota* `rota`');
    await clerk.click('Open');
    await clerk.waitForScreen('Rules: Rota reads');
    await clerk.click('Add people');
    await clerk.waitForScreen('# Add to group');
    await clerk.fill('source_codes', 'ANA');
    await clerk.submit();
    const join = await clerk.waitForScreen('The group *Rota*\n*1 person* joins.');
    expect(join).toContain(':large_green_circle: 1 person gains access');
    await clerk.submit();
    await clerk.waitForScreen('*Person ANA* `ANA`');
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You now have:\n• *Student Registry · Student records*: `view`');
    await clerk.click('Delete…');
    await clerk.waitForScreen('cannot be deleted while a rule is for it: *Rota reads*.');
    await clerk.close();
    await clerk.click('Rename');
    await clerk.waitForScreen('# Rename group');
    await clerk.fill('Name', 'Rota 2');
    await clerk.submit();
    await clerk.waitForScreen('## Rota 2');
    expect(await membersOf(city.organization.groupId)).toEqual(['ANA', 'BEN']);
  });

  it('follows a Slack user group, takes over who joins and leaves, and is detached', async () => {
    const { groupId } = city.organization;
    await city.organization.addRule('Rota reads', 'registry/records', 'view', city.idOf('BEN'));
    desk.push(city.slackIdOf('ANA'), 'U0SOMEBODY');
    await clerk.command('/package rules groups');
    await clerk.waitForScreen('*Rota* `rota`');
    await clerk.click('Open');
    await clerk.waitForScreen('## Rota');
    await clerk.click('Follow a Slack user group…');
    await clerk.waitForScreen('# Follow Slack');
    await clerk.pick('Slack user group', 'desk', 'Front desk · @front-desk');
    await clerk.submit();
    const preview = await clerk.waitForScreen('takes its members from the Slack user group *Front desk*.');
    expect(preview).toContain('*1 person* joins.\n*1 person* leaves.');
    expect(preview).toContain('1 person of the user group is nobody in this organization, and left out.');
    expect(preview).toContain(':large_green_circle: 1 person gains access\n:red_circle: 1 person loses access');
    await clerk.submit();
    const group = await clerk.waitForScreen('[Refresh from Slack]');
    expect(group).toContain('<!subteam^S0DESK>');
    expect(group).not.toContain('Add people');
    expect(await membersOf(groupId)).toEqual(['ANA']);

    await clerk.click('Refresh from Slack');
    await clerk.waitForScreen('Nobody joined or left in Slack');
    await clerk.close();
    desk.push(city.slackIdOf('EVA'));
    await clerk.click('Refresh from Slack');
    await clerk.waitForScreen('1 person stays.');
    await clerk.submit();
    await clerk.waitForScreen('*Person EVA* `EVA`');

    await clerk.click('Detach');
    await clerk.waitForScreen('Detached. The members stay');
    expect(await membersOf(groupId)).toEqual(['ANA', 'EVA']);
  });
});

it('shows who may only view no way to change anything', async () => {
  await city.organization.addRule('Rota reads', 'registry/records', 'view', city.idOf('BEN'));
  await allow('BEN', 'view');
  const viewer = city.as('BEN');
  await viewer.command('/package rules');
  const list = await viewer.waitForScreen('*Rota reads*');
  expect(list).not.toContain('New rule');
  expect(list).not.toContain('Change…');
  await viewer.click('Groups');
  await viewer.waitForScreen('*Rota* `rota`');
  await viewer.click('Open');
  const group = await viewer.waitForScreen('## Rota');
  for (const button of ['Add people', 'Remove', 'Follow', 'Rename', 'Delete'])
    expect(group).not.toContain(`[${button}`);
});

it('speaks Spanish', async () => {
  await allow('EVA', 'manage_catalog');
  await city.organization.addRule('Turno', 'registry/records', 'view', city.idOf('BEN'));
  const eva = city.as('EVA');
  await eva.command('/package rules');
  const list = await eva.waitForScreen('# Reglas y grupos');
  expect(list).toContain('Todas las personas del grupo *Rota*: Student Registry · Student records `view`');
  await eva.click('Grupos');
  await eva.waitForScreen('_1 miembro · 1 regla_');
  await eva.click('Abrir');
  await eva.waitForScreen('Reglas: Turno');
  await eva.click('Sacar…');
  const preview = await eva.waitForScreen('El grupo *Rota*\n*1 persona* sale.');
  expect(preview).toContain(':red_circle: 1 persona pierde acceso');
});
