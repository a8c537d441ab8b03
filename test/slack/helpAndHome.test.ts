import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scanDrift } from '../../src/engine/operations/scanDrift.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA'], now: () => TEST_NOW });
  admin = city.admin;
  ana = city.as('ANA');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

describe('the help', () => {
  it('lists every subcommand to an administrator, and nothing as missing', async () => {
    await admin.command('/package help');
    const { text } = await admin.waitForMessage('• `/package list [text]` — packages, filtered by text');
    for (const word of ['show', 'new', 'assign', 'sync', 'undo', 'status', 'grant', 'export', 'me', 'help'])
      expect(text).toContain(`\`/package ${word}`);
    expect(text).not.toContain('not for you');
    expect(text).not.toContain('To get more');
  });

  it('says to an employee what is missing, which right it needs, and whom to ask', async () => {
    await city.organization.addFounder('BOSS');
    await ana.command('/package help');
    const { text, isEphemeral } = await ana.waitForMessage('• `/package me` — your packages and your access');
    expect(isEphemeral).toBe(true);
    expect(text).toContain('create a package _not for you: needs define packages_');
    expect(text).toContain('assign a package to people _not for you: needs assign packages_');
    expect(text).toContain('`/package me` — your packages and your access\n');
    expect(text).toContain(`To get more, ask <@${city.slackIdOf('BOSS')}>.`);
  });

  it.each([
    ['asign 1', 'I don’t know “asign”. Did you mean `/package assign 1`?'],
    ['LITS Registry & co', 'I don’t know “lits”. Did you mean `/package list Registry &amp; co`?'],
    ['stat', 'Did you mean `/package status`?'],
  ])('suggests the nearest word for “%s”', async (typed, suggestion) => {
    await admin.command(`/package ${typed}`);
    await admin.waitForMessage(suggestion);
  });

  it('shows the whole list for a word that is like none', async () => {
    await admin.command('/package <frobnicate>');
    const { text } = await admin.waitForMessage('I don’t know “&lt;frobnicate&gt;”.');
    expect(text).toContain('`/package help` — this list');
  });
});

describe('the dashboard', () => {
  it('answers the bare command and the shortcut with numbers and what an administrator may do', async () => {
    await city.organization.addPackage(1, {});
    await city.organization.addPackage(2, {});
    await city.organization.addMember(1, city.idOf('ANA'));
    const where = { organizationId: city.organization.id, number: 2 };
    await test.database.prisma.package.updateMany({ where, data: { state: 'disabled' } });
    for (const open of [() => admin.command('/package'), () => admin.shortcut('open_quartermaster')]) {
      await open();
      const screen = await admin.waitForScreen('1 active package, 1 disabled · 1 active assignment');
      expect(screen).toContain(
        '[Packages] [Assign a package] [New package] [Manage Permissions] [Profiles] [Rules and groups] [Catalogue] [People] [Undo] [Requests] [Audit trail] [Settings] [My access] [Help]',
      );
      await admin.close();
    }
  });

  it('shows the drift of each package, and leads to its cure', async () => {
    await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view'] });
    await city.organization.addPackage(2, { 'tickets/open': ['granted'] });
    await city.organization.addMember(1, city.idOf('ANA'));
    await admin.command('/package');
    expect(await admin.waitForScreen('## Drift by package')).toContain('The first look for drift is under way.');
    await scanDrift(city.organization.context, city.organization.id);
    await admin.command('/package');
    const screen = await admin.waitForScreen(':warning: *package:1*');
    expect(screen).toContain(':warning: *package:1* Package 1: 2 permissions of 1 person');
    expect(screen).not.toContain('*package:2* Package 2:');
    await admin.click('Sync');
    await admin.waitForModal('Sync');
  });

  it('says what somebody may not do, and whom to ask', async () => {
    await city.organization.addFounder('BOSS');
    await ana.command('/package');
    const screen = await ana.waitForScreen('Not for you here: define packages, assign packages');
    expect(screen).toContain(`To get more, ask <@${city.slackIdOf('BOSS')}>.`);
    expect(screen).toContain('Nothing is waiting for you.');
  });

  it('shows an employee their own packages and no button that they may not use', async () => {
    await city.organization.addPackage(1, {});
    await city.organization.addMember(1, city.idOf('ANA'));
    await ana.command('/package');
    const screen = await ana.waitForScreen(':large_green_circle: *package:1* Package 1');
    expect(screen).toContain('\n[Requests] [Ask for access] [My access] [Help]\n');
    expect(screen).not.toContain('active package');
    await ana.click('Help');
    await ana.waitForScreen('What you can do here');
  });

  it('never needs more windows than a stack holds, from a new package to the removal of a member', async () => {
    await admin.command('/package');
    await admin.waitForScreen('Quick actions');
    await admin.click('New package');
    await admin.waitForModal('New package');
    await admin.fill('name', 'Registry clerk');
    await admin.submit();
    await admin.waitForScreen('package:1 was created.');
    await city.organization.addMember(1, city.idOf('ANA'));
    await admin.click('Active Assignees (0)');
    await admin.waitForScreen('*Person ANA*');
    await admin.click('Details');
    await admin.waitForModal('User details');
    await admin.click('Remove Package Assignment');
    await admin.waitForModal('Remove assignment');
    await admin.submit();
    await admin.waitForScreen('Removed.');
  });
});

describe('App Home', () => {
  it('shows an administrator everything, and a refresh shows what is new', async () => {
    await admin.openHome();
    const before = await admin.waitForScreen('0 active packages, 0 disabled');
    expect(before).toContain('You have no package yet.');
    expect(before).toContain(`Last updated 3 May 2026, 12:00 CEST`);
    await city.organization.addPackage(1, {});
    await admin.click('Refresh', { in: 'home' });
    await admin.waitForScreen('1 active package, 0 disabled');
    await admin.click('Packages', { in: 'home' });
    expect(await admin.waitForScreen('# Packages')).toContain('*package:1* Package 1');
  });

  it('shows an employee their packages, and opens their access', async () => {
    await city.organization.addPackage(1, {});
    await city.organization.addMember(1, city.idOf('ANA'), 'former');
    await ana.openHome();
    const home = await ana.waitForScreen('*package:1* Package 1 (former)');
    expect(home).not.toContain('[Packages]');
    await ana.click('My access', { in: 'home' });
    await ana.waitForModal('My access');
  });
});
