import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockOrganization } from '../../src/persistence/organizationLock.ts';
import { rawQueryOf } from '../../src/persistence/rawQuery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  clickPayload,
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
  city = await startSlackOrganization(test, { people: ['ANA'] });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
});

/** Errors are expected in some tests: they are asserted there, and here in all others. */
function expectErrors(...patterns: RegExp[]) {
  const errors = city.bench.errors.splice(0);
  expect(errors).toHaveLength(patterns.length);
  for (const [index, pattern] of patterns.entries()) expect(errors[index]).toMatch(pattern);
}

async function preflight() {
  await admin.command('/package assign 1');
  await admin.waitForModal('Assign a package');
  await admin.fill('codes', 'ANA');
  await admin.submit();
  await admin.waitForModal('Preflight');
}

/** Holds the organization, as a long operation does, until the returned function is called. */
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
  return async () => {
    release();
    await holder;
  };
}

describe('a request that Slack would not send', () => {
  it('of an unknown action or window is answered at once, and the person is told to start again', async () => {
    await admin.command('/package me');
    await admin.waitForModal('My access');
    const { view } = await admin.modal();
    const click = clickPayload(admin.userId, { actionId: 'of_another_version', value: {}, view });
    expect((await postPayload(city.bench, click)).status).toBe(200);
    await admin.waitForMessage('This window is too old to go on from. Please start again.');
    const submission = submissionPayload(admin.userId, { ...view, callback_id: 'of_another_version' });
    const { body } = await postPayload(city.bench, submission);
    expect(body).toContain('This window is too old to go on from. Please start again.');
    expectErrors();
  });

  it.each(['', '{', 'null', '[]', '{"number":"x"}', '{"number":1,"tab":"nowhere","text":"","page":-1}'])(
    'with the metadata %s is refused without effect',
    async (private_metadata) => {
      await admin.command('/package show 1');
      await admin.waitForScreen('# package:1');
      const view = { ...(await admin.modal()).view, private_metadata };
      const page = clickPayload(admin.userId, { actionId: 'package_member_page_next', value: { page: 1 }, view });
      await postPayload(city.bench, page);
      await admin.waitForMessage('This window is too old to go on from.');
      for (const callback_id of ['edit_package', 'add_permission', 'assign', 'preflight', 'remove', 'list']) {
        const { status, body } = await postPayload(
          city.bench,
          submissionPayload(admin.userId, { ...view, callback_id }),
        );
        expect(status).toBe(200);
        expect(JSON.parse(body)).toMatchObject({ response_action: 'update', view: { callback_id: 'error' } });
      }
      expectErrors();
    },
  );

  it('with a value that no button carries tells a reference that the log has', async () => {
    await admin.command('/package show 1');
    await admin.waitForScreen('# package:1');
    const { view } = await admin.modal();
    const value = { number: 1, state: 'deleted' };
    await postPayload(city.bench, clickPayload(admin.userId, { actionId: 'package_set_state', value, view }));
    const { text } = await admin.waitForMessage('tell your administrator this reference');
    const reference = /`(\w{8})`/.exec(text)?.[1];
    expectErrors(new RegExp(`Reference ${reference}: `));
    const packages = await test.database.prisma.package.findMany({ where: { organizationId: city.organization.id } });
    expect(packages).toMatchObject([{ state: 'active' }]);
  });
});

