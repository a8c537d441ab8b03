import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization } from '../support/organization.ts';
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

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN', 'OTHER'] });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function preflight(codes: string) {
  await admin.command('/package assign 1');
  await admin.waitForModal('Assign a package');
  await admin.fill('codes', codes);
  await admin.submit();
  await admin.waitForModal('Preflight');
}

const assignments = () =>
  test.database.prisma.assignment.count({ where: { organizationId: city.organization.id, state: 'active' } });
const operations = () => test.database.prisma.operation.count({ where: { organizationId: city.organization.id } });

async function setPackage(data: { state: 'active' | 'disabled' }) {
  await test.database.prisma.package.updateMany({ where: { organizationId: city.organization.id }, data });
}

describe('confirming an assignment', () => {
  it('tells the outcome in numbers, and shows the new member on the package below', async () => {
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Add User');
    await admin.waitForModal('Assign a package');
    await admin.fill('codes', 'ANA BEN');
    await admin.submit();
    await admin.waitForModal('Preflight');
    await admin.submit();
    await admin.waitForModal('Assigned');
    const done = await admin.screen();
    expect(done).toContain('2 people got *package:1* Package 1');
    expect(done).toContain('4 permissions granted');
    await admin.waitFor(({ modals }) => {
      return JSON.stringify(modals[0]?.view.blocks).includes('Active Assignees (2)');
    }, 'the package screen below to count two members');
    await admin.close();
    expect(await admin.screen()).toContain('*Person ANA* `ANA`\nActive 2');
  });

  it('delivers the PDF report to the administrator and tells the people to log out and back in', async () => {
    await preflight('ANA BEN');
    await admin.submit();
    await admin.waitForModal('Assigned');
    await city.bench.app.outbox.idle();
    const report = await admin.waitForMessage('Assignment report of *package:1* Package 1 for 2 people.');
    const [file] = report.files;
    expect(file?.name).toMatch(/^package-1-assignment-\d+\.pdf$/);
    expect(file).toMatchObject({ mimetype: 'application/pdf' });
    const bytes = Buffer.from(await (await fetch(String(file?.url_private))).arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBe(Number(file?.size));
    const told = await city.as('ANA').dm();
    expect(told.map(({ text }) => text)).toEqual([
      'Your access was changed.\nYou now have:\n• *Student Registry · Open the registry `MAIN`*: `granted`\n• *Student Registry · Student records*: `edit` (REG)\nPlease *log out and back in* for the change to take effect. See what you have with `/package me`.',
    ]);
    expect(await city.as('OTHER').dm()).toEqual([]);
  });

  it('shows the plan again and applies nothing where the package moved, then applies what was seen', async () => {
    await preflight('ANA');
    await test.database.prisma.packagePermission.updateMany({
      where: {
        organizationId: city.organization.id,
        permissionId: city.organization.permissions['registry/records'],
      },
      data: { value: 'admin' },
    });
    await admin.submit();
    await admin.waitForScreen('Something changed since you looked.');
    expect(await assignments()).toBe(0);
    expect(await operations()).toBe(0);
    await admin.submit();
    await admin.waitForModal('Assigned');
    const rows = await test.database.prisma.appAuth.findMany({ where: { userId: city.idOf('ANA') } });
    expect(rows.map(({ value }) => value).sort()).toEqual(['admin', 'granted']);
  });

  it('shows a conflict that came up meanwhile before it is decided', async () => {
    await preflight('ANA');
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', { value: 'view' });
    await admin.submit();
    const again = await admin.waitForScreen('Something changed since you looked.');
    expect(again).toContain('has `view`, set by hand');
    expect(await assignments()).toBe(0);
  });

  it('refuses a package that was disabled meanwhile', async () => {
    await preflight('ANA');
    await setPackage({ state: 'disabled' });
    await admin.submit();
    await admin.waitForScreen('package:1 Package 1 is disabled. Enable it before assigning it.');
    expect(await assignments()).toBe(0);
  });

  it('refuses somebody who lost the right between preflight and confirmation', async () => {
    await preflight('ANA');
    await test.database.prisma.metaPermission.deleteMany({
      where: { organizationId: city.organization.id, metaPermission: 'assign_packages' },
    });
    await admin.submit();
    await admin.waitForScreen('This needs the right to assign packages, which you do not have.');
    expect(await assignments()).toBe(0);
  });

  it('happens once where the same window is submitted twice at the same moment', async () => {
    await preflight('ANA');
    const { view } = await admin.modal();
    const payload = submissionPayload(admin.userId, view);
    const answers = await Promise.all([postPayload(city.bench, payload), postPayload(city.bench, payload)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await admin.waitForModal('Assigned');
    await city.bench.app.stop();
    expect(await operations()).toBe(1);
    expect(await test.database.prisma.outboxEntry.count({ where: { organizationId: city.organization.id } })).toBe(2);
    expect(await admin.screen()).toContain('1 person got');
  });

  it('refuses the draft of somebody else', async () => {
    const other = await city.organization.addAdministrator('SECOND', 'assign_packages', 'view');
    await test.database.prisma.user.updateMany({
      where: { id: city.idOf('OTHER') },
      data: { slackUserId: null },
    });
    await test.database.prisma.user.updateMany({
      where: { id: other.userId },
      data: { slackUserId: city.slackIdOf('OTHER') },
    });
    await preflight('ANA');
    const { view } = await admin.modal();
    const answer = await postPayload(city.bench, submissionPayload(city.slackIdOf('OTHER'), view));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('This window is too old to go on from. Please start again.');
    expect(await assignments()).toBe(0);
  });

  it('does nothing to ids of another organization', async () => {
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    const [eve = 0] = await elsewhere.addUsers('EVE');
    await elsewhere.addPackage(9, { 'registry/open': ['granted'] });
    await admin.command('/package assign 1');
    await admin.waitForModal('Assign a package');
    const { view } = await admin.modal();
    const chosen = { selected_options: [{ value: String(eve) }] };
    const values = { people: { assign_people: chosen }, codes: { assign_codes: { value: null } } };
    const { body } = await postPayload(city.bench, submissionPayload(admin.userId, view, values));
    expect(JSON.parse(body)).toMatchObject({ response_action: 'errors', errors: { people: expect.any(String) } });
    expect(body).not.toContain('EVE');
    const private_metadata = JSON.stringify({ number: 9, userIds: [] });
    const own = { people: { assign_people: { selected_options: [{ value: String(city.idOf('ANA')) }] } } };
    await postPayload(city.bench, submissionPayload(admin.userId, { ...view, private_metadata }, own));
    await admin.waitForScreen('There is no package “9”.');
    expect(await test.database.prisma.assignment.count({ where: { userId: eve } })).toBe(0);
  });
});
