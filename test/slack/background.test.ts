import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Held, holdOrganization } from '../support/holdOrganization.ts';
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
let held: Held | undefined;
/** How much later it is than it was, in milliseconds. */
let passed: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  passed = 0;
  city = await startSlackOrganization(test, {
    now: () => new Date(Date.now() + passed),
    people: ['ANA', 'BEN', 'CAT', 'DAN'],
    backgroundFrom: 2,
    details: async ({ operationId }) => Readable.from([`operation,${operationId}\n`]),
  });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await release();
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const hold = async () => {
  held = await holdOrganization(test.url, city.organization.id);
};
async function release() {
  await held?.release();
  held = undefined;
}

async function confirm(codes: string) {
  await admin.command('/package assign 1');
  await admin.waitForModal('Assign a package');
  await admin.fill('codes', codes);
  await admin.submit();
  await admin.waitForModal('Preflight');
  await admin.submit();
}

const operations = () => test.database.prisma.operation.count({ where: { organizationId: city.organization.id } });
const assigning = (n: number) => `Assigning *package:1* Package 1 to ${n} people`;

describe('assigning many people', () => {
  it('shows the progress in the window and in one message, and at the end the outcome with its details', async () => {
    await hold();
    await confirm('ANA BEN');
    const running = await admin.waitForScreen(`${assigning(2)}… running since `);
    expect(running).toContain('You may close this window');
    const message = await admin.waitForMessage(`${assigning(2)}… running since `);
    expect(await operations()).toBe(0);
    await release();
    await admin.waitForModal('Assigned');
    const outcome = await admin.screen();
    expect(outcome).toContain(`${assigning(2)}: *done* `);
    expect(outcome).toContain('2 people got *package:1* Package 1');
    expect(outcome).toContain('4 permissions granted');
    const details = await admin.waitForMessage('Person by person.');
    const [done, ...others] = (await admin.dm()).filter(({ text }) => text.includes('Assigning'));
    expect(others).toEqual([]);
    expect(done).toMatchObject({ ts: message.ts, isEdited: true });
    expect(done?.text).toContain('2 people got *package:1* Package 1');
    expect(details.threadTs).toBe(message.ts);
    const [file] = details.files;
    const operation = await test.database.prisma.operation.findFirstOrThrow({
      where: { organizationId: city.organization.id },
    });
    expect(file).toMatchObject({ name: `operation-${operation.id}.csv`, mimetype: 'text/csv' });
    expect(await (await fetch(String(file?.url_private))).text()).toBe(`operation,${operation.id}\n`);
    await admin.waitForMessage('Assignment report of *package:1* Package 1 for 2 people.');
    await city.as('ANA').waitForMessage('You now have:');
  });

  it('tells the outcome in the message where the window was closed', async () => {
    await hold();
    await confirm('ANA BEN');
    await admin.waitForScreen('running since');
    await admin.close();
    await release();
    await admin.waitForMessage('2 people got *package:1* Package 1');
    await admin.waitForMessage('Person by person.');
    expect(await admin.stack()).toEqual([]);
  });

  it('says what waits behind another operation of the organization', async () => {
    await hold();
    await confirm('ANA BEN');
    await admin.waitForScreen('running since');
    await confirm('CAT DAN');
    await admin.waitForScreen(`${assigning(2)}… queued`);
    await release();
    await admin.waitForModal('Assigned');
    expect(await operations()).toBe(2);
  });

  it('does what is below the size at once', async () => {
    await confirm('ANA');
    await admin.waitForModal('Assigned');
    expect(
      await test.database.prisma.backgroundOperation.count({ where: { organizationId: city.organization.id } }),
    ).toBe(0);
  });

  it('tells in words that the plan changed meanwhile, and changes nothing', async () => {
    await hold();
    await confirm('ANA BEN');
    await admin.waitForScreen('running since');
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', { value: 'view' });
    await release();
    await admin.waitForModal('Sorry');
    const said = 'Something changed since you looked. Please look again and confirm.';
    expect(await admin.screen()).toContain(`${assigning(2)}: *not done*, nothing was changed.`);
    expect(await admin.screen()).toContain(said);
    await admin.waitForMessage(said);
    expect(await operations()).toBe(0);
    expect(await admin.dm()).toHaveLength(1);
  });

  it('authorizes again when it is done', async () => {
    await hold();
    await confirm('ANA BEN');
    await admin.waitForScreen('running since');
    const where = { organizationId: city.organization.id, metaPermission: 'assign_packages' };
    await test.database.prisma.metaPermission.deleteMany({ where });
    await release();
    await admin.waitForMessage('This needs the right to assign packages, which you do not have.');
    expect(await operations()).toBe(0);
  });

  it('refuses at once whoever lost the right before confirming', async () => {
    await admin.command('/package assign 1');
    await admin.waitForModal('Assign a package');
    await admin.fill('codes', 'ANA BEN');
    await admin.submit();
    await admin.waitForModal('Preflight');
    const where = { organizationId: city.organization.id, metaPermission: 'assign_packages' };
    await test.database.prisma.metaPermission.deleteMany({ where });
    await admin.submit();
    await admin.waitForScreen('This needs the right to assign packages, which you do not have.');
    expect(
      await test.database.prisma.backgroundOperation.count({ where: { organizationId: city.organization.id } }),
    ).toBe(0);
  });

  it('happens once, with one message, where the window is submitted twice at the same moment', async () => {
    await admin.command('/package assign 1');
    await admin.waitForModal('Assign a package');
    await admin.fill('codes', 'ANA BEN');
    await admin.submit();
    await admin.waitForModal('Preflight');
    const payload = submissionPayload(admin.userId, (await admin.modal()).view);
    await Promise.all([postPayload(city.bench, payload), postPayload(city.bench, payload)]);
    await admin.waitForModal('Assigned');
    await admin.waitForMessage('Person by person.');
    expect(await operations()).toBe(1);
    expect((await admin.dm()).filter(({ text }) => text.includes('Assigning'))).toHaveLength(1);
  });

  it('tells nothing twice where the answers of Slack are lost', { timeout: 60_000 }, async () => {
    await hold();
    for (const method of ['chat.postMessage', 'chat.update', 'files.completeUploadExternal']) {
      await city.bench.slack.fault({ method, drop: true, times: 1 });
    }
    await confirm('ANA BEN');
    await release();
    const where = { organizationId: city.organization.id };
    await vi.waitFor(async () => {
      expect(await test.database.prisma.backgroundOperation.findFirst({ where })).toMatchObject({ state: 'done' });
    }, 20_000);
    await vi.waitFor(async () => {
      passed += 5 * 60_000;
      await city.bench.app.outbox.idle();
      expect(await test.database.prisma.outboxEntry.count({ where: { ...where, deliveredAt: null } })).toBe(0);
    }, 20_000);
    const said = (await admin.dm()).map(({ text }) => text);
    for (const part of ['Assigning', 'Person by person.', 'Assignment report']) {
      expect(said.filter((text) => text.includes(part))).toHaveLength(1);
    }
    for (const code of ['ANA', 'BEN']) expect(await city.as(code).dm()).toHaveLength(1);
  });
});
