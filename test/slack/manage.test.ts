import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockOrganization } from '../../src/persistence/organizationLock.ts';
import { rawQueryOf } from '../../src/persistence/rawQuery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type PermissionName, TEST_NOW } from '../support/organization.ts';
import {
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], now: () => TEST_NOW });
  admin = city.admin;
  ana = city.idOf('ANA');
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function rowOf(permission: PermissionName, userId = ana) {
  const where = {
    organizationId: city.organization.id,
    userId,
    permissionId: city.organization.permissions[permission],
  };
  const row = await test.database.prisma.appAuth.findFirst({ where });
  return (
    row && { value: row.value, param: row.param, source: row.packageNumber, active: row.active, reason: row.reason }
  );
}

async function openPerson(who = '@person.ana') {
  await admin.command(`/package grant ${who}`);
  return admin.waitForScreen('# Manage Permissions\n*Person ANA* `ANA`');
}

async function openRegistry() {
  await openPerson();
  await admin.click('Open');
  return admin.waitForScreen('# Manage Permissions\n## Student Registry');
}

/** The block of a permission's buttons. */
const of = (permission: PermissionName) => ({ blockId: `grant_${city.organization.permissions[permission]}` });

/** Member of package 1 with its two rows. */
async function addMember() {
  await city.organization.addMember(1, ana);
  await city.organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
  await city.organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
}

