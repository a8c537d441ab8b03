import { createHmac } from 'node:crypto';
import type { SandboxPersonDriver } from '../../src/sandbox/client/person.ts';
import type { SandboxPerson } from '../../src/sandbox/index.ts';
import type { JsonObject } from '../../src/sandbox/json.ts';
import type { TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { type SlackBench, type SlackBenchOptions, sandboxPerson, startSlackBench } from '../support/slackBench.ts';

export type Driver = SandboxPersonDriver;

/** An organization whose people sit at their Slack, with the bot running. */
export interface SlackOrganization {
  organization: TestOrganization;
  bench: SlackBench;
  /** The administrator "ADMIN". */
  admin: Driver;
  /** Everybody else, added by personal code: their user id and their seat. */
  people: Record<string, { userId: number; slackId: string; driver: Driver }>;
  /** The seat of somebody who was added, by code. */
  as(code: string): Driver;
  idOf(code: string): number;
  slackIdOf(code: string): string;
}

export interface SlackOrganizationOptions {
  name?: string;
  /** Personal codes; they hold no meta-permission. */
  people?: string[];
  /** What Slack knows of some people, by code. */
  profiles?: Record<string, Partial<SandboxPerson>>;
  /** Members of the workspace who are not in the organization. */
  others?: SandboxPerson[];
  now?: () => Date;
  /** People in one operation from which it runs in the background. */
  backgroundFrom?: number;
  /** The details of an operation as CSV. */
  details?: SlackBenchOptions['details'];
  /** User groups of the workspace. */
  userGroups?: NonNullable<SlackBenchOptions['userGroups']>;
  /** How fast the bot speaks; at once unless said. */
  times?: NonNullable<SlackBenchOptions['times']>;
}

/** Creates an organization in `test` and starts the bot in its workspace. */
export async function startSlackOrganization(
  test: TestDatabase,
  { name = 'Test City', people: codes = [], profiles = {}, others = [], now, ...bot }: SlackOrganizationOptions = {},
): Promise<SlackOrganization> {
  const organization = await createOrganization(test.database, name);
  const userIds = await organization.addUsers(...codes);
  const slackIdOf = (code: string) => `U0${organization.id}${code}`;
  const bench = await startSlackBench({
    database: test.database,
    organizationId: organization.id,
    people: [
      ...['ADMIN', ...codes].map((code) => sandboxPerson(slackIdOf(code), `Person ${code}`, profiles[code])),
      ...others,
    ],
    ...(now && { now }),
    ...bot,
  });
  const people = Object.fromEntries(
    codes.map((code, index) => [
      code,
      { userId: Number(userIds[index]), slackId: slackIdOf(code), driver: bench.slack.as(slackIdOf(code)) },
    ]),
  );
  const known = (code: string) => {
    const person = people[code];
    if (!person) throw new Error(`Nobody was added with the code ${code}`);
    return person;
  };
  return {
    ...{ organization, bench, people, slackIdOf },
    admin: bench.slack.as(slackIdOf('ADMIN')),
    as: (code) => known(code).driver,
    idOf: (code) => known(code).userId,
  };
}

/** What Slack answered a request with. */
export interface Answer {
  status: number;
  body: string;
}

/** Posts a body to the bot as Slack does; what is passed replaces the honest header. */
export async function postSigned(
  bench: Pick<SlackBench, 'address' | 'signingSecret'>,
  body: string,
  { type = 'application/x-www-form-urlencoded', skewSeconds = 0, secret = bench.signingSecret } = {},
): Promise<Answer> {
  const timestamp = String(Math.floor(Date.now() / 1000) + skewSeconds);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const answer = await fetch(`${bench.address}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
    body,
  });
  return { status: answer.status, body: await answer.text() };
}

/** Posts an interaction that no client would send. */
export function postPayload(bench: SlackBench, payload: JsonObject): Promise<Answer> {
  return postSigned(bench, new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
}

/** What every interaction of a person carries. */
function commonPayload(userId: string, teamId = 'T0TEST'): JsonObject {
  return {
    team: { id: teamId, domain: 'test' },
    user: { id: userId, team_id: teamId },
    api_app_id: 'A0TEST',
    trigger_id: '1.forged',
  };
}

/** A click, wherever it is said to have happened. */
export function clickPayload(
  userId: string,
  click: { actionId: string; value: object; view?: JsonObject; teamId?: string },
): JsonObject {
  const { actionId, value, view, teamId } = click;
  return {
    type: 'block_actions',
    ...commonPayload(userId, teamId),
    ...(view && { view }),
    actions: [{ type: 'button', action_id: actionId, block_id: 'forged', value: JSON.stringify(value) }],
  };
}

/** A submission of a modal, whoever it belongs to. */
export function submissionPayload(userId: string, view: JsonObject, values: JsonObject = {}): JsonObject {
  return { type: 'view_submission', ...commonPayload(userId), view: { ...view, state: { values } } };
}
