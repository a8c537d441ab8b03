import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setPolicy } from '../../src/engine/operations/setPolicy.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { ASSIGNMENT_POLICY } from '../support/approvals.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: number;
let ben: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN'],
    profiles: { BEN: { locale: 'es-ES' } },
    now: () => TEST_NOW,
  });
  admin = city.admin;
  [ana, ben] = [city.idOf('ANA'), city.idOf('BEN')];
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  await city.organization.addPackage(2, { 'registry/records': ['view', 'REG'], 'tickets/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const kinds = async () =>
  (
    await test.database.prisma.operation.findMany({
      where: { organizationId: city.organization.id },
      orderBy: { id: 'asc' },
    })
  ).map(({ kind }) => kind);

async function accessOf(userId: number): Promise<string[]> {
  const { rows } = await test.database.pool.query(
    `SELECT p.name, g.value, g.source FROM effective_grants g JOIN permissions p ON p.id = g.permission_id
     WHERE g.user_id = $1 ORDER BY p.name`,
    [userId],
  );
  return rows.map(({ name, value, source }) => `${name} ${value} ${source}`);
}

/** Goes through the choice of packages 1 and 2 for ANA up to the plan. */
async function choosePackages(): Promise<void> {
  await admin.command('/package people ANA');
  await admin.waitForScreen('*Person ANA* `ANA`');
  await admin.click('Assign packages');
  await admin.waitForModal('Assign packages');
  await admin.pick('plan_packages', '1', 'package:1 Package 1');
  await admin.pick('plan_packages', '2', 'package:2 Package 2');
  await admin.submit();
  await admin.waitForScreen(':heavy_plus_sign: Assign *package:2* Package 2');
}

describe('several packages for one person', () => {
  it('are rehearsed one after another, each with its own decision, and assigned all at once', async () => {
    await choosePackages();
    // The second finds what the first left: a conflict that neither has alone
    expect(await admin.screen()).toContain(
      ':heavy_plus_sign: Assign *package:2* Package 2\n_writes 1 permission_\n_1 permission the person has from elsewhere_',
    );
    expect(await kinds()).toEqual([]);
    await admin.select('plan_decision_1', 'Assign, Keep Package');
    await admin.waitForScreen('_writes 2 permissions_\n_1 permission the person has from elsewhere_');
    await admin.submit();
    await admin.waitForScreen('Done for Person ANA: 2 steps.');
    expect(await kinds()).toEqual(['assign_package', 'assign_package']);
    expect(await accessOf(ana)).toEqual([
      'Open the help desk granted package:2',
      'Open the registry granted package:1',
      'Student records view package:2',
    ]);
  });

  it('are assigned not at all where one of them cannot be, and the new situation is shown', async () => {
    await choosePackages();
    await city.organization.addRow(ana, 'tickets/open', { value: 'granted' });
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked.');
    expect(await kinds()).toEqual([]);
    await test.database.prisma.package.updateMany({
      where: { organizationId: city.organization.id, number: 2 },
      data: { state: 'disabled' },
    });
    await admin.submit();
    await admin.waitForScreen('package:2 Package 2 is disabled.');
    expect(await kinds()).toEqual([]);
    expect(await accessOf(ana)).toEqual(['Open the help desk granted manual']);
  });
});

it('offers only the packages that the person has not', async () => {
  await city.organization.addMember(1, ana);
  await admin.command('/package people ANA');
  await admin.waitForScreen('*Person ANA* `ANA`');
  await admin.click('Assign packages');
  await admin.waitForModal('Assign packages');
  const offered = await admin.suggest('plan_packages', '');
  expect(offered.map(({ value }) => value)).toEqual(['2']);
});

describe('a plan of which some steps need approval', () => {
  /** Assigning package 2 needs the approval of whoever holds the right; BEN does. */
  beforeEach(async () => {
    const { context, admin: actor, id: organizationId } = city.organization;
    await test.database.prisma.metaPermission.create({
      data: { organizationId, userId: ben, metaPermission: 'approve' },
    });
    await setPolicy(
      { ...context, userGroupMembers: async () => [] },
      { actor, key: randomUUID(), packageNumber: 2, policy: ASSIGNMENT_POLICY },
    );
    await choosePackages();
    await admin.submit();
    await admin.waitForModal('Ask for approval');
  });

  it('asks for those with one reason, and does the rest at once', async () => {
    const form = await admin.screen();
    expect(form).toContain('This step needs approval here. The rest is done as soon as you ask;');
    expect(form).toContain(
      `:heavy_plus_sign: Assign *package:2* Package 2\n(<@${city.slackIdOf('BEN')}> has to approve.)`,
    );
    expect(form).not.toContain('Assign *package:1*');
    expect(await kinds()).toEqual(['set_policy']);
    await admin.fill(ACTIONS.requestReason, 'Covers for a colleague');
    await admin.submit();
    await admin.waitForScreen('Done for Person ANA: one step.');
    expect(await admin.screen()).toMatch(/For Person ANA you asked for one step: request \d+\./);
    expect(await kinds()).toEqual(['set_policy', 'assign_package', 'create_request']);
    expect(await accessOf(ana)).toEqual(['Open the registry granted package:1', 'Student records edit package:1']);
    const asked = await city.as('BEN').waitForMessage('Covers for a colleague');
    await city.as('BEN').click('Aprobar', { in: asked });
    await admin.waitForMessage('is done: assign *package:2*');
    expect(await accessOf(ana)).toContain('Open the help desk granted package:2');
  });

  it('does and asks for nothing where nobody could approve', async () => {
    const where = { organizationId: city.organization.id };
    await test.database.prisma.metaPermission.deleteMany({ where: { ...where, metaPermission: 'approve' } });
    await admin.fill(ACTIONS.requestReason, 'Covers for a colleague');
    await admin.submit();
    await admin.waitForScreen('This needs 1 approval, and nobody could give it');
    expect(await kinds()).toEqual(['set_policy']);
    expect(await accessOf(ana)).toEqual([]);
  });

  it('shows the plan anew where the world has moved', async () => {
    await city.organization.addRow(ana, 'tickets/open', { value: 'granted' });
    await admin.fill(ACTIONS.requestReason, 'Covers for a colleague');
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked.');
    expect(await kinds()).toEqual(['set_policy']);
  });
});

describe('one person like another', () => {
  beforeEach(async () => {
    const { addMember, addRow } = city.organization;
    await addMember(1, ben);
    await addRow(ben, 'registry/open', { value: 'granted', packageNumber: 1 });
    await addRow(ben, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    await addRow(ben, 'registry/grades', { value: 'enter', param: 'REG' });
    await addMember(2, ana);
    await addRow(ana, 'tickets/open', { value: 'granted', packageNumber: 2 });
  });

  it('is a plan: what is missing is given, what is extra is taken only where somebody asks for it', async () => {
    await admin.command('/package compare ANA BEN');
    const plan = await admin.waitForScreen('# Make like somebody');
    expect(plan).toContain('*Person ANA* `ANA`\nis to be like *Person BEN* `BEN`');
    expect(plan).toContain(':heavy_plus_sign: Assign *package:1* Package 1\n_writes 2 permissions_');
    expect(plan).toContain(':heavy_plus_sign: Set *Student Registry · Grades* to `enter` (REG) by hand');
    expect(plan).toContain('• Help Desk · Open the help desk: `granted` — no access');
    await admin.select('plan_decision_0', 'Do it');
    await admin.waitForScreen(':white_check_mark: Afterwards Person ANA can do exactly what Person BEN can do.');
    await admin.submit();
    await admin.waitForScreen('Done for Person ANA: 3 steps.');
    expect(await kinds()).toEqual(['unassign_package', 'assign_package', 'grant_permission']);
    expect(await accessOf(ana)).toEqual(await accessOf(ben));
  });

  it('offers nobody what they may not do, in Spanish too, and refuses it in hand-made plans', async () => {
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: ben, metaPermission: 'assign_packages' },
    });
    const seat = city.as('BEN');
    await seat.command('/package compare ANA BEN');
    const plan = await seat.waitForScreen('# Igualar a otra persona');
    expect(plan).toContain('en `enter` (REG) a mano\n_no disponible para usted: necesita gestionar permisos_');
    await seat.submit();
    await seat.waitForScreen('Hecho para Person ANA: un paso.');
    expect(await kinds()).toEqual(['assign_package']);
    await city.as('ANA').command('/package compare BEN ANA');
    await city.as('ANA').waitForScreen('This needs the right to view');
  });

  it('is nobody’s who is a founder, and says how to ask', async () => {
    await city.organization.addFounder('BOSS');
    await admin.command('/package compare ANA BOSS');
    await admin.waitForScreen('Founders have full access; nothing is written for them.');
    await admin.close();
    await admin.command('/package compare ANA');
    await admin.waitForScreen('Please write `/package compare <@user|code> <@user|code>`.');
  });
});