describe('whose permissions', () => {
  it('are found by mention, by code in any case, and by search where nobody was named', async () => {
    for (const typed of ['@person.ana', 'ana', 'ANA']) {
      await openPerson(typed);
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
    await addMember();
    await city.organization.addProfile('Grader', 'registry/grades', 'enter', ana);
    const screen = await openPerson();
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
    const screen = await openPerson();
    expect(screen).toContain('_1 permission disabled by hand_');
    expect(screen.match(/Without \*Open the registry\* \(MAIN\) Student Registry cannot be used/g)).toHaveLength(2);
  });

  it('are found by a filter that stays, and turned page by page', async () => {
    await test.database.prisma.application.createMany({
      data: Array.from({ length: 44 }, (_, index) => ({
        ...{ organizationId: city.organization.id, key: `app${100 + index}`, name: `App ${100 + index}` },
      })),
    });
    expect(await openPerson()).toContain('1–20 of 46');
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
    await addMember();
    await city.organization.addProfile('Reader', 'registry/records', 'view', ana);
    await city.organization.addProfile('Grader', 'registry/grades', 'enter', ana);
    const screen = await openRegistry();
    expect(screen).toContain(
      '*Student records*\n`edit` (REG) — from package:1\n_given by package:1 as `edit` (REG); profile Reader would also give `view`_\n[Change] [Disable]',
    );
    expect(screen).toContain(
      '*Grades*\n`enter` — from profile Grader\n_no authorization of their own_\n[Change] [Disable]',
    );
  });

  it('says who disabled something and when, and what that blocks', async () => {
    await city.organization.addProfile('Reader', 'registry/records', 'view', ana);
    await openRegistry();
    await admin.click('Disable', of('registry/records'));
    expect(await admin.waitForScreen('# Disable by hand')).toContain(
      'it also blocks profiles and rules: nothing gives it until it is enabled or set again. That keeps profile Reader from giving it.',
    );
    await admin.submit();
    const screen = await admin.waitForScreen('Student Registry · Student records is disabled.');
    expect(screen).toMatch(
      /\nno access\n_disabled by hand on <!date\^1777802400\^.*> by <@U0\w+ADMIN>; keeps `view`; this blocks profile Reader_\n\[Set\] \[Enable\]/,
    );
  });

  it('says that a disabled package suspends what it gave', async () => {
    await addMember();
    const where = { organizationId: city.organization.id, number: 1 };
    await test.database.prisma.package.updateMany({ where, data: { state: 'disabled' } });
    expect(await openRegistry()).toContain(
      'no access\n_given by package:1 as `edit` (REG); package:1 is disabled, so this access is suspended_',
    );
  });
});

describe('setting a value', () => {
  it('goes through value and structures, says what packages will show, saves, and draws the screen below again', async () => {
    await addMember();
    await openRegistry();
    await admin.click('Change', of('registry/records'));
    const form = await admin.waitForScreen('# Set a permission');
    expect(form).toContain('Now: `edit` (REG) — from package:1');
    expect(form).toContain('Value: <edit>');
    expect(form).toContain('Selected: *1 structure* — REG');
    await admin.select('Value', 'admin');
    await admin.click('Take all structures (*)');
    expect(await admin.waitForScreen('Selected: *all structures*')).toContain('Value: <admin>');
    await admin.submit();
    const confirm = await admin.waitForScreen('# Set by hand');
    expect(confirm).toContain(
      'Now: `edit` (REG) — from package:1\n*Afterwards: `admin` (All structures) — from a manual grant*',
    );
    expect(confirm).toContain('• *package:1* Package 1 will show *Divergent (All)* (now Active)');
    expect(await rowOf('registry/records')).toMatchObject({ value: 'edit', source: 1 });
    await admin.submit();
    const below = await admin.waitForScreen('Student Registry · Student records is set to `admin` (All structures).');
    expect(below).toContain('`admin` (All structures) — from a manual grant');
    expect(await rowOf('registry/records')).toEqual({
      ...{ value: 'admin', param: '*', source: null, active: true, reason: null },
    });
    await city.bench.app.outbox.idle();
    const { text } = await city.as('ANA').waitForMessage('was set for you by hand');
    expect(text).toBe(
      '*Student Registry · Student records* was set for you by hand: you now have `admin` (All structures). Please *log out and back in* for the change to take effect. See what you have with `/package me`.',
    );
  });

  it('shows Manual (coincident) for the same value, and tells nobody of a mere change of source', async () => {
    await addMember();
    await openRegistry();
    await admin.click('Change', of('registry/records'));
    await admin.waitForScreen('# Set a permission');
    await admin.submit();
    const confirm = await admin.waitForScreen('will show *Manual (coincident)* (now Active)');
    expect(confirm).toContain('only the source changes, and nobody is told');
    await admin.submit();
    await admin.waitForScreen('is set to `edit` (REG).');
    await city.bench.app.outbox.idle();
    expect(await city.as('ANA').dm()).toEqual([]);
  });

  it('lets the value be changed again before saving, and keeps what was chosen', async () => {
    await openRegistry();
    await admin.click('Set', of('registry/records'));
    await admin.waitForScreen('Selected: *0 structures*');
    await admin.select('Value', 'edit');
    await admin.select('grant_structure_checked_0', ['REG']);
    await admin.waitForScreen('Selected: *1 structure* — REG');
    await admin.submit();
    await admin.waitForScreen('*Afterwards: `edit` (REG) — from a manual grant*');
    await admin.click('‹ Change the value');
    const form = await admin.waitForScreen('# Set a permission');
    expect(form).toContain('Value: <edit>');
    await admin.select('Value', 'view');
    await admin.submit();
    await admin.waitForScreen('*Afterwards: `view` (REG) — from a manual grant*');
    await admin.submit();
    await admin.waitForScreen('is set to `view` (REG).');
  });

  it('takes by Select all what the filter shows', async () => {
    await test.database.prisma.structure.createMany({
      data: Array.from({ length: 30 }, (_, index) => ({
        ...{ organizationId: city.organization.id, code: `S${100 + index}`, name: `Office ${index}`, path: [] },
        searchText: `s${100 + index} ${index < 25 ? 'faculty' : 'office'}`,
      })),
    });
    await openRegistry();
    await admin.click('Set', of('registry/grades'));
    await admin.waitForScreen('Selected: *0 structures*');
    await admin.fill('grant_structure_filter', 'faculty');
    await admin.pressEnter('grant_structure_filter');
    await admin.waitForScreen('1–20 of 25');
    await admin.click('Select all 25 shown by the filter');
    await admin.waitForScreen('Selected: *25 structures*');
    await admin.submit();
    await admin.waitForScreen('# Set by hand');
    await admin.submit();
    await admin.waitForScreen('Student Registry · Grades is set to');
    const codes = Array.from({ length: 25 }, (_, index) => `S${100 + index}`);
    expect(await rowOf('registry/grades')).toMatchObject({ param: codes.join(','), active: true });
  });

  it('says beside the field, or above the form, what is missing', async () => {
    await city.organization.addRow(ana, 'registry/records', { value: 'edit', param: '*' });
    await openRegistry();
    await admin.click('Change', of('registry/records'));
    await admin.waitForScreen('Selected: *all structures*');
    await admin.submit();
    await admin.waitForScreen('It is so already; nothing was changed.');
    await admin.click('Choose structures instead');
    await admin.waitForScreen('Selected: *0 structures*');
    const { errors = {} } = await admin.submit();
    expect(Object.entries(errors)).toEqual([
      [expect.stringMatching(/^grant_structure_filter/), 'Choose at least one structure, or all of them.'],
    ]);
    expect(await rowOf('registry/records')).toMatchObject({ value: 'edit', param: '*' });
  });

  it('warns before saving where MAIN will be missing', async () => {
    await openRegistry();
    await admin.click('Set', of('registry/grades'));
    await admin.waitForScreen('# Set a permission');
    await admin.click('Take all structures (*)');
    await admin.waitForScreen('Selected: *all structures*');
    await admin.submit();
    const confirm = await admin.waitForScreen('# Set by hand');
    expect(confirm).toContain('Without *Open the registry* (MAIN) Student Registry cannot be used');
    expect(confirm).toContain('No package of this person has this permission.');
  });
});

describe('disabling and enabling', () => {
  it('says Disabled Manual before saving, and Enable brings the value back by hand', async () => {
    await addMember();
    await openRegistry();
    await admin.click('Disable', of('registry/records'));
    await admin.waitForScreen('• *package:1* Package 1 will show *Disabled Manual* (now Active)');
    await admin.submit();
    await admin.waitForScreen('Student Registry · Student records is disabled.');
    expect(await rowOf('registry/records')).toMatchObject({
      active: false,
      reason: 'manual',
      source: null,
      value: 'edit',
    });
    await admin.click('Enable', of('registry/records'));
    await admin.waitForScreen('will show *Manual (coincident)* (now Disabled Manual)');
    await admin.submit();
    await admin.waitForScreen('Student Registry · Student records is enabled with `edit` (REG).');
    expect(await rowOf('registry/records')).toMatchObject({ active: true, source: null, value: 'edit', param: 'REG' });
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('was set for you by hand: you now have `edit` (REG).');
    await city.as('ANA').waitForMessage('was disabled for you by hand: you no longer have it.');
  });

  it('changes nothing where it is cancelled', async () => {
    await addMember();
    await openRegistry();
    await admin.click('Disable', of('registry/open'));
    await admin.waitForScreen('# Disable by hand');
    await admin.close();
    await admin.waitForScreen('# Manage Permissions');
    expect(await rowOf('registry/open')).toMatchObject({ active: true, source: 1 });
  });

  it('shows the situation again where it moved, and saves nothing before the second look', async () => {
    await addMember();
    await openRegistry();
    await admin.click('Disable', of('registry/records'));
    await admin.waitForScreen('# Disable by hand');
    const where = { organizationId: city.organization.id, userId: ana };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null } });
    await admin.submit();
    expect(await admin.waitForScreen('Something changed since you looked')).toContain('from a manual grant');
    expect(await rowOf('registry/records')).toMatchObject({ active: true });
    await admin.submit();
    await admin.waitForScreen('is disabled.');
  });
});

