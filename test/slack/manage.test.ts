import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { createManageDesk, type ManageDesk } from './manageDesk.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: number;
let desk: ManageDesk;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], now: () => TEST_NOW });
  admin = city.admin;
  ana = city.idOf('ANA');
  desk = createManageDesk(test, city);
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

describe('whose permissions', () => {
  it('are found by mention, by code in any case, and by search where nobody was named', async () => {
    for (const typed of ['@person.ana', 'ana', 'ANA']) {
      await desk.openPerson(typed);
      await admin.close();
    }
    await admin.command('/package grant');
    await admin.waitForScreen('Person: <Search by code, name or e-mail…>');
    await admin.pick('person', 'ben@', 'BEN · Person BEN');
    await admin.submit();
    await admin.waitForScreen('*Person BEN* `BEN`');
    await admin.command('/package grant NOBODY');
    await admin.waitForScreen('There is nobody “NOBODY” here.');
  });

  it('are reached from the dashboard too', async () => {
    await admin.command('/package');
    await admin.waitForScreen('[Manage Permissions]');
    await admin.click('Manage Permissions');
    await admin.waitForScreen('Person: <Search by code');
  });

  it('of a founder are theirs whole: it is said, and nothing is offered', async () => {
    await city.organization.addFounder('BOSS');
    await admin.command('/package grant BOSS');
    const screen = await admin.waitForScreen('Founders have full access; nothing is written for them.');
    for (const button of ['Open', 'Turn', 'Set', 'Disable', 'Search']) expect(screen).not.toContain(`[${button}`);
  });
});

describe('the applications of a person', () => {
  it('are all there, each with what the person really has and from where, one switch for a single permission', async () => {
    await desk.addMember();
    await city.organization.addProfile('Grader', 'registry/grades', 'enter', ana);
    const screen = await desk.openPerson();
    expect(screen).toContain('*Help Desk*\nno access  [Turn on]');
    expect(screen).toContain(
      [
        '*Student Registry*',
        '• Open the registry `MAIN`: `granted` — from package:1',
        '• Grades: `enter` — from profile Grader',
        '• Student records: `edit` (REG) — from package:1  [Open]',
      ].join('\n'),
    );
    expect(screen).not.toContain('cannot be used');
  });

  it('warn where MAIN is missing, and count what was disabled by hand', async () => {
    await city.organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG' });
    await city.organization.addRow(ana, 'registry/grades', { value: 'view', reason: 'manual' });
    const screen = await desk.openPerson();
    expect(screen).toContain('_1 permission disabled by hand_');
    expect(screen.match(/Without \*Open the registry\* \(MAIN\) Student Registry cannot be used/g)).toHaveLength(2);
  });

  it('are found by a filter that stays, and turned page by page', async () => {
    await test.database.prisma.application.createMany({
      data: Array.from({ length: 44 }, (_, index) => ({
        ...{ organizationId: city.organization.id, key: `app${100 + index}`, name: `App ${100 + index}` },
      })),
    });
    expect(await desk.openPerson()).toContain('1–20 of 46');
    await admin.click('Next ›');
    await admin.waitForScreen('21–40 of 46');
    await admin.fill('manage_filter', 'app 1');
    await admin.pressEnter('manage_filter');
    expect(await admin.waitForScreen('1–20 of 44')).not.toContain('Student Registry');
    await admin.click('Next ›');
    expect(await admin.waitForScreen('21–40 of 44')).toContain('<app 1>');
    await admin.fill('manage_filter', 'nothing like it');
    await admin.submit();
    await admin.waitForScreen('Nothing found for “nothing like it”.');
    await admin.fill('manage_filter', 'REGISTRY');
    await admin.submit();
    await admin.waitForScreen('*Student Registry*');
    await admin.click('Open');
    expect(await admin.waitForScreen('Grades')).toContain('[‹ All applications]');
    await admin.click('‹ All applications');
    expect(await admin.waitForScreen('*Student Registry*')).toContain('<REGISTRY>');
  });
});

