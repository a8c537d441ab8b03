import { z } from 'zod';
import { type Actor, META_PERMISSIONS, type MetaPermission } from '../engine/core/metaPermissions.ts';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';
import { likePattern } from './likePattern.ts';

const Person = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  email: z.string(),
  slackUserId: z.string().nullable(),
  founder: z.boolean(),
  /** Since when the person counts as having left; nothing while they are here. */
  leftAt: z.date().nullish(),
});

/** A user of the organization, as search boxes and headings show them. */
export type Person = z.infer<typeof Person>;

const ActorRow = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  founder: z.boolean(),
  metaPermissions: z.array(z.string()),
});

/**
 * Who acts, with the meta-permissions held at this moment; null where the user is not of the organization. Who left
 * holds none, and is no founder, until they come back.
 */
export async function findActor(
  queryable: Queryable,
  organizationId: number,
  by: { userId: number } | { slackUserId: string },
): Promise<Actor | null> {
  const userId = 'userId' in by ? by.userId : null;
  const slackUserId = 'slackUserId' in by ? by.slackUserId : null;
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT u.id AS "userId", u.code, u.name, u.founder AND u.left_at IS NULL AS founder,
           ARRAY(SELECT m.meta_permission FROM meta_permissions m
                 WHERE m.organization_id = u.organization_id AND m.user_id = u.id AND u.left_at IS NULL) AS "metaPermissions"
    FROM users u
    WHERE u.organization_id = ${organizationId}::int
      AND (u.id = ${userId}::int OR u.slack_user_id = ${slackUserId}::text)`;
  const [row] = z.array(ActorRow).parse(rows);
  if (!row) return null;
  const known = new Set<string>(META_PERMISSIONS);
  const held = row.metaPermissions.filter((name): name is MetaPermission => known.has(name));
  return { organizationId, ...row, metaPermissions: new Set(held) };
}

/** People who have not left and whose code, name or e-mail has every word typed; an exact code first, then by name. */
export async function searchUsers(
  queryable: Queryable,
  organizationId: number,
  text: string,
  limit: number,
): Promise<Person[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT id AS "userId", code, name, email, slack_user_id AS "slackUserId", founder, left_at AS "leftAt"
    FROM users
    WHERE organization_id = ${organizationId}::int AND left_at IS NULL AND search_text LIKE ALL (${likePattern(text)}::text[])
    ORDER BY lower(code) = lower(${text.trim()}) DESC, name, code LIMIT ${limit}`;
  return z.array(Person).parse(rows);
}

const Found = z.object({ wanted: z.string(), userId: z.number() });

/** Matches personal codes, ignoring case; codes of nobody are told apart. Duplicates are folded. */
export async function findUsersByCodes(
  queryable: Queryable,
  organizationId: number,
  codes: readonly string[],
): Promise<{ userIds: number[]; unknown: string[] }> {
  const wanted = [...new Set(codes)];
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT w.code AS wanted, u.id AS "userId"
    FROM unnest(${wanted}::text[]) AS w(code)
    JOIN users u ON u.organization_id = ${organizationId}::int AND (u.code = w.code OR u.code = upper(w.code))`;
  const found = new Map(
    z
      .array(Found)
      .parse(rows)
      .map(({ wanted, userId }) => [wanted, userId]),
  );
  return { userIds: [...new Set(found.values())], unknown: wanted.filter((code) => !found.has(code)) };
}

/** One person by id, code (any case) or Slack user id; null where the organization has none. */
export async function findUser(
  queryable: Queryable,
  organizationId: number,
  by: { userId: number } | { code: string } | { slackUserId: string },
): Promise<Person | null> {
  const where =
    'userId' in by
      ? { id: by.userId }
      : 'code' in by
        ? { code: { in: [by.code, by.code.toUpperCase()] } }
        : { slackUserId: by.slackUserId };
  const user = await queryable.user.findFirst({ where: { organizationId, ...where } });
  return user && Person.parse({ ...user, userId: user.id });
}

/** People by id, in the order of their names; ids of other organizations are left out. */
export async function selectUsers(
  queryable: Queryable,
  organizationId: number,
  userIds: readonly number[],
): Promise<Person[]> {
  const users = await queryable.user.findMany({
    where: { organizationId, id: { in: [...userIds] } },
    orderBy: [{ name: 'asc' }, { code: 'asc' }],
  });
  return users.map((user) => Person.parse({ ...user, userId: user.id }));
}

/** Those of some people who left, by name, the first of them. */
export async function selectLeft(
  queryable: Queryable,
  organizationId: number,
  userIds: readonly number[],
  limit: number,
): Promise<Person[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT id AS "userId", code, name, email, slack_user_id AS "slackUserId", founder, left_at AS "leftAt" FROM users
    WHERE organization_id = ${organizationId}::int AND id = ANY (${idArray(userIds)}) AND left_at IS NOT NULL
    ORDER BY name, code LIMIT ${limit}`;
  return z.array(Person).parse(rows);
}
