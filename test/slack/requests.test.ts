import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tendRequests } from '../../src/engine/operations/endRequest.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { fail } from '../support/fail.ts';
import { createRequestDesk, type RequestDesk } from './requestDesk.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: Driver;
let ben: Driver;
let cal: Driver;
let desk: RequestDesk;
let clock: Date | null;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  clock = null;
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'CAL'],
    profiles: { BEN: { locale: 'es-ES' } },
    now: () => clock ?? new Date(),
  });
  admin = city.admin;
  [ana, ben, cal] = [city.as('ANA'), city.as('BEN'), city.as('CAL')];
  desk = await createRequestDesk(test, city);
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

describe('a confirmed operation that needs approval', () => {
  it('asks for a reason, tells the approvers, is applied by the last approval, and everybody hears of it', async () => {
    await desk.policy();
    await desk.confirmAssignment();
    const form = await admin.waitForScreen('Approval is needed here');
    expect(form).toContain(':lock: Approval is needed here to assign *package:1* Package 1 to Person CAL `CAL`.');
    expect(form).toContain(`One of these has to approve: <@${city.slackIdOf('ANA')}>, <@${city.slackIdOf('BEN')}>.`);
    expect(form).not.toContain('without approval');
    await admin.submit();
    expect(await admin.screen()).toContain('Approval is needed here');
    await admin.fill(ACTIONS.requestReason, 'Starts on Monday');
    await admin.submit();
    await admin.waitForScreen('you asked to assign *package:1* Package 1 to Person CAL `CAL`.');
    expect(await desk.isMember()).toBe(false);

    const asked = await ana.waitForMessage('Starts on Monday');
    expect(asked.text).toContain(`<@${city.slackIdOf('ADMIN')}> asks for your approval`);
    const shown = JSON.stringify(asked.blocks);
    expect(shown).toContain('asks to assign *package:1* Package 1 to Person CAL `CAL`.');
    expect(shown).toContain(':large_green_circle: 1 person gains access');
    expect(shown).toContain('• Student Registry · Student records: gets `view`');
    const own = await admin.waitForMessage('Starts on Monday');
    const spanish = await ben.waitForMessage('Starts on Monday');
    expect(JSON.stringify(spanish.blocks)).toContain('pide asignar *package:1* Package 1 a Person CAL `CAL`.');
    await ana.click('Approve', { in: asked });
    await admin.waitForMessage('is done: assign *package:1*');
    expect(await desk.isMember()).toBe(true);
    await cal.waitForMessage('You now have:\n• *Student Registry · Open the registry `MAIN`*: `granted`');
    for (const [driver, message] of [
      [ana, asked],
      [ben, spanish],
      [admin, own],
    ] as const) {
      const now = (await driver.messages(message.channel)).find(({ ts }) => ts === message.ts);
      expect(JSON.stringify(now?.blocks)).toMatch(/\*applied\*|\*aplicada\*/);
      expect(JSON.stringify(now?.blocks)).not.toContain('Approve"');
    }
  });

  it('is rejected with a reason, which the requester hears', async () => {
    await desk.policy();
    await desk.ask();
    const asked = await ben.waitForMessage('Starts on Monday');
    await ben.click('Rechazar…', { in: asked });
    await ben.waitForModal('Rechazar la solicitud');
    await ben.submit();
    await ben.fill(ACTIONS.requestReason, 'Falta <el> contrato');
    await ben.submit();
    const told = await admin.waitForMessage('was rejected');
    expect(told.text).toContain(`<@${city.slackIdOf('BEN')}> says: Falta &lt;el&gt; contrato`);
    expect(await desk.isMember()).toBe(false);
  });

  it('is decided by nobody who may not: not by the requester, not by others, not with a made-up click', async () => {
    await desk.policy();
    const requestId = await desk.ask();
    for (const [code, words] of [
      ['ADMIN', 'You asked for this yourself: somebody else has to decide.'],
      ['CAL', `You are not among those who decide about request ${requestId}`],
    ] as const) {
      const click = { actionId: ACTIONS.approveRequest, value: { requestId, revision: 1 } };
      await postPayload(city.bench, clickPayload(city.slackIdOf(code), click));
      await (code === 'ADMIN' ? admin : cal).waitForMessage(words);
    }
    await postPayload(
      city.bench,
      clickPayload(city.slackIdOf('CAL'), { actionId: ACTIONS.openRequest, value: { requestId } }),
    );
    await cal.command('/package requests');
    await cal.waitForScreen('You have asked for nothing yet.');
    expect(await desk.isMember()).toBe(false);
  });

  it('shows another plan where the world moved, and asks again', async () => {
    await desk.policy();
    await desk.ask();
    const asked = await ana.waitForMessage('Starts on Monday');
    await city.organization.addRow(city.idOf('CAL'), 'registry/records', { value: 'edit' });
    await ana.click('Approve', { in: asked });
    await ana.waitForScreen('has changed since you saw it, so nothing was decided');
    await ana.close({ all: true });
    await city.bench.app.outbox.idle();
    const moved = (await ana.messages(asked.channel)).find(({ ts }) => ts === asked.ts);
    expect(JSON.stringify(moved?.blocks)).toContain('this is the plan now');
    if (!moved) throw new Error('The message is gone');
    await ana.click('Approve', { in: moved });
    await admin.waitForMessage('is done: assign');
    expect(await desk.isMember()).toBe(true);
  });

  it('makes one outcome, one execution and one story of fifty clicks at once', async () => {
    await desk.policy();
    const requestId = await desk.ask();
    await ana.waitForMessage('Starts on Monday');
    const click = { actionId: ACTIONS.approveRequest, value: { requestId, revision: 1 } };
    const clicks = Array.from({ length: 50 }, (_, index) =>
      postPayload(city.bench, clickPayload(city.slackIdOf(index % 2 ? 'ANA' : 'BEN'), click)),
    );
    expect((await Promise.all(clicks)).map(({ status }) => status)).toEqual(clicks.map(() => 200));
    await city.bench.app.settled();
    await admin.waitForMessage('is done: assign');
    await city.bench.app.outbox.idle();
    const kinds = await test.database.prisma.operation.groupBy({
      by: ['kind'],
      where: { organizationId: city.organization.id },
      _count: true,
      orderBy: { kind: 'asc' },
    });
    expect(kinds.map(({ kind, _count }) => [kind, _count])).toEqual([
      ['approve_request', 1],
      ['assign_package', 1],
      ['create_request', 1],
      ['set_policy', 1],
    ]);
    const outcomes = (await admin.dm()).filter(({ text }) => text.includes('is done: assign'));
    expect(outcomes).toHaveLength(1);
  });

  it('waits for two people in two stages, tells a channel its story, and reminds and expires', async () => {
    const person = (code: string) => ({
      ...{ approvers: { userIds: [city.idOf(code)], slackUserGroupId: null, holders: false }, quorum: 1 },
    });
    await desk.policy({ stages: [person('ANA'), person('BEN')], channel: 'C0GENERAL', direct: false });
    const requestId = await desk.ask();
    const inChannel = async () => (await ana.messages('C0GENERAL')).map((message) => JSON.stringify(message));
    const asked = await ana.waitForMessage('Starts on Monday');
    expect(asked.channel).toBe('C0GENERAL');
    expect(JSON.stringify(asked)).toContain('Stage 1 of 2.');
    await ben.click('Approve', { in: asked });
    await ben.waitForScreen('no está entre quienes deciden');
    await ben.close({ all: true });
    await ana.click('Approve', { in: asked });
    await ana.waitForMessage('Stage 2 of 2.');
    clock = new Date(Date.now() + 5 * 3_600_000);
    const context = { ...city.organization.context, now: () => clock ?? new Date() };
    await tendRequests(context, fail);
    city.bench.app.outbox.poke();
    await ben.waitForMessage(`La solicitud ${requestId} aún espera su decisión`);
    clock = new Date(Date.now() + 25 * 3_600_000);
    await tendRequests(context, fail);
    city.bench.app.outbox.poke();
    await admin.waitForMessage(`Request ${requestId} expired, because nobody decided in time`);
    await ana.waitForMessage('it expired.');
    expect((await inChannel()).filter((text) => text.includes('asked.'))).toHaveLength(1);
    expect(await desk.isMember()).toBe(false);
  });

  it('can be done at once by a founder with a reason, of which the approvers hear', async () => {
    await desk.policy();
    const { id: organizationId, admin: actor } = city.organization;
    await test.database.prisma.user.update({
      where: { organizationId_id: { organizationId, id: actor.userId } },
      data: { founder: true },
    });
    await desk.confirmAssignment();
    await admin.waitForScreen('Approval is needed here');
    await admin.fill(ACTIONS.requestReason, 'Fire in the archive');
    await admin.select(ACTIONS.breakGlass, ['yes']);
    await admin.submit();
    await admin.waitForScreen(
      ':rotating_light: Done without approval: assign *package:1* Package 1 to Person CAL `CAL`.',
    );
    expect(await desk.isMember()).toBe(true);
    const told = await ana.waitForMessage('Done without the approval that it needs');
    expect(told.text).toContain('(ADMIN) assigned *package:1* Package 1 to Person CAL (CAL).\n');
    expect(told.text).toContain('gives the reason: Fire in the archive');
  });

  it('is cancelled by the requester from the list, and is no longer to be decided', async () => {
    await desk.policy();
    const requestId = await desk.ask();
    await admin.close({ all: true });
    await ana.openHome();
    await ana.waitForScreen('1 request waits for your decision.');
    await ana.command('/package requests');
    await ana.waitForScreen(`*Request ${requestId}* · :hourglass_flowing_sand: waiting for approval`);
    await admin.command('/package requests');
    await admin.waitForScreen('Assign *package:1* Package 1 to Person CAL `CAL`');
    await admin.click('Open');
    await admin.waitForModal(`Request ${requestId}`);
    expect(await admin.screen()).not.toContain('[Approve]');
    await admin.click('Cancel the request');
    await admin.waitForScreen('The request is cancelled.');
    await ana.close({ all: true });
    await ana.command('/package requests');
    await ana.waitForScreen('You have asked for nothing yet.');
  });
});

