import { randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { createSlackProfiles } from '../../../src/slack/kit/slackProfiles.ts';
import { accessChangeDelivery } from '../../../src/slack/notify/deliverAccessChange.ts';
import { type OutboxWorker, startOutboxWorker } from '../../../src/slack/notify/outboxWorker.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

const SLACK = 'https://slack.test';

let test: TestDatabase;
let organization: TestOrganization;
let now: Date;
let worker: OutboxWorker;
let errors: unknown[];

beforeAll(async () => {
  test = await createTestDatabase();
  nock.disableNetConnect();
  // The database is a real one
  nock.enableNetConnect('127.0.0.1');
});
afterAll(async () => {
  nock.enableNetConnect();
  await test.drop();
});

beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  now = new Date('2026-05-03T10:00:00Z');
  errors = [];
  nock(SLACK)
    .persist()
    .post('/api/users.info')
    .reply(200, { ok: true, user: { name: 'x', locale: 'en-US' } });
  sentBefore = [];
  nock(SLACK)
    .persist()
    .post('/api/conversations.open')
    .reply(200, (_uri, body) => ({ ok: true, channel: { id: new URLSearchParams(String(body)).get('users') } }));
  nock(SLACK)
    .persist()
    .post('/api/conversations.history')
    .reply(200, (_uri, body) => ({ ok: true, messages: messagesOf(new URLSearchParams(String(body)).get('channel')) }));
  const engine = { database: test.database, now: () => now };
  const options = { slackApiUrl: `${SLACK}/api/`, rejectRateLimitedCalls: true, retryConfig: { retries: 0 } };
  const client = new WebClient('xoxb-1', options);
  const profiles = createSlackProfiles(client, () => 'T1', engine.now);
  const deliver = accessChangeDelivery({
    ...{ sender: { engine, client, claimedBy: null }, profiles, command: '/package' },
    times: { noticeQuiet: 0, noticeLongest: 300_000 },
  });
  worker = startOutboxWorker(engine, { access_changed: deliver, assignment_report: async () => undefined }, (error) =>
    errors.push(error),
  );
});
afterEach(async () => {
  await worker.stop();
  nock.cleanAll();
});

/** What stands in people's direct messages, as far as a test lets it. */
let sentBefore: { code: string; metadata: unknown }[];
function messagesOf(channel: string | null) {
  return sentBefore
    .filter(({ code }) => channel?.endsWith(code))
    .map(({ metadata }) => ({ ts: '1.0', metadata: JSON.parse(String(metadata)) }));
}

/** Removes package 1 from three people, which leaves a message for each of them. */
async function removeFromThree(): Promise<void> {
  const userIds = await organization.addUsers('ANA', 'BEN', 'CAT');
  for (const userId of userIds) {
    await organization.addMember(1, userId);
    await organization.addRow(userId, 'registry/open', { value: 'granted', packageNumber: 1 });
  }
  const target = { organizationId: organization.id, packageNumber: 1, userIds };
  const planHash = (await countUnassignment(test.database.prisma, target)).hash;
  const command = { actor: organization.admin, key: randomUUID(), number: 1, userIds, planHash };
  await unassignPackage({ database: test.database, now: () => now }, command);
}

/** Answers the messages to one person, in this order; remembers who was written to. */
const told: string[] = [];
function answerMessages(answer: (code: string, attempt: number) => [number, object, Record<string, string>?]): void {
  told.length = 0;
  const attempts = new Map<string, number>();
  nock(SLACK)
    .persist()
    .post('/api/chat.postMessage')
    .reply((_uri, body) => {
      const sent = new URLSearchParams(String(body));
      const code = sent.get('channel')?.slice(-3) ?? '';
      const attempt = (attempts.get(code) ?? 0) + 1;
      attempts.set(code, attempt);
      told.push(code);
      const [status, said, headers = {}] = answer(code, attempt);
      if ('lost' in said) sentBefore.push({ code, metadata: sent.get('metadata') });
      return [status, 'ok' in said && said.ok ? { ...said, channel: sent.get('channel'), ts: '1.0' } : said, headers];
    });
}

const settled = () =>
  test.database.prisma.outboxEntry.findFirstOrThrow({
    where: { organizationId: organization.id },
    orderBy: { id: 'desc' },
  });

it('tells everybody once, in order', async () => {
  answerMessages(() => [200, { ok: true }]);
  await removeFromThree();
  await worker.idle();
  expect(told).toEqual(['ANA', 'BEN', 'CAT']);
  expect(await settled()).toMatchObject({ lastError: null, deliveredAt: now });
});

it('does not tell again whom it had told without hearing of it', async () => {
  answerMessages((code) => (code === 'ANA' ? [500, { lost: true }] : [200, { ok: true }]));
  nock(SLACK).persist().post('/api/chat.update').reply(200, { ok: true });
  await removeFromThree();
  await worker.idle();
  now = new Date(now.getTime() + 60_000);
  await worker.idle();
  expect(told).toEqual(['ANA', 'BEN', 'CAT']);
  expect((await settled()).deliveredAt).toEqual(now);
});

it('goes on after somebody who cannot be written to', async () => {
  answerMessages((code) => [200, code === 'BEN' ? { ok: false, error: 'channel_not_found' } : { ok: true }]);
  await removeFromThree();
  await worker.idle();
  expect(told).toEqual(['ANA', 'BEN', 'CAT']);
  expect((await settled()).deliveredAt).toEqual(now);
});

it('waits as long as Slack says when it asks to slow down, and then goes on where it was', async () => {
  answerMessages((code, attempt) =>
    code === 'BEN' && attempt === 1 ? [429, { ok: false }, { 'retry-after': '30' }] : [200, { ok: true }],
  );
  await removeFromThree();
  await worker.idle();
  expect(told).toEqual(['ANA', 'BEN']);
  expect((await settled()).availableAt).toEqual(new Date('2026-05-03T10:00:30Z'));
  now = new Date('2026-05-03T10:00:31Z');
  await worker.idle();
  expect(told).toEqual(['ANA', 'BEN', 'BEN', 'CAT']);
  expect((await settled()).deliveredAt).toEqual(now);
});

it('tries again later after a failure, and in the end passes over one person to tell the others', async () => {
  answerMessages((code) => (code === 'ANA' ? [500, {}] : [200, { ok: true }]));
  await removeFromThree();
  for (let round = 0; round < 8; round++) {
    await worker.idle();
    now = new Date(now.getTime() + 24 * 60 * 60_000);
  }
  expect(told).toEqual([...Array<string>(6).fill('ANA'), 'BEN', 'CAT']);
  expect(errors).toHaveLength(1);
  expect((await settled()).lastError).toMatch(/1 could not be told.*500/);
});
