import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { previewAssignment } from '../../src/engine/readModels/preflight.ts';
import { lockOrganization } from '../../src/persistence/organizationLock.ts';
import { rawQueryOf } from '../../src/persistence/rawQuery.ts';
import { findActor } from '../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { sandboxPerson } from '../support/slackBench.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN'],
    others: [sandboxPerson(`U0OUT${randomUUID().slice(0, 4).toUpperCase()}`, 'Olga Outsider')],
  });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Assigns package 1 in the engine, as the administrator would. */
async function assign(userId: number, keepPackage = false) {
  const { context, admin: actorRef } = city.organization;
  const actor = await findActor(test.database.prisma, actorRef.organizationId, actorRef);
  if (!actor) throw new Error('The administrator is missing');
  const { counts } = await previewAssignment(context, actor, { number: 1, userIds: [userId] }, { offset: 0, limit: 1 });
  const choices = { keepPackage, exceptions: [] };
  const command = { actor, key: randomUUID(), number: 1, userIds: [userId], choices, planHash: counts.hash };
  await assignPackage(context, command);
}

async function openDetails(person = '@person.ana') {
  await admin.command(`/package status 1 ${person}`);
  await admin.waitForModal('User details');
  return admin.screen();
}

async function membership(code: string) {
  const where = { organizationId: city.organization.id, userId: city.idOf(code), packageNumber: 1 };
  return (await test.database.prisma.assignment.findFirst({ where }))?.state ?? null;
}

describe('the details of one person in a package', () => {
  it('are found by mention, code in any case, and package name', async () => {
    await assign(city.idOf('ANA'));
    for (const typed of ['1 @person.ana', '1 ana', 'package:1 ANA', 'Package 1 ana', 'Package 1 @person.ana']) {
      await admin.command(`/package status ${typed}`);
      await admin.waitForModal('User details');
      expect(await admin.screen()).toContain('*Person ANA* `ANA` in *package:1* Package 1');
    }
  });

  it('say who is unknown, which package is unknown, and how to ask', async () => {
    await admin.command('/package status 1 NOBODY');
    await admin.waitForScreen('There is nobody “NOBODY” here. Use a personal code or @mention somebody.');
    await admin.command('/package status 1 @olga.outsider');
    await admin.waitFor(({ modals }) => {
      return /nobody “<@U0OUT\w+>” here/.test(JSON.stringify(modals.at(-1)?.view.blocks));
    }, 'the outsider to be mentioned');
    await admin.command('/package status 9 ANA');
    await admin.waitForScreen('There is no package “9”.');
    for (const typed of ['status', 'status 1']) {
      await admin.command(`/package ${typed}`);
      await admin.waitForScreen('Please write `/package status <number> <@user|code>`.');
    }
    await admin.command('/package status 1 BEN');
    expect(await admin.waitForScreen('Person BEN has never had *package:1*')).toContain('[Add User]');
  });

  it('tell who set what by hand and when, and what else would give it', async () => {
    await assign(city.idOf('ANA'));
    expect(await openDetails()).toMatch(
      /Live · \*Student Registry · Student records\* · `edit` \(REG\)\n\*Active\* — Given by package:1 as `edit` \(REG\) on 3 May 2026, 12:00 CEST by <@U0\w+ADMIN>\. Already in sync\./,
    );
    await city.organization.addProfile('Reader', 'registry/records', 'view', city.idOf('ANA'));
    const where = { userId: city.idOf('ANA'), permissionId: city.organization.permissions['registry/records'] };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null, value: 'view' } });
    const screen = await openDetails();
    expect(screen).toMatch(
      /\*Divergent \(Value\)\* — Set by hand to `view` \(REG\) on .*; the package says `edit` \(REG\);/,
    );
    expect(screen).toContain('profile Reader would also give `view`. Can be synced.');
  });

  it('warn where access cannot be used for want of MAIN', async () => {
    await city.organization.addMember(1, city.idOf('ANA'));
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', {
      value: 'edit',
      param: 'REG',
      packageNumber: 1,
    });
    expect(await openDetails()).toContain('Without *Open the registry* (MAIN) Student Registry cannot be used');
    await city.organization.addRow(city.idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
    const screen = await openDetails();
    expect(screen).not.toContain('cannot be used');
    expect(screen).toContain('Open the registry `MAIN`');
  });

  it('say that a disabled package suspends what it gave', async () => {
    await assign(city.idOf('ANA'));
    await test.database.prisma.package.updateMany({
      where: { organizationId: city.organization.id },
      data: { state: 'disabled' },
    });
    const screen = await openDetails();
    expect(screen).toContain('This package is disabled: the access it gave is suspended');
    expect(screen).toContain('package:1 is disabled, so this access is suspended');
  });
});