describe('every kind of operation', () => {
  it.each([
    [
      'a removal',
      'Remove Package Assignment',
      'Remove assignment',
      'remove *package:1* Package 1 from Person CAL `CAL`',
    ],
  ])('asks: %s', async (_name, button, title, what) => {
    await city.organization.addMember(1, city.idOf('CAL'));
    await desk.policy();
    await admin.command('/package status 1 CAL');
    await admin.waitForScreen('*Person CAL* `CAL` in *package:1*');
    await admin.click(button);
    await admin.waitForModal(title);
    await admin.submit();
    await admin.waitForScreen(`Approval is needed here to ${what}.`);
    expect(await desk.isMember()).toBe(true);
  });

  it('asks: disabling a package, and editing it', async () => {
    await desk.policy();
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Disable');
    await admin.waitForScreen('Approval is needed here to disable *package:1* Package 1.');
    await admin.fill(ACTIONS.requestReason, 'Not used any more');
    await admin.submit();
    await admin.waitForScreen('you asked to disable');
    const asked = await ana.waitForMessage('Not used any more');
    await ana.click('Approve', { in: asked });
    await admin.waitForMessage('is done: disable *package:1*');
    const where = { organizationId: city.organization.id };
    expect(await test.database.prisma.package.findFirst({ where })).toMatchObject({ state: 'disabled' });
  });
});