describe('while another operation holds the organization', () => {
  /** Holds it until the returned function is called. */
  async function holdOrganization(): Promise<() => Promise<void>> {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isLocked: () => void = () => undefined;
    const locked = new Promise<void>((resolve) => {
      isLocked = resolve;
    });
    const holder = test.database.prisma.$transaction(async (transaction) => {
      await lockOrganization(rawQueryOf(transaction), city.organization.id);
      isLocked();
      await held;
    });
    await locked;
    return () => {
      release();
      return holder;
    };
  }

  it('the window is answered at once, and the outcome comes as a message where all were closed', async () => {
    await openRegistry();
    await admin.click('Set', of('registry/open'));
    await admin.waitForScreen('# Set by hand');
    const release = await holdOrganization();
    expect(await admin.submit()).toMatchObject({ outcome: 'closed' });
    await admin.close();
    expect(await rowOf('registry/open')).toBeNull();
    await release();
    await admin.waitForMessage('Student Registry · Open the registry `MAIN` is set to `granted`.');
    expect(await rowOf('registry/open')).toMatchObject({ active: true, source: null });
  });

  it('a plan that moves is not saved, and it is said', async () => {
    await addMember();
    await openRegistry();
    await admin.click('Disable', of('registry/records'));
    await admin.waitForScreen('# Disable by hand');
    const release = await holdOrganization();
    await admin.submit();
    const where = { organizationId: city.organization.id, userId: ana };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null } });
    await release();
    await admin.waitForScreen('Nothing was saved: something changed since you looked.');
    expect(await rowOf('registry/records')).toMatchObject({ active: true });
  });

  it('a confirmation sent twice is saved once', async () => {
    await openRegistry();
    await admin.click('Set', of('registry/open'));
    await admin.waitForScreen('# Set by hand');
    const [below, top] = await admin.stack();
    const view = { ...top?.view, id: String(top?.id), previous_view_id: String(below?.id) };
    const payload = submissionPayload(admin.userId, view);
    await Promise.all([postPayload(city.bench, payload), postPayload(city.bench, payload)]);
    await admin.waitFor(
      ({ modals }) => JSON.stringify(modals).includes('is set to `granted`.'),
      'the applications to be drawn again',
    );
    await city.bench.app.outbox.idle();
    expect(await test.database.prisma.operation.count({ where: { organizationId: city.organization.id } })).toBe(1);
    expect(await city.as('ANA').dm()).toHaveLength(1);
  });
});

