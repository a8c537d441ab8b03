import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorInSlack, answerNotice } from '../../src/engine/operations/accessNotices.ts';
import { grantPermission } from '../../src/engine/operations/grantPermission.ts';
import { setPackageState } from '../../src/engine/operations/packageDetails.ts';
import { planGrant, type WantedChange } from '../../src/engine/operations/planGrant.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type PermissionName, TEST_NOW } from '../support/organization.ts';
import { clickPayload, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

const times = { messageEvery: 0, noticeQuiet: 30_000, noticeLongest: 300_000 };
const END = 'Please *log out and back in* for the change to take effect. See what you have with `/package me`.';

let test: TestDatabase;
let city: SlackOrganization;
let now: Date;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  now = TEST_NOW;
  city = await startSlackOrganization(test, {
    ...{ people: ['ANA', 'BEN', 'EVA', 'HELP'], profiles: { EVA: { locale: 'es-ES' } }, now: () => now, times },
  });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const set = (value: string, ...structures: string[]): WantedChange => ({ kind: 'set', value, structures });
const context = () => ({ database: test.database, now: () => now });

async function grant(code: string, permission: PermissionName, change: WantedChange, actor = city.organization.admin) {
  const { id, permissions } = city.organization;
  const wanted = { userId: city.idOf(code), permissionId: permissions[permission], change };
  const { plan } = await planGrant(test.database.prisma, id, wanted);
  await grantPermission(context(), { actor, key: randomUUID(), ...wanted, planHash: plan.hash });
}

/** Lets so many seconds pass, and the bot tell what is due. */
async function pass(seconds: number): Promise<void> {
  now = new Date(now.getTime() + seconds * 1_000);
  for (let round = 0; round < 2; round++) await city.bench.app.outbox.idle();
}

const told = async (code: string) => (await city.as(code).dm()).map(({ text }) => text);

async function message(code: string) {
  const [only, ...others] = await city.as(code).dm();
  if (!only || others.length > 0) throw new Error(`${code} has ${others.length + 1} messages`);
  return only;
}

const buttons = async (code: string) => JSON.stringify((await message(code)).blocks).match(/It works|Still blocked/g);

describe('changes of one person that follow each other closely', () => {
  it('are told in one message when it has been quiet: what came of them in the end', async () => {
    await city.organization.addRow(city.idOf('ANA'), 'tickets/open', { value: 'granted' });
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', { value: 'view', param: '*' });
    await grant('ANA', 'registry/open', set('granted'));
    await grant('ANA', 'registry/records', set('edit', '*'));
    await pass(20);
    await grant('ANA', 'registry/records', set('admin', 'REG'));
    await grant('ANA', 'registry/grades', set('view', '*'));
    await grant('ANA', 'tickets/open', { kind: 'disable' });
    await pass(20);
    await grant('ANA', 'registry/grades', { kind: 'disable' });
    await pass(29);
    expect(await told('ANA')).toEqual([]);
    await pass(2);
    expect(await told('ANA')).toEqual([
      [
        'Your access was changed.',
        'You now have:',
        '• *Student Registry · Open the registry `MAIN`*: `granted`',
        'Changed:',
        '• *Student Registry · Student records*: `admin` (REG) (it was `view` (All structures))',
        'You no longer have:',
        '• *Help Desk · Open the help desk `MAIN`*',
        END,
      ].join('\n'),
    ]);
    expect(await buttons('ANA')).toEqual(['It works', 'Still blocked']);
  });

  it('are not told where they cancel out, be it by a package or by hand', async () => {
    const { organization, idOf } = city;
    await organization.addPackage(1, { 'registry/open': ['granted'] });
    for (const code of ['ANA', 'BEN']) {
      await organization.addMember(1, idOf(code));
      await organization.addRow(idOf(code), 'registry/open', { value: 'granted', packageNumber: 1 });
    }
    const state = { actor: organization.admin, number: 1 };
    await setPackageState(context(), { ...state, key: randomUUID(), state: 'disabled' });
    await pass(10);
    await setPackageState(context(), { ...state, key: randomUUID(), state: 'active' });
    await grant('BEN', 'tickets/open', set('granted'));
    await pass(31);
    expect(await told('ANA')).toEqual([]);
    expect(await told('BEN')).toEqual([expect.stringMatching(/You now have:\n• \*Help Desk.*\n.*log out/)]);
    await setPackageState(context(), { ...state, key: randomUUID(), state: 'disabled' });
    await pass(31);
    expect(await told('ANA')).toEqual([expect.stringContaining('You no longer have:\n• *Student Registry · Open')]);
    // Whoever only lost something is not asked whether it works
    expect(await buttons('ANA')).toBeNull();
  });

  it('are told after five minutes where it does not become quiet, and the rest afterwards', async () => {
    const values = ['view', 'edit', 'admin'];
    for (let second = 0; second <= 320; second += 20) {
      await grant('ANA', 'registry/records', set(values[(second / 20) % 3] ?? '', '*'));
      await pass(20);
    }
    expect(await told('ANA')).toEqual([
      expect.stringContaining('You now have:\n• *Student Registry · Student records*'),
    ]);
    await pass(31);
    expect(await told('ANA')).toHaveLength(2);
    expect((await told('ANA'))[1]).toContain('Changed:');
  });

  it('are told once, where the bot is stopped between the message and its remembering', async () => {
    await grant('ANA', 'registry/open', set('granted'));
    await city.bench.slack.fault({ method: 'chat.postMessage', drop: true });
    await pass(31);
    await pass(60);
    expect(await told('ANA')).toHaveLength(1);
    const open = { where: { organizationId: city.organization.id, deliveredAt: null } };
    expect(await test.database.prisma.outboxEntry.count(open)).toBe(0);
  });
});

describe('whoever was told', () => {
  it('says that it works, in the message itself', async () => {
    await grant('ANA', 'registry/open', set('granted'));
    await pass(31);
    await city.as('ANA').click('It works', { in: await message('ANA') });
    await city.as('ANA').waitForMessage('Thanks. Good to hear.');
    expect(await buttons('ANA')).toBeNull();
    await pass(1);
    expect(await city.admin.dm()).toEqual([]);
  });

  it('says that they are still blocked: sees why, and who changed it last is led to the same', async () => {
    await grant('EVA', 'registry/records', set('view', '*'));
    await pass(31);
    expect(await told('EVA')).toEqual([expect.stringMatching(/^Su acceso ha cambiado\.\nAhora tiene:\n/)]);
    await city.as('EVA').click('Sigo sin acceso', { in: await message('EVA') });
    const { text } = await city.as('EVA').waitForMessage('Se ha avisado a quien puede ayudar');
    expect(text).toMatch(/Lo siento\. Su acceso está así:\n:no_entry: .*Open the registry.*MAIN/);
    await pass(1);
    const asked = await city.admin.waitForMessage('still cannot get in');
    expect(asked.text).toContain(`<@${city.slackIdOf('EVA')}> still cannot get in after a change of their access.`);
    expect(asked.text).toContain(':no_entry: Cannot open *Student Registry*: *Open the registry*');
    await city.admin.click('Why?', { in: asked });
    await city.admin.waitForModal('Why');
    expect(await city.admin.screen()).toContain('Person EVA');
  });

  it('is helped by all who may, where the one who changed it last may no longer', async () => {
    const { organization, idOf, as } = city;
    const { id: organizationId, admin } = organization;
    await grant('ANA', 'tickets/open', set('granted'));
    await test.database.prisma.metaPermission.deleteMany({ where: { organizationId, userId: admin.userId } });
    await test.database.prisma.metaPermission.createMany({
      data: ['HELP', 'BEN'].map((code) => ({
        ...{ organizationId, userId: idOf(code), metaPermission: 'manage_permissions' },
      })),
    });
    await pass(31);
    await as('ANA').click('Still blocked', { in: await message('ANA') });
    await as('ANA').waitForMessage('Somebody who can help has been told');
    await pass(1);
    const asked = `<@${city.slackIdOf('ANA')}> still cannot get in after a change of their access.\n:white_check_mark: Can open`;
    for (const code of ['HELP', 'BEN']) expect(await told(code)).toEqual([expect.stringContaining(asked)]);
    expect(await city.admin.dm()).toEqual([]);
  });
  it('is helped by whoever may by then, where the one who was to be told no longer may', async () => {
    const { organization, idOf, slackIdOf } = city;
    const { id: organizationId, admin } = organization;
    await grant('ANA', 'registry/records', set('view'));
    await pass(31);
    const { id: burstId } = await test.database.prisma.accessBurst.findFirstOrThrow({ where: { organizationId } });
    const ana = await actorInSlack(context(), organizationId, slackIdOf('ANA'));
    if (!ana) throw new Error('There is no ANA');
    await answerNotice(context(), ana, burstId, 'blocked');
    const metaPermission = 'manage_permissions' as const;
    await test.database.prisma.metaPermission.deleteMany({ where: { organizationId, userId: admin.userId } });
    await test.database.prisma.metaPermission.create({
      data: { organizationId, userId: idOf('HELP'), metaPermission },
    });
    await pass(1);
    expect((await told('HELP')).join()).toContain(`<@${slackIdOf('ANA')}>`);
    expect(await city.admin.dm()).toEqual([]);
  });
});

it('takes an answer only from whom the message is for, and only once', async () => {
  await grant('ANA', 'registry/open', set('granted'));
  await pass(31);
  const { prisma } = test.database;
  const where = { organizationId: city.organization.id };
  const { id: burst } = await prisma.accessBurst.findFirstOrThrow({ where });
  const forge = (code: string, value: object, actionId: string = ACTIONS.accessBlocked) =>
    postPayload(city.bench, clickPayload(city.slackIdOf(code), { actionId, value }));
  const answers = async () => (await prisma.accessBurst.findMany({ where })).map(({ answer }) => answer);
  await forge('BEN', { burst });
  await city.as('BEN').waitForMessage('This message is too old to answer, or it is not about you.');
  await forge('ANA', { burst: burst + 1_000 });
  await city.as('ANA').waitForMessage('This message is too old to answer, or it is not about you.');
  expect(await answers()).toEqual([null]);
  await forge('ANA', { burst }, ACTIONS.accessWorks);
  await city.as('ANA').waitForMessage('Thanks. Good to hear.');
  await forge('ANA', { burst });
  await city.bench.app.settled();
  await pass(1);
  expect(await answers()).toEqual(['works']);
  expect(await city.admin.dm()).toEqual([]);
});