describe('somebody without any right', () => {
  it('asks for a package for themselves, gets it when it is approved, and gives it back', async () => {
    await cal.command('/package request');
    await cal.waitForModal('Ask for access');
    await cal.pick(ACTIONS.askedPackage, 'pack', 'package:1 Package 1');
    await cal.fill(ACTIONS.requestReason, 'I joined the registry');
    await cal.select(ACTIONS.assignUntil, '2026-04-01');
    await cal.submit();
    await cal.waitForScreen('This day is over.');
    const year = new Date().getFullYear() + 1;
    await cal.select(ACTIONS.assignUntil, `${year}-05-20`);
    await cal.submit();
    await cal.waitForScreen('is made. You will be told what is decided');
    const asked = await ana.waitForMessage('I joined the registry');
    expect(JSON.stringify(asked.blocks)).toContain(`*20 May ${year}*`);
    expect(JSON.stringify(asked.blocks)).toContain(`<@${city.slackIdOf('CAL')}> asks for *package:1* Package 1.`);
    await ana.click('Approve', { in: asked });
    await cal.waitForMessage('is done: assign');
    expect(await desk.isMember()).toBe(true);
    const where = { organizationId: city.organization.id, userId: city.idOf('CAL') };
    const { endsAt } = await test.database.prisma.assignment.findFirstOrThrow({ where });
    // The end of the day in Madrid
    expect(endsAt?.toISOString()).toBe(`${year}-05-20T22:00:00.000Z`);
    await cal.close({ all: true });
    await cal.command('/package request');
    await cal.waitForScreen('*package:1* Package 1');
    expect(await cal.suggest(ACTIONS.askedPackage, '')).toEqual([]);
    await cal.click('No longer needed');
    await cal.waitForModal('No longer needed');
    await cal.fill(ACTIONS.requestReason, 'I moved');
    await cal.submit();
    await cal.waitForScreen('is made. You will be told what is decided');
    const leaving = await ana.waitForMessage('I moved');
    expect(JSON.stringify(leaving.blocks)).toContain('no longer needs *package:1* Package 1.');
    await ana.click('Approve', { in: leaving });
    await cal.waitForMessage('is done: remove');
    expect(await desk.isMember()).toBe(false);
  });
});