describe('an application with one permission', () => {
  it('is turned on and off where it stands, with the same confirmation', async () => {
    await openPerson();
    await admin.click('Turn on');
    await admin.waitForScreen('Now: no access\n*Afterwards: `granted` — from a manual grant*');
    await admin.submit();
    const on = await admin.waitForScreen('Help Desk · Open the help desk `MAIN` is set to `granted`.');
    expect(on).toContain('`granted` — from a manual grant  [Turn off]');
    await admin.click('Turn off');
    await admin.waitForScreen('*Afterwards: no access*');
    await admin.submit();
    expect(await admin.waitForScreen('is disabled.')).toContain('_1 permission disabled by hand_  [Turn on]');
    await admin.click('Turn on');
    await admin.waitForScreen('# Enable by hand');
    await admin.submit();
    await admin.waitForScreen('is enabled with `granted`.');
    expect(await rowOf('tickets/open')).toMatchObject({ active: true, source: null });
  });

  it('is turned off against a rule, which then gives nothing', async () => {
    await city.organization.addRule('Everyone asks', 'tickets/open', 'granted', ana);
    expect(await openPerson()).toContain('`granted` — from rule Everyone asks  [Turn off]');
    await admin.click('Turn off');
    await admin.waitForScreen('That keeps rule Everyone asks from giving it.');
    await admin.submit();
    await admin.waitForScreen('*Help Desk*\nno access');
  });

  it('asks for the value where there are several', async () => {
    const where = { organizationId: city.organization.id, id: city.organization.permissions['tickets/open'] };
    await test.database.prisma.permission.updateMany({ where, data: { levels: ['agent', 'lead'] } });
    await openPerson();
    await admin.click('Turn on');
    await admin.waitForScreen('# Set a permission');
    await admin.select('Value', 'lead');
    await admin.submit();
    await admin.waitForScreen('*Afterwards: `lead` — from a manual grant*');
    await admin.submit();
    expect(await admin.waitForScreen('is set to `lead`.')).toContain('[Turn off]\n[Change]');
  });
});

describe('from the details of a person in a package', () => {
  it('leads there and back within three windows, and both below are drawn again', async () => {
    await addMember();
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
    await admin.click('Change', of('registry/records'));
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
    expect(details).toMatch(/Set by hand to `view` \(REG\) on <!date.*> by <@U0\w+ADMIN>/);
  });

  it('is not offered to who may only assign', async () => {
    const actor = { organizationId: city.organization.id, userId: city.idOf('BEN') };
    await test.database.prisma.metaPermission.create({ data: { ...actor, metaPermission: 'assign_packages' } });
    await addMember();
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
  await ben.click('Encender');
  await ben.waitForScreen('*Después: `granted` — por concesión manual*');
  await ben.submit();
  await ben.waitForScreen('queda puesto en `granted`.');
  await city.bench.app.outbox.idle();
  await city.as('ANA').waitForMessage('se le ha puesto a mano: ahora tiene `granted`. *Cierre la sesión');
});
