import { z } from 'zod';
import type { Queryable } from '../database.ts';
import { idArray } from '../idArray.ts';

/** A person and a Slack account. */
export interface Link {
  userId: number;
  slackUserId: string;
}

/** Accounts as two parameters: one statement, however many there are. */
function columnsOf(links: readonly Link[]): { userIds: number[]; slackUserIds: string[] } {
  return { userIds: links.map(({ userId }) => userId), slackUserIds: links.map(({ slackUserId }) => slackUserId) };
}

/**
 * Links people who have no Slack account to accounts that belong to nobody, in one statement.
 * @returns whom it linked.
 */
export async function writeLinks(
  queryable: Queryable,
  organizationId: number,
  links: readonly Link[],
): Promise<{ userId: number; code: string; slackUserId: string }[]> {
  const { userIds, slackUserIds } = columnsOf(links);
  const rows = await queryable.$queryRaw<unknown[]>`
    UPDATE users u SET slack_user_id = wanted.slack_user_id
    FROM unnest(${idArray(userIds)}, ${slackUserIds}::text[]) AS wanted(user_id, slack_user_id)
    WHERE u.organization_id = ${organizationId}::int AND u.id = wanted.user_id
      AND u.slack_user_id IS NULL AND u.left_at IS NULL
      AND NOT EXISTS (SELECT FROM users other WHERE other.organization_id = u.organization_id
        AND other.slack_user_id = wanted.slack_user_id)
    RETURNING u.id AS "userId", u.code, u.slack_user_id AS "slackUserId"`;
  return z.array(z.object({ userId: z.number(), code: z.string(), slackUserId: z.string() })).parse(rows);
}

/** Marks people as left who are not yet. @returns whom it marked. */
export async function writeLeft(
  queryable: Queryable,
  organizationId: number,
  userIds: readonly number[],
  { at, because }: { at: Date; because: 'slack' | 'import' | 'administrator' },
): Promise<{ userId: number; code: string }[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    UPDATE users SET left_at = ${at}, left_because = ${because}
    WHERE organization_id = ${organizationId}::int AND id = ANY (${idArray(userIds)}) AND left_at IS NULL
    RETURNING id AS "userId", code`;
  return z.array(z.object({ userId: z.number(), code: z.string() })).parse(rows);
}

/** An account of the workspace that could belong to a person of the organization. */
export interface MatchableAccount {
  slackUserId: string;
  email: string;
}

const Matched = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  /** Accounts with the person's e-mail. */
  accounts: z.number(),
  /** People without an account who have this e-mail. */
  people: z.number(),
  slackUserId: z.string(),
  /** Whose the account is already; null where it is nobody's. */
  owner: z.string().nullable(),
});

/** A person without a Slack account, and the account that has their e-mail. */
export type MatchedPerson = z.infer<typeof Matched>;

/** People without a Slack account who have the e-mail of an account, letter case ignored, by name. */
export async function selectMatches(
  queryable: Queryable,
  organizationId: number,
  accounts: readonly MatchableAccount[],
): Promise<MatchedPerson[]> {
  const slackUserIds = accounts.map(({ slackUserId }) => slackUserId);
  const emails = accounts.map(({ email }) => email.toLowerCase());
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH account AS MATERIALIZED (
      SELECT email, count(*)::int AS accounts, min(slack_user_id) AS slack_user_id
      FROM unnest(${slackUserIds}::text[], ${emails}::text[]) AS a(slack_user_id, email)
      GROUP BY email
    ),
    unlinked AS MATERIALIZED (
      SELECT id, code, name, lower(trim(email)) AS email, count(*) OVER (PARTITION BY lower(trim(email)))::int AS people
      FROM users
      WHERE organization_id = ${organizationId}::int AND slack_user_id IS NULL AND left_at IS NULL AND trim(email) <> ''
    )
    SELECT u.id AS "userId", u.code, u.name, account.accounts, u.people, account.slack_user_id AS "slackUserId",
           owner.name AS owner
    FROM unlinked u
    JOIN account ON account.email = u.email
    LEFT JOIN users owner ON owner.organization_id = ${organizationId}::int
      AND owner.slack_user_id = account.slack_user_id
    ORDER BY u.name, u.code`;
  return z.array(Matched).parse(rows);
}

const Linked = z.object({ userId: z.number(), name: z.string() });

/** People who have not left and whose account is one of some. */
export async function selectLinkedTo(
  queryable: Queryable,
  organizationId: number,
  slackUserIds: readonly string[],
): Promise<z.infer<typeof Linked>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT id AS "userId", name FROM users
    WHERE organization_id = ${organizationId}::int AND left_at IS NULL
      AND slack_user_id = ANY (${[...slackUserIds]}::text[])
    ORDER BY name, code`;
  return z.array(Linked).parse(rows);
}
