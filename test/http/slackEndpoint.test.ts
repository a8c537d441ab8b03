import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, postSigned, type SlackOrganization, startSlackOrganization } from '../slack/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;
let city: SlackOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test);
});
afterEach(() => city.bench.stop());

const json = { type: 'application/json' };
const verification = JSON.stringify({ type: 'url_verification', challenge: 'x-1' });

/** The bot still answers people after what was sent. */
async function expectAlive() {
  await city.admin.command('/package help');
  await city.admin.waitForMessage('this list');
}

describe('the address that Slack posts to', () => {
  it('answers Slack’s verification of the address', async () => {
    expect(await postSigned(city.bench, verification, json)).toMatchObject({
      status: 200,
      body: expect.stringContaining('x-1'),
    });
  });

  it.each([
    ['payload=null', {}],
    ['payload=', {}],
    ['payload=%5B%5D', {}],
    ['payload=7', {}],
    ['payload={', {}],
    ['payload=%7B%7D&payload=%7B%7D', {}],
    ['null', json],
    ['[]', json],
    ['"text"', json],
    ['', json],
    ['{', json],
  ])('refuses the signed body %j and lives on', async (body, options) => {
    expect((await postSigned(city.bench, body, options)).status).toBe(400);
    await expectAlive();
    expect(city.bench.errors).toEqual([]);
  });

  it.each([
    ['of another secret', { secret: 'another' }],
    ['too old', { skewSeconds: -301 }],
    ['from the future', { skewSeconds: 302 }],
  ])('refuses a signature %s', async (_what, options) => {
    expect((await postSigned(city.bench, verification, { ...json, ...options })).status).toBe(401);
    await expectAlive();
  });

  it('refuses a request without a signature or a timestamp', async () => {
    const post = async (headers: Record<string, string>): Promise<Pick<Answer, 'status'>> =>
      fetch(`${city.bench.address}/slack/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: verification,
      });
    expect((await post({})).status).toBe(401);
    expect((await post({ 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)) })).status).toBe(401);
    expect((await post({ 'x-slack-request-timestamp': 'soon', 'x-slack-signature': 'v0=1' })).status).toBe(401);
  });

  it('takes what is a little late or early', async () => {
    for (const skewSeconds of [-290, 290]) {
      expect((await postSigned(city.bench, verification, { ...json, skewSeconds })).status).toBe(200);
    }
  });

  it('answers Slack’s certificate check, which is not signed', async () => {
    const answer = await fetch(`${city.bench.address}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'ssl_check=1&token=x',
    });
    expect(answer.status).toBe(200);
  });

  it('refuses a body of more than four megabytes', async () => {
    const answer = await postSigned(city.bench, `payload=${'x'.repeat(4 * 1024 * 1024)}`);
    expect(answer.status).toBe(413);
    await expectAlive();
  });
});