describe('removing an assignment', () => {
  it('lists what stays and what another package claims, and shows the former member below', async () => {
    await assign(city.idOf('ANA'));
    // Told by itself, not with what follows
    await city.bench.app.outbox.idle();
    await city.organization.addPackage(2, { 'registry/open': ['granted'] });
    await city.organization.addMember(2, city.idOf('ANA'));
    const where = { userId: city.idOf('ANA'), permissionId: city.organization.permissions['registry/records'] };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null } });
    await openDetails();
    await admin.click('Remove Package Assignment');
    await admin.waitForModal('Remove assignment');
    const confirm = await admin.screen();
    expect(confirm).toContain('Person ANA becomes a former member of *package:1* Package 1, and 1 permission');
    expect(confirm).toContain('• Student Registry · Student records: `edit` (REG), set by hand');
    expect(confirm).toContain('is also part of package:2 Package 2, where it will show Not granted');
    await admin.submit();
    const details = await admin.waitForScreen('Removed. 1 permission of Person ANA deactivated.');
    expect(details).toContain('# User details');
    expect(details).toContain('Former: the package was unassigned from this person.');
    expect(details).toContain('*Disabled Assignment*');
    expect(details).toContain('[Re-assign]');
    expect(await membership('ANA')).toBe('former');
    await city.bench.app.outbox.idle();
    const told = await city
      .as('ANA')
      .waitForMessage('You no longer have:\n• *Student Registry · Open the registry `MAIN`*');
    expect(told.text).toContain('*log out and back in*');
  });

  it('refreshes the package and the details that it was opened from, and Re-assign brings the person back', async () => {
    await assign(city.idOf('ANA'));
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Active Assignees (1)');
    await admin.waitForScreen('*Person ANA*');
    await admin.click('Details');
    await admin.waitForModal('User details');
    await admin.click('Remove Package Assignment');
    await admin.waitForModal('Remove assignment');
    await admin.submit();
    await admin.waitForScreen('Removed. 2 permissions');
    await admin.waitFor(
      ({ modals }) => JSON.stringify(modals[0]?.view.blocks).includes('Former / Disabled (1)'),
      'the package to count a former member',
    );
    await admin.click('Re-assign');
    await admin.waitForModal('Assign a package');
    expect(await admin.screen()).toContain('<ANA · Person ANA>');
    await admin.submit();
    await admin.waitForScreen('1 person had it before and gets it back');
    await admin.submit();
    await admin.waitForScreen('1 person got *package:1* Package 1 back');
    await admin.waitFor(
      ({ modals }) => JSON.stringify(modals[0]?.view.blocks).includes('Active Assignees (1)'),
      'the package to count an active member',
    );
    await admin.close();
    const details = await admin.screen();
    expect(details).toContain('[Remove Package Assignment]');
    expect(details).toContain('*Active*');
    expect(await membership('ANA')).toBe('active');
  });

  it('shows the situation again where it moved, and removes nothing before the second look', async () => {
    await assign(city.idOf('ANA'));
    await openDetails();
    await admin.click('Remove Package Assignment');
    await admin.waitForModal('Remove assignment');
    const where = { userId: city.idOf('ANA'), permissionId: city.organization.permissions['registry/records'] };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null } });
    await admin.submit();
    expect(await admin.waitForScreen('Something changed since you looked')).toContain('set by hand');
    expect(await membership('ANA')).toBe('active');
    await admin.submit();
    await admin.waitForScreen('Removed. 1 permission');
  });

  it('answers the window at once while another operation holds the organization', async () => {
    await assign(city.idOf('ANA'));
    await openDetails();
    await admin.click('Remove Package Assignment');
    await admin.waitForModal('Remove assignment');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holder = test.database.prisma.$transaction(async (transaction) => {
      await lockOrganization(rawQueryOf(transaction), city.organization.id);
      await held;
    });
    const { outcome } = await admin.submit();
    expect(outcome).toBe('closed');
    expect(await membership('ANA')).toBe('active');
    release();
    await holder;
    await admin.waitForScreen('Removed. 2 permissions');
  });

  it('restores what the package had replaced, and hands the rest over to another package', async () => {
    const { organization } = city;
    const ana = city.idOf('ANA');
    await organization.addRow(ana, 'registry/records', { value: 'view', param: '*' });
    await assign(ana, true);
    await organization.addPackage(2, { 'registry/open': ['granted'] });
    await organization.addMember(2, ana);
    await openDetails();
    await admin.click('Remove Package Assignment');
    const confirm = await admin.waitForScreen('Restore what the package had replaced (1)');
    expect(confirm).toContain('Hand over to the other package (1)');
    await admin.select('remove_options', ['restore', 'hand_over']);
    await admin.submit();
    const details = await admin.waitForScreen('Removed. 0 permissions of Person ANA deactivated.');
    expect(details).toContain('1 permission is as before the package replaced it.');
    expect(details).toContain('1 permission handed over to another package.');
    const rows = await test.database.prisma.appAuth.findMany({ where: { userId: ana }, orderBy: { value: 'asc' } });
    expect(rows).toMatchObject([
      { value: 'granted', active: true, packageNumber: 2 },
      { value: 'view', param: '*', active: true, packageNumber: null },
    ]);
  });

  it('takes many at once, chosen among the members or by pasted codes', async () => {
    await assign(city.idOf('ANA'));
    await assign(city.idOf('BEN'));
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Remove people…');
    await admin.waitForModal('Remove assignment');
    expect(await admin.suggest('people', 'ana')).toEqual([
      { label: 'ANA · Person ANA', value: String(city.idOf('ANA')) },
    ]);
    await admin.fill('codes', 'ana, NOPE');
    const { errors } = await admin.submit();
    expect(Object.values(errors ?? {})).toEqual([expect.stringContaining('Nobody has the code “NOPE”')]);
    await admin.fill('codes', 'ana ben ADMIN');
    await admin.submit();
    await admin.waitForScreen('2 people become former members of *package:1* Package 1, and 4 permissions');
    await admin.submit();
    await admin.waitForScreen('2 people no longer have *package:1* Package 1; 4 permissions deactivated.');
    expect([await membership('ANA'), await membership('BEN')]).toEqual(['former', 'former']);
  });

  it('is refused to who may look but not assign, and to a forged click', async () => {
    await assign(city.idOf('ANA'));
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('BEN'), metaPermission: 'view' },
    });
    const ben = city.as('BEN');
    await ben.command('/package status 1 ANA');
    await ben.waitForModal('User details');
    expect(await ben.screen()).not.toContain('Remove Package Assignment');
    const value = { number: 1, userId: city.idOf('ANA') };
    await postPayload(city.bench, clickPayload(ben.userId, { actionId: 'assignment_remove', value }));
    await ben.waitForMessage('This needs the right to assign packages');
    expect(await membership('ANA')).toBe('active');
  });
});
