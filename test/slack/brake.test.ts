import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

const PEOPLE = ['ANA', 'BEN', 'CAT', 'DAN', 'EVA', 'FAY'];

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** Six members of package 1, who have all of it. */
async function start(backgroundFrom = 100): Promise<void> {
  city = await startSlackOrganization(test, { people: PEOPLE, backgroundFrom });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view', 'REG'] });
  for (const code of PEOPLE) {
    const userId = city.idOf(code);
    await city.organization.addMember(1, userId);
    await city.organization.addRow(userId, 'registry/open', { value: 'granted', packageNumber: 1 });
    await city.organization.addRow(userId, 'registry/records', { value: 'view', param: 'REG', packageNumber: 1 });
  }
}
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const members = () =>
  test.database.prisma.assignment.count({ where: { organizationId: city.organization.id, state: 'active' } });

async function confirmRemovalOfAll(): Promise<void> {
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.click('Remove people…');
  await admin.waitForModal('Remove assignment');
  await admin.fill('codes', PEOPLE.join(' '));
  await admin.submit();
  await admin.waitForScreen('6 people become former members');
  await admin.submit();
}

describe('a second confirmation', () => {
  beforeEach(() => start());

  it('is asked where many would lose access, and done when it is given', async () => {
    await confirmRemovalOfAll();
    await admin.waitForModal('Second confirmation');
    const asked = await admin.screen();
    expect(asked).toContain('You are about to remove *package:1* Package 1 from 6 people.');
    expect(asked).toContain('*This takes access from 6 of the 6 members* of the package (100 %).');
    expect(asked).toContain('whatever takes access from more than 20 % to be confirmed twice.');
    // Slack asks for the tick itself; who sends none all the same is told so
    const { view } = await admin.modal();
    const { body } = await postPayload(city.bench, submissionPayload(admin.userId, view));
    expect(JSON.parse(body)).toMatchObject({ errors: { past_brake: 'Tick this to confirm, or cancel.' } });
    expect(await members()).toBe(6);
    await admin.select(ACTIONS.pastBrake, ['yes']);
    await admin.submit();
    await admin.waitForScreen('6 people no longer have *package:1* Package 1; 12 permissions deactivated.');
    expect(await members()).toBe(0);
  });

  it('is asked before a package is disabled, and nothing happens where it is cancelled', async () => {
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Disable');
    await admin.waitForScreen('You are about to disable *package:1* Package 1.');
    await admin.close({ all: true });
    const where = { organizationId: city.organization.id };
    expect(await test.database.prisma.package.findFirst({ where })).toMatchObject({ state: 'active' });
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Disable');
    await admin.waitForModal('Second confirmation');
    await admin.select(ACTIONS.pastBrake, ['yes']);
    await admin.submit();
    await admin.waitForScreen('The access of 6 people is suspended.');
    expect(await test.database.prisma.package.findFirst({ where })).toMatchObject({ state: 'disabled' });
  });

  it('is asked before a permission is removed, and before a sync that lowers', async () => {
    const permissionId = city.organization.permissions['registry/records'];
    await test.database.prisma.appAuth.updateMany({
      where: { organizationId: city.organization.id, permissionId },
      data: { value: 'admin' },
    });
    await admin.command('/package sync 1');
    await admin.waitForScreen('*6* to sync');
    await admin.submit();
    await admin.waitForScreen('6 permissions of 6 people will be as the package says');
    await admin.submit();
    await admin.waitForScreen('You are about to sync *package:1* Package 1 for 6 people.');
    await admin.select(ACTIONS.pastBrake, ['yes']);
    await admin.submit();
    await admin.waitForScreen('6 permissions of 6 people are as *package:1* Package 1 says');
    await admin.close({ all: true });

    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.select(`permission_menu_${permissionId}`, 'Remove from package…');
    await admin.waitForScreen('Removed for *6 people*');
    await admin.submit();
    await admin.waitForScreen('You are about to remove *Student Registry · Student records* from *package:1*');
    await admin.select(ACTIONS.pastBrake, ['yes']);
    await admin.submit();
    await admin.waitForScreen('6 people lost it, 0 people kept it');
  });

  it('can be wanted from another share on, which is checked beside its field', async () => {
    await admin.command('/package settings');
    await admin.waitForModal('Settings');
    await admin.click('Edit');
    await admin.waitForModal('Organization');
    for (const wrong of ['0', '101', '1.5', 'all']) {
      await admin.fill(ACTIONS.organizationBrake, wrong);
      const { errors } = await admin.submit();
      expect(Object.values(errors ?? {})).toEqual(['Type a whole number from 1 to 100.']);
    }
    await admin.fill(ACTIONS.organizationBrake, '100');
    await admin.submit();
    await admin.waitForModal('Settings');
    await admin.close({ all: true });
    await confirmRemovalOfAll();
    await admin.waitForScreen('6 people no longer have *package:1* Package 1; 12 permissions deactivated.');
  });
});

it('is kept for the worker that does it', async () => {
  await start(2);
  await confirmRemovalOfAll();
  await admin.waitForModal('Second confirmation');
  await admin.select(ACTIONS.pastBrake, ['yes']);
  await admin.submit();
  await admin.waitForScreen('Removing the assignment of *package:1* Package 1 from 6 people: *done*');
  expect(await members()).toBe(0);
});
