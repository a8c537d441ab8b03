import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { unassignPackage } from '../../src/engine/operations/unassignPackage.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { countUnassignment } from '../../src/persistence/unassignCells.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let operationId: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'] });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  operationId = await assign('ANA', 'BEN');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

function assign(...codes: string[]): Promise<number> {
  return assignTo(...codes.map((code) => city.idOf(code)));
}

async function assignTo(...userIds: number[]): Promise<number> {
  const { id: organizationId, context, admin: actor } = city.organization;
  const { hash } = await countPreflight(test.database.prisma, { organizationId, packageNumber: 1, userIds });
  const choices = { keepPackage: true, exceptions: [] };
  const command = { actor, key: randomUUID(), number: 1, userIds, choices, planHash: hash };
  const now = () => new Date();
  return (await assignPackage({ ...context, now }, command)).operationId;
}

const activeRows = () =>
  test.database.prisma.appAuth.count({ where: { organizationId: city.organization.id, active: true } });

it('lists what can be undone, says what that would do, and does it', async () => {
  await city.bench.app.outbox.idle();
  await city.as('ANA').waitForMessage('You now have:');
  await admin.command('/package undo');
  const list = await admin.waitForScreen('*Assigned* · *package:1* Package 1 · 2 people');
  expect(list).toContain('by Person ADMIN');
  await admin.click('Undo…');
  const review = await admin.waitForScreen('Review the undo');
  expect(review).toContain('4 permissions will be as before.');
  expect(review).toContain('2 assignments will be as before.');
  expect(await activeRows()).toBe(4);
  await admin.submit();
  await admin.waitForScreen('Undone. 4 permissions and 2 assignments are as before.');
  expect(await activeRows()).toBe(0);
  await city.bench.app.outbox.idle();
  await city.as('ANA').waitForMessage('You no longer have:');
});

it('names the one whom an operation was about', async () => {
  await city.organization.addUsers('EVA');
  const { id } = await test.database.prisma.user.findFirstOrThrow({
    where: { organizationId: city.organization.id, code: 'EVA' },
  });
  await assignTo(id);
  await admin.command('/package undo');
  await admin.waitForScreen('*Assigned* · *package:1* Package 1 · Person EVA `EVA`');
});

it('says that the package is as before where nothing of anybody was written', async () => {
  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.click('Disable');
  await admin.waitForScreen('The access of 2 people is suspended.');
  await admin.close({ all: true });
  await admin.command('/package undo');
  await admin.waitForScreen('*Package disabled*');
  await admin.click('Undo…');
  await admin.waitForScreen('The package will be as before');
  await admin.submit();
  await admin.waitForScreen('Undone. The package is as before.');
  const where = { organizationId: city.organization.id };
  expect(await test.database.prisma.package.findFirst({ where })).toMatchObject({ state: 'active' });
});

it('names what has changed since, asks again where that happens before the confirmation, and leaves it', async () => {
  await admin.command('/package undo');
  await admin.waitForScreen('*Assigned*');
  await admin.click('Undo…');
  await admin.waitForScreen('4 permissions will be as before.');
  await test.database.prisma.appAuth.updateMany({
    where: { organizationId: city.organization.id, userId: city.idOf('BEN'), value: 'edit' },
    data: { value: 'view', operationId: null },
  });
  await admin.submit();
  const again = await admin.waitForScreen('Something changed since you looked');
  expect(again).toContain('1 permission changed since, and stays as now. The rest is undone.');
  expect(again).toContain('• Person BEN `BEN` · Student Registry · Student records');
  expect(await activeRows()).toBe(4);
  await admin.submit();
  await admin.waitForScreen('1 permission had changed since, and was left as now.');
  expect(await activeRows()).toBe(1);
});

it('names who left and gets nothing back, and has nothing to confirm where that is everybody', async () => {
  const { id: organizationId, context, admin: actor } = city.organization;
  const now = () => new Date();
  const unassign = async (...codes: string[]) => {
    const userIds = codes.map((code) => city.idOf(code));
    const { hash } = await countUnassignment(test.database.prisma, { organizationId, packageNumber: 1, userIds });
    await unassignPackage({ ...context, now }, { actor, key: randomUUID(), number: 1, userIds, planHash: hash });
  };
  await unassign('ANA', 'BEN');
  await test.database.prisma.user.updateMany({
    where: { organizationId, id: city.idOf('ANA') },
    data: { leftAt: new Date('2026-05-03T10:00:00Z'), leftBecause: 'administrator' },
  });
  await admin.command('/package undo');
  await admin.waitForScreen('*Assignments removed*');
  await admin.click('Undo…');
  const review = await admin.waitForScreen('Review the undo');
  expect(review).toContain('2 permissions will be as before.');
  expect(review).toContain(
    ':wave: 1 person left, and gets nothing back. Whatever they still have can be removed from their card:',
  );
  expect(review).toContain('• Person ANA `ANA`, left on 3 May 2026, 12:00 CEST');
  await test.database.prisma.user.updateMany({
    where: { organizationId, id: city.idOf('BEN') },
    data: { leftAt: new Date('2026-05-03T10:00:00Z'), leftBecause: 'administrator' },
  });
  await admin.submit();
  const moved = await admin.waitForScreen('Something changed since you looked; this is the situation now.');
  expect(moved).toContain(':wave: 2 people left, and get nothing back.');
  expect(moved).not.toContain('[Undo]');
  expect(await activeRows()).toBe(0);
});

it('offers nothing to who may undo nothing, and refuses a forged click', async () => {
  await test.database.prisma.metaPermission.create({
    data: { organizationId: city.organization.id, userId: city.idOf('BEN'), metaPermission: 'view' },
  });
  const ben = city.as('BEN');
  await ben.command('/package undo');
  await ben.waitForScreen('There is nothing recent that you may undo.');
  await postPayload(city.bench, clickPayload(ben.userId, { actionId: 'undo_operation', value: { operationId } }));
  await ben.waitForMessage('This needs the right to assign packages');
  expect(await activeRows()).toBe(4);
});