describe('one application', () => {
  it('says of each permission what the person has, their own row, and what would give it besides', async () => {
    await desk.addMember();
    await city.organization.addProfile('Reader', 'registry/records', 'view', ana);
    await city.organization.addProfile('Grader', 'registry/grades', 'enter', ana);
    const screen = await desk.openRegistry();
    expect(screen).toContain(
      '*Student records*\n`edit` (REG) — from package:1\n_given by package:1 as `edit` (REG); profile Reader would also give `view`_\n[Change] [Disable]',
    );
    expect(screen).toContain(
      '*Grades*\n`enter` — from profile Grader\n_no authorization of their own_\n[Change] [Disable]',
    );
  });

  it('says who disabled something and when, and what that blocks', async () => {
    await city.organization.addProfile('Reader', 'registry/records', 'view', ana);
    await desk.openRegistry();
    await admin.click('Disable', desk.of('registry/records'));
    expect(await admin.waitForScreen('# Disable by hand')).toContain(
      'it also blocks profiles and rules: nothing gives it until it is enabled or set again. That keeps profile Reader from giving it.',
    );
    await admin.submit();
    const screen = await admin.waitForScreen('Student Registry · Student records is disabled.');
    expect(screen).toMatch(
      /\nno access\n_disabled by hand on 3 May 2026, 12:00 CEST by <@U0\w+ADMIN>; keeps `view`; this blocks profile Reader_\n\[Set\] \[Enable\]/,
    );
  });

  it('says that a disabled package suspends what it gave', async () => {
    await desk.addMember();
    const where = { organizationId: city.organization.id, number: 1 };
    await test.database.prisma.package.updateMany({ where, data: { state: 'disabled' } });
    expect(await desk.openRegistry()).toContain(
      'no access\n_given by package:1 as `edit` (REG); package:1 is disabled, so this access is suspended_',
    );
  });
});

describe('from the details of a person in a package', () => {
  it('leads there and back within three windows, and both below are drawn again', async () => {
    await desk.addMember();
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Active Assignees (1)');
    await admin.waitForScreen('*Person ANA*');
    await admin.click('Details');
    await admin.waitForModal('User details');
    await admin.click('Manage Permissions');
    await admin.waitForScreen('*Student Registry*');
    expect(await admin.stack()).toHaveLength(2);
    await admin.click('Open');
    await admin.waitForScreen('[‹ All applications]');
    await admin.click('Change', desk.of('registry/records'));
    await admin.waitForScreen('# Set a permission');
    await admin.select('Value', 'view');
    await admin.submit();
    await admin.waitForScreen('will show *Divergent (Value)*');
    expect(await admin.stack()).toHaveLength(3);
    await admin.submit();
    await admin.waitForScreen('is set to `view` (REG).');
    await admin.waitFor(
      ({ modals }) => JSON.stringify(modals[0]?.view.blocks).includes('Divergent (Value)'),
      'the package to show the divergence',
    );
    await admin.click('‹ All applications');
    await admin.waitForScreen('[‹ User details]');
    await admin.click('‹ User details');
    const details = await admin.waitForScreen('# User details');
    expect(details).toContain('*Divergent (Value)*');
    expect(details).toMatch(/Set by hand to `view` \(REG\) on 3 May 2026, 12:00 CEST by <@U0\w+ADMIN>/);
  });

  it('is not offered to who may only assign', async () => {
    const actor = { organizationId: city.organization.id, userId: city.idOf('BEN') };
    await test.database.prisma.metaPermission.create({ data: { ...actor, metaPermission: 'assign_packages' } });
    await desk.addMember();
    const ben = city.as('BEN');
    await ben.command('/package status 1 ANA');
    const screen = await ben.waitForScreen('# User details');
    expect(screen).toContain('[Remove Package Assignment]');
    expect(screen).not.toContain('Manage Permissions]');
    await ben.command('/package grant ANA');
    await ben.waitForScreen('This needs the right to manage permissions, which you do not have.');
  });
});

it('speaks Spanish', async () => {
  await city.bench.stop();
  const profiles = { BEN: { locale: 'es-ES' }, ANA: { locale: 'es-ES' } };
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], profiles });
  const actor = { organizationId: city.organization.id, userId: city.idOf('BEN') };
  await test.database.prisma.metaPermission.create({ data: { ...actor, metaPermission: 'manage_permissions' } });
  const ben = city.as('BEN');
  await ben.command('/package grant ANA');
  await ben.waitForScreen('# Gestionar permisos');
  await ben.click('Activar');
  await ben.waitForScreen('*Después: `granted` — por concesión manual*');
  await ben.submit();
  await ben.waitForScreen('queda puesto en `granted`.');
  await city.bench.app.outbox.idle();
  await city.as('ANA').waitForMessage('Ahora tiene:\n• *Help Desk · Open the help desk `MAIN`*: `granted`');
});
