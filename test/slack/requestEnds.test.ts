import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRequest } from '../../src/engine/operations/createRequest.ts';
import { cancelRequest, tendRequests } from '../../src/engine/operations/endRequest.ts';
import type { ShownMessage } from '../../src/sandbox/people/state.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { fail } from '../support/fail.ts';
import { holdJobs } from '../support/holdOrganization.ts';
import { createRequestDesk, type RequestDesk } from './requestDesk.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

const HOUR_MS = 3_600_000;

let test: TestDatabase;
let city: SlackOrganization;
let desk: RequestDesk;
let admin: Driver;
let ana: Driver;
let ben: Driver;
let cal: Driver;
let lateBy: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  lateBy = 0;
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'CAL'],
    profiles: { BEN: { locale: 'es-ES' } },
    now,
  });
  desk = await createRequestDesk(test, city);
  [admin, ana, ben, cal] = [city.admin, city.as('ANA'), city.as('BEN'), city.as('CAL')];
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

function now(): Date {
  return new Date(Date.now() + lateBy);
}

/** Makes the request and waits until everybody has been told. @returns its id, and what each approver was sent. */
async function ask(): Promise<{ requestId: number; toAna: ShownMessage; toBen: ShownMessage }> {
  const requestId = await desk.ask();
  const [toAna, toBen] = await Promise.all([
    ana.waitForMessage('Starts on Monday'),
    ben.waitForMessage('Starts on Monday'),
  ]);
  await city.bench.app.outbox.idle();
  return { requestId, toAna, toBen };
}

const setState = (state: 'active' | 'disabled') =>
  test.database.prisma.package.updateMany({ where: { organizationId: city.organization.id }, data: { state } });

/** What a message shows by now, its buttons included. */
async function shown(driver: Driver, { channel, ts }: ShownMessage): Promise<string> {
  await city.bench.app.outbox.idle();
  const message = (await driver.messages(channel)).find((each) => each.ts === ts);
  return message ? driver.textOfMessage(message) : 'gone';
}

/** A click on a message as it was drawn before: its buttons have gone since. */
async function clickLate(code: string, requestId: number): Promise<void> {
  const click = { actionId: ACTIONS.approveRequest, value: { requestId, revision: 1 } };
  expect(await postPayload(city.bench, clickPayload(city.slackIdOf(code), click))).toMatchObject({ status: 200 });
  await city.bench.app.settled();
}

const told = async (driver: Driver, text: string) =>
  (await driver.dm()).filter((message) => message.text.includes(text)).length;

const story = async () => {
  const records = await test.database.prisma.auditRecord.findMany({
    where: { organizationId: city.organization.id },
    orderBy: { seq: 'asc' },
  });
  return records.map(({ action }) => action).slice(1);
};

