import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { enqueueMessages } from '../../../src/persistence/outbox.ts';
import { createSlackProfiles } from '../../../src/slack/kit/slackProfiles.ts';
import { CHANNEL_PROBLEMS } from '../../../src/slack/notify/channelTrouble.ts';
import { channelTroubleDelivery } from '../../../src/slack/notify/deliverChannelTrouble.ts';
import { keepMessage } from '../../../src/slack/notify/keepMessage.ts';
import { type Deliver, type OutboxWorker, startOutboxWorker } from '../../../src/slack/notify/outboxWorker.ts';
import { PacedClient } from '../../../src/slack/notify/pacedClient.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';
import { type SandboxServer, startSandboxServer } from '../../support/sandboxServer.ts';
import { sandboxPerson } from '../../support/slackBench.ts';

let test: TestDatabase;
let organization: TestOrganization;
let workspace: SandboxServer;
let worker: OutboxWorker;
let errors: unknown[];
const slackId = (code: string) => `U0${organization.id}${code}`;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  const { id: organizationId } = organization;
  const { prisma } = test.database;
  await prisma.organization.update({ where: { id: organizationId }, data: { slackTeamId: 'T0TEST' } });
  const [pablo = 0, gone = 0] = await organization.addUsers('PABLO', 'GONE', 'ANA');
  await prisma.metaPermission.createMany({
    data: [pablo, gone].map((userId) => ({ organizationId, userId, metaPermission: 'administer' })),
  });
  await prisma.user.updateMany({
    where: { organizationId, id: gone },
    data: { leftAt: new Date(), leftBecause: 'administrator' },
  });
  workspace = await startSandboxServer(
    [
      sandboxPerson(slackId('ADMIN'), 'Admin'),
      sandboxPerson(slackId('PABLO'), 'Pablo', { locale: 'es-ES' }),
      ...['GONE', 'ANA'].map((code) => sandboxPerson(slackId(code), code)),
    ],
    ['C0NEWS', 'C0OTHER'].map((id) => ({ id, name: id.toLowerCase(), members: [slackId('ANA')], botIsMember: true })),
  );
  errors = [];
  const engine = { database: test.database, now: () => new Date() };
  const options = { slackApiUrl: String(workspace.variables.SLACK_API_URL) };
  const pace = { engine, teamId: 'T0TEST', messageEvery: 0 };
  const client = new PacedClient(workspace.variables.SLACK_BOT_TOKEN ?? '', options, pace);
  const sender = { engine, client, claimedBy: null };
  const profiles = createSlackProfiles(client, () => 'T0TEST', engine.now);
  const post: Deliver = async ({ id, payload }) => {
    const { channel } = payload as { channel: string };
    const message = { organizationId, about: `test:${id}`, place: `channel:${channel}` } as const;
    await keepMessage(sender, { ...message, draw: () => ({ text: 'News' }) });
  };
  const deliver = { request: post, channel_trouble: channelTroubleDelivery(sender, profiles) };
  worker = startOutboxWorker(engine, deliver, (error) => errors.push(error));
});
afterAll(async () => {
  await worker.stop();
  await workspace.close();
  await test.drop();
});
beforeEach(async () => {
  await worker.idle();
  await test.database.prisma.outboxEntry.deleteMany();
});

/** Posts in a channel, where Slack answers `error`. */
async function postIn(channel: string, error?: string): Promise<void> {
  if (error) await workspace.slack.fault({ method: 'chat.postMessage', error });
  const entry = { organizationId: organization.id, operationId: null, at: new Date() };
  await enqueueMessages(test.database.prisma, entry, [{ kind: 'request', payload: { channel }, channel }]);
  await worker.idle();
}

const told = async (code: string) => (await workspace.slack.as(slackId(code)).dm()).map(({ text }) => text);

it('settles the message without another attempt, and tells those who administer, each in their language', async () => {
  await postIn('C0NEWS', 'is_archived');
  const [settled] = await test.database.prisma.outboxEntry.findMany({ where: { kind: 'request' } });
  expect(settled).toMatchObject({ attempts: 1, lastError: 'is_archived in C0NEWS', deliveredAt: expect.any(Date) });
  expect(errors).toEqual([]);
  expect(await told('ADMIN')).toEqual([
    ':warning: I could not post in <#C0NEWS>: what I had to say there was not sent. The channel is archived. Unarchive it, or choose another channel.',
  ]);
  expect(await told('GONE')).toEqual([]);
  expect(await told('PABLO')).toEqual([
    ':warning: No he podido publicar en <#C0NEWS>: lo que tenía que decir ahí no se ha enviado. El canal está archivado. Desarchívelo, o elija otro canal.',
  ]);
});

it('tells of one channel and kind of trouble once, until a message arrived there in between', async () => {
  const before = (await told('PABLO')).length;
  const tells = async () => (await told('PABLO')).length - before;
  await postIn('C0OTHER', 'not_in_channel');
  await postIn('C0OTHER', 'not_in_channel');
  expect(await tells()).toBe(1);
  await postIn('C0OTHER', 'restricted_action');
  expect(await tells()).toBe(2);
  await postIn('C0OTHER');
  await postIn('C0OTHER', 'not_in_channel');
  expect(await tells()).toBe(3);
  expect((await test.database.prisma.channelTrouble.findMany({ where: { channel: 'C0OTHER' } })).length).toBe(1);
});

it('tells the founders where nobody administers, and passes over whom it cannot write to', async () => {
  const { prisma } = test.database;
  await organization.addFounder('BOSS');
  await prisma.metaPermission.deleteMany({ where: { metaPermission: 'administer' } });
  await prisma.user.updateMany({ where: { code: 'ANA' }, data: { founder: true } });
  // BOSS is nobody of the workspace
  await postIn('C0NEWS', 'channel_not_found');
  expect(await told('ANA')).toEqual([
    ':warning: I could not post in <#C0NEWS>: what I had to say there was not sent. The channel does not exist any more, or it is private and I am not in it. Invite me there with `/invite @Quartermaster`, or choose another channel.',
  ]);
  expect(await prisma.outboxEntry.count({ where: { deliveredAt: null } })).toBe(0);
});

it.each(CHANNEL_PROBLEMS)('knows what to do about %s', async (problem) => {
  await test.database.prisma.channelTrouble.deleteMany();
  const before = (await told('ANA')).length;
  await postIn('C0NEWS', problem);
  expect((await told('ANA')).slice(before).join()).toMatch(/C0NEWS>.*(choose another channel|Key Management)\.$/);
});