describe('when Slack’s Web API fails', () => {
  it('with a rate limit on the drawing, the person is told to try again', async () => {
    await city.bench.slack.fault({ method: 'views.update', status: 429, retryAfter: 1 });
    await admin.command('/package me');
    await admin.waitForScreen('Slack asks us to slow down. Please try again in a moment.');
    expectErrors();
  });

  it('with a rate limit on the drawing and on the error too, the words come as a message', async () => {
    await city.bench.slack.fault({ method: 'views.update', status: 429, retryAfter: 1, times: 2 });
    await admin.command('/package me');
    const { isEphemeral } = await admin.waitForMessage('Slack asks us to slow down.');
    expect(isEphemeral).toBe(true);
    expectErrors();
  });

  it('to open a window in time, the person is told so', async () => {
    await city.bench.slack.fault({ method: 'views.open', error: 'expired_trigger_id' });
    await admin.command('/package me');
    await admin.waitForMessage('This took too long for Slack to open a window. Please try again.');
    expectErrors();
  });

  it('to say who somebody is, the person is told with a reference, everywhere', async () => {
    await city.bench.slack.fault({ method: 'users.info', error: 'fatal_error', times: 3 });
    await admin.command('/package me');
    await admin.waitForScreen('tell your administrator this reference');
    await admin.command('/package help');
    await admin.waitForMessage('tell your administrator this reference');
    await admin.close();
    await admin.openHome();
    await admin.waitForScreen('tell your administrator this reference');
    expectErrors(/Reference \w{8}: .*fatal_error/s, /Reference/, /Reference/);
    await admin.command('/package me');
    await admin.waitForModal('My access');
  });

  it('to answer at all, the command is still acknowledged first', async () => {
    await city.bench.slack.fault({ method: 'users.info', drop: true, times: 2 });
    expect(await admin.command('/package help')).toEqual({ ok: true });
    await admin.waitForMessage('tell your administrator this reference');
    expectErrors(/Reference/);
  });

  it('with a rate limit on the messages, they come later, once', async () => {
    let now = Date.now();
    await city.bench.stop();
    city = await startSlackOrganization(test, { people: ['ANA'], now: () => new Date(now) });
    admin = city.admin;
    await city.organization.addPackage(1, { 'registry/open': ['granted'] });
    await city.bench.slack.fault({ method: 'chat.postMessage', status: 429, retryAfter: 30 });
    await preflight();
    await admin.submit();
    await admin.waitForModal('Assigned');
    await city.bench.app.outbox.idle();
    expect(await city.as('ANA').dm()).toEqual([]);
    now += 31_000;
    await city.bench.app.outbox.idle();
    await city.bench.app.outbox.idle();
    expect(await city.as('ANA').dm()).toHaveLength(1);
    expectErrors();
  });

  it('to take the report, the assignment stands, the report comes later, and the person is told in the end', async () => {
    let now = Date.now();
    await city.bench.stop();
    city = await startSlackOrganization(test, { people: ['ANA'], now: () => new Date(now) });
    admin = city.admin;
    await city.organization.addPackage(1, { 'registry/open': ['granted'] });
    const fault = { method: 'files.completeUploadExternal', error: 'fatal_error', times: 1 };
    await city.bench.slack.fault(fault);
    await preflight();
    await admin.submit();
    await admin.waitForModal('Assigned');
    await city.bench.app.outbox.idle();
    expect(await admin.dm()).toEqual([]);
    await city.as('ANA').waitForMessage('You now have');
    now += 3_600_000;
    await city.bench.app.outbox.idle();
    expect((await admin.waitForMessage('Assignment report of')).files).toHaveLength(1);

    await admin.command('/package show 1');
    await admin.waitForScreen('# package:1');
    await city.organization.addUsers('BEN');
    await admin.command('/package assign 1');
    await admin.waitForModal('Assign a package');
    await city.bench.slack.fault({ ...fault, times: 20 });
    await admin.fill('codes', 'BEN');
    await admin.submit();
    await admin.waitForModal('Preflight');
    await admin.submit();
    await admin.waitForModal('Assigned');
    for (let attempt = 0; attempt < 8; attempt++) {
      await city.bench.app.outbox.idle();
      now += 24 * 3_600_000;
    }
    const failures = (await admin.dm()).filter(({ text }) => text.includes('its PDF could not be delivered here'));
    expect(failures).toHaveLength(1);
    expectErrors(/A message could not be delivered: .*fatal_error/s);
  });
});

describe('a window closed while something confirmed is being done', () => {
  it('leaves the outcome as a message', async () => {
    await preflight();
    const release = await holdOrganization();
    expect(await admin.submit()).toMatchObject({ outcome: 'updated' });
    await admin.close();
    await release();
    await admin.waitForMessage('1 person got *package:1* Package 1');
    expectErrors();
  });

  it('leaves the reason as a message where it was refused, and where the plan moved', async () => {
    for (const [change, words] of [
      [{ name: 'Renamed', state: 'disabled' }, 'package:1 Renamed is disabled.'],
      [{ state: 'active' }, 'Nothing was assigned: something changed since you looked'],
    ] as const) {
      await test.database.prisma.package.updateMany({
        where: { organizationId: city.organization.id },
        data: { state: 'active' },
      });
      await preflight();
      const release = await holdOrganization();
      await admin.submit();
      await admin.close();
      await test.database.prisma.package.updateMany({ where: { organizationId: city.organization.id }, data: change });
      const where = { organizationId: city.organization.id };
      if (change.state === 'active') {
        await test.database.prisma.packagePermission.updateMany({ where, data: { live: false } });
      }
      await release();
      await admin.waitForMessage(words);
    }
    expectErrors();
  });
});