describe('a request', () => {
  it('that has become impossible ends by the click that finds out, and says why to everybody', async () => {
    await desk.policy();
    const { requestId, toAna, toBen } = await ask();
    await setState('disabled');
    await ana.click('Approve', { in: toAna });
    await ana.waitForScreen(`Nothing was changed. How request ${requestId} stands: :warning: no longer possible.`);
    const outcome = await admin.waitForMessage(`Request ${requestId} is no longer possible: assign *package:1*`);
    expect(outcome.text).toContain('package:1 Package 1 is disabled');
    const toAnaNow = await shown(ana, toAna);
    expect(toAnaNow).toContain(`*Request ${requestId}* · :warning: no longer possible`);
    expect(toAnaNow).toContain('Why: package:1 Package 1 is disabled');
    expect(toAnaNow).not.toContain('[Approve]');
    const toBenNow = await shown(ben, toBen);
    expect(toBenNow).toContain(`*Solicitud ${requestId}* · :warning: ya no es posible`);
    expect(toBenNow).not.toContain('[Aprobar]');
    await clickLate('BEN', requestId);
    await ben.waitForMessage(`No se cambió nada. Así está la solicitud ${requestId}: :warning: ya no es posible.`);
    expect(await story()).toEqual(['create_request', 'outdate_request']);
    expect(await desk.isMember()).toBe(false);
  });

  it('that fails can be tried again until it succeeds, and each outcome is told', async () => {
    await desk.policy({ tellPeople: true });
    const { requestId, toAna, toBen } = await ask();
    const jobsHeld = await holdJobs(test.url, city.organization.id);
    await ana.click('Approve', { in: toAna });
    await ana.waitForMessage(':white_check_mark: approved, being applied');
    await setState('disabled');
    await jobsHeld.release();
    const failure = `Request ${requestId} was approved, but could not be applied: assign *package:1*`;
    await admin.waitForMessage(failure);
    const toBenNow = await shown(ben, toBen);
    expect(toBenNow).toContain(':warning: aprobada, pero no se pudo aplicar');
    expect(toBenNow).not.toContain('[Aprobar]');
    await clickLate('BEN', requestId);
    await ben.waitForMessage(`Así está la solicitud ${requestId}: :warning: aprobada, pero no se pudo aplicar.`);

    const own = await admin.waitForMessage('Starts on Monday');
    expect(await shown(admin, own)).toContain('Why: package:1 Package 1 is disabled');
    await admin.close({ all: true });
    await admin.click('Details', { in: own });
    await admin.waitForScreen('approved, but it could not be applied');
    await admin.click('Try again');
    await admin.waitForScreen('It is being tried again. You will get the outcome as a message.');
    await admin.waitFor(
      ({ conversations }) =>
        conversations.flatMap(({ messages }) => messages).filter(({ text }) => text.includes(failure)).length === 2,
      'the second failure',
    );
    expect(await told(cal, 'Request')).toBe(0);

    await setState('active');
    await admin.close({ all: true });
    await admin.click('Details', { in: own });
    await admin.waitForScreen('approved, but it could not be applied');
    await admin.click('Try again');
    await admin.waitForMessage(`Request ${requestId} is done: assign *package:1*`);
    const done = await shown(ana, toAna);
    expect(done).toContain('*applied*');
    expect(done).not.toContain('Why:');
    expect(await told(admin, failure)).toBe(2);
    expect(await told(admin, 'is done: assign')).toBe(1);
    expect(await desk.isMember()).toBe(true);
    expect(await story()).toEqual([
      ...['create_request', 'approve_request', 'fail_request', 'retry_request', 'fail_request', 'retry_request'],
      'assign_package',
    ]);
  });

  it('that failed can be given up, of which the people hear whom it was about', async () => {
    await desk.policy({ tellPeople: true });
    const { requestId, toAna } = await ask();
    const jobsHeld = await holdJobs(test.url, city.organization.id);
    await ana.click('Approve', { in: toAna });
    await ana.waitForMessage(':white_check_mark: approved, being applied');
    await setState('disabled');
    await jobsHeld.release();
    await admin.waitForMessage('could not be applied');
    const own = await admin.waitForMessage('Starts on Monday');
    await admin.close({ all: true });
    await admin.click('Details', { in: own });
    await admin.waitForScreen('approved, but it could not be applied');
    await admin.click('Cancel the request');
    await admin.waitForScreen('The request is cancelled.');
    await cal.waitForMessage(
      `Request ${requestId} of <@${city.slackIdOf('ADMIN')}>, which is about your access, was cancelled: assign *package:1*`,
    );
    expect(await shown(ana, toAna)).toContain(`:no_entry_sign: cancelled`);
    await postPayload(
      city.bench,
      clickPayload(city.slackIdOf('ADMIN'), {
        ...{ actionId: ACTIONS.retryRequest, value: { requestId, revision: 1 } },
      }),
    );
    await admin.waitForMessage(`Nothing was changed. How request ${requestId} stands: :no_entry_sign: cancelled.`);
    expect(await told(cal, 'Request')).toBe(1);
    expect(await story()).toEqual(['create_request', 'approve_request', 'fail_request', 'cancel_request']);
  });

  it('whose time is over is decided by nobody, before and after the schedule ends it', async () => {
    await desk.policy({ tellPeople: true });
    const { requestId, toAna, toBen } = await ask();
    lateBy = 25 * HOUR_MS;
    await ana.click('Approve', { in: toAna });
    await ana.waitForScreen(`Nothing was changed. How request ${requestId} stands: :hourglass: expired.`);
    await ben.command('/package requests');
    await ben.waitForScreen('Aún no ha pedido nada.');
    await tendRequests({ ...city.organization.context, now }, fail);
    city.bench.app.outbox.poke();
    for (const [driver, words] of [
      [admin, `Request ${requestId} expired, because nobody decided in time: assign *package:1*`],
      [cal, 'which is about your access, expired, because nobody decided in time: assign *package:1*'],
    ] as const) {
      await driver.waitForMessage(words);
    }
    const toAnaNow = await shown(ana, toAna);
    expect(toAnaNow).toContain(`*Request ${requestId}* · :hourglass: expired`);
    expect(toAnaNow).not.toContain('[Approve]');
    expect(await shown(ben, toBen)).toContain(`*Solicitud ${requestId}* · :hourglass: caducada`);
    await clickLate('BEN', requestId);
    await ben.waitForMessage(`No se cambió nada. Así está la solicitud ${requestId}: :hourglass: caducada.`);
    await city.bench.app.outbox.idle();
    expect(await told(admin, 'expired')).toBe(1);
    expect(await told(cal, 'expired')).toBe(1);
    expect(await story()).toEqual(['create_request', 'expire_request']);
    expect(await desk.isMember()).toBe(false);
  });

  it('asks Slack of nobody whom it concerns as long as there is nothing to tell them', async () => {
    await desk.policy({ tellPeople: true });
    await ask();
    const calls = await city.bench.slack.calls();
    const asked = calls.filter(({ method }) => method === 'users.info').map(({ args }) => args.user);
    expect(asked).toContain(city.slackIdOf('ANA'));
    expect(asked).not.toContain(city.slackIdOf('CAL'));
  });
});

it('stands in the channel also where it was cancelled before anybody could be told', async () => {
  await desk.policy({ channel: 'C0GENERAL' });
  const { context, id: organizationId, admin: actor } = city.organization;
  const wanted = {
    number: 1,
    userIds: [city.idOf('CAL')],
    choices: { keepPackage: false, exceptions: [] },
    planHash: '',
  };
  const asking = { ...context, now, userGroupMembers: async () => [] };
  const asked = { kind: 'assign_package' as const, wanted, reason: 'Starts on Monday' };
  const { outcome } = await createRequest(asking, { actor, key: randomUUID(), ...asked });
  await cancelRequest(asking, { actor, key: randomUUID(), requestId: outcome.requestId });
  await city.bench.app.outbox.idle();
  const [first, ...replies] = await admin.messages('general');
  expect(first && admin.textOfMessage(first)).toContain(`*Request ${outcome.requestId}* · :no_entry_sign: cancelled`);
  expect(replies).not.toEqual([]);
  expect(await test.database.prisma.request.count({ where: { organizationId, state: 'cancelled' } })).toBe(1);
});
