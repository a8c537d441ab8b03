import { z } from 'zod';
import { REQUEST_STATES } from '../engine/core/requestState.ts';
import { Prisma, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Listed = z.object({
  id: z.number(),
  kind: z.string(),
  state: z.enum(REQUEST_STATES),
  people: z.number(),
  /** The only person it is about; null where there are several. */
  person: z.object({ name: z.string(), code: z.string() }).nullable(),
  packageNumber: z.number().nullable(),
  packageName: z.string().nullable(),
  permission: z.string().nullable(),
  requesterName: z.string(),
  createdAt: z.date(),
  total: z.number(),
});

/** A request in a list. */
export type ListedRequest = Omit<z.infer<typeof Listed>, 'total'>;

/** Somebody whose say counts: their own, or that of whoever delegated it. */
export interface Say {
  userId: number;
  slackUserId: string;
  /** Whether they hold `approve`, or are a founder. */
  holds: boolean;
}

/** Which requests a list shows. */
export type RequestFilter =
  | { of: 'requester'; userId: number }
  /** Open ones about somebody. */
  | { of: 'person'; userId: number }
  | { of: 'all' }
  /** Those that somebody can decide about: `says` are theirs to use, `members` who of them is in which user group. */
  | {
      of: 'decider';
      userId: number;
      says: readonly Say[];
      members: readonly { group: string; userId: number }[];
      at: Date;
      /** This request alone. */
      only?: number;
    };

/** One page of requests, the newest first. */
export async function selectRequests(
  queryable: Queryable,
  organizationId: number,
  filter: RequestFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ requests: ListedRequest[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT r.id, r.kind, r.state::text AS state, r.people, r.package_number AS "packageNumber",
           r.plan #>> '{package,name}' AS "packageName", r.plan ->> 'permission' AS permission,
           CASE WHEN r.people = 1 THEN r.plan #> '{named,0}' END AS person,
           u.name AS "requesterName", r.created_at AS "createdAt", count(*) OVER ()::int AS total
    FROM requests r
    JOIN users u ON u.organization_id = r.organization_id AND u.id = r.requester_user_id
    WHERE r.organization_id = ${organizationId}::int AND ${conditionOf(filter)}
    ORDER BY r.id DESC LIMIT ${limit}::int OFFSET ${offset}::int`;
  const found = z.array(Listed).parse(rows);
  return { requests: found.map(({ total: _, ...request }) => request), total: found[0]?.total ?? 0 };
}

/** How many requests a list would show. */
export async function countRequests(
  queryable: Queryable,
  organizationId: number,
  filter: RequestFilter,
): Promise<number> {
  const rows = await queryable.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM requests r
    WHERE r.organization_id = ${organizationId}::int AND ${conditionOf(filter)}`;
  return rows[0]?.count ?? 0;
}

function conditionOf(filter: RequestFilter): Prisma.Sql {
  switch (filter.of) {
    case 'all':
      return Prisma.sql`true`;
    case 'requester':
      return Prisma.sql`r.requester_user_id = ${filter.userId}::int`;
    case 'person':
      return Prisma.sql`r.state IN ('pending', 'approved', 'failed') AND EXISTS (
        SELECT FROM request_people p
        WHERE p.organization_id = r.organization_id AND p.user_id = ${filter.userId}::int AND p.request_id = r.id)`;
    case 'decider':
      return decidedBy(filter);
  }
}

/** What `decideRequest` would let them decide about: an approver's say of the stage, not used yet. */
function decidedBy({ userId, says, members, at, only }: Extract<RequestFilter, { of: 'decider' }>): Prisma.Sql {
  const holding = says.map(({ holds }) => holds);
  return Prisma.sql`
    (${only ?? null}::int IS NULL OR r.id = ${only ?? null}::int) AND r.state = 'pending' AND r.expires_at > ${at}
    AND r.requester_user_id <> ${userId}::int
    AND NOT EXISTS (
      SELECT FROM request_decisions d
      WHERE d.organization_id = r.organization_id AND d.request_id = r.id AND d.revision = r.revision
        AND d.user_id = ${userId}::int)
    AND EXISTS (
      SELECT FROM unnest(${idArray(says.map((say) => say.userId))}, ${holding}::boolean[]) AS say(user_id, holds)
      CROSS JOIN LATERAL (SELECT r.policy -> 'stages' -> (r.stage - 1) -> 'approvers' AS named) stage
      WHERE say.user_id <> r.requester_user_id
        AND (stage.named -> 'userIds' @> to_jsonb(say.user_id)
             OR (say.holds AND (stage.named ->> 'holders')::boolean)
             OR (stage.named ->> 'slackUserGroupId', say.user_id) IN (
               SELECT "group", user_id
               FROM unnest(${members.map(({ group }) => group)}::text[], ${idArray(members.map((each) => each.userId))})
                 AS member("group", user_id)))
        AND NOT EXISTS (
          SELECT FROM request_decisions used
          WHERE used.organization_id = r.organization_id AND used.request_id = r.id AND used.revision = r.revision
            AND used.principal_id = say.user_id))`;
}

const SayRow = z.object({ userId: z.number(), slackUserId: z.string(), holds: z.boolean() });

/** Whose say somebody can use at a moment: their own, and what others delegated to them. Who left has none. */
export async function selectSays(
  queryable: Queryable,
  { organizationId, userId }: { organizationId: number; userId: number },
  at: Date,
): Promise<Say[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.slack_user_id AS "slackUserId",
           u.founder OR EXISTS (
             SELECT FROM meta_permissions m
             WHERE m.organization_id = u.organization_id AND m.user_id = u.id AND m.meta_permission = 'approve') AS holds
    FROM users u
    WHERE u.organization_id = ${organizationId}::int AND u.left_at IS NULL AND u.slack_user_id IS NOT NULL
      AND (u.id = ${userId}::int OR u.id IN (
        SELECT from_user_id FROM delegations
        WHERE organization_id = ${organizationId}::int AND to_user_id = ${userId}::int
          AND starts_at <= ${at} AND ends_at > ${at}))`;
  return z.array(SayRow).parse(rows);
}

/** The user groups that pending requests wait for. */
export async function selectAwaitedGroups(queryable: Queryable, organizationId: number): Promise<string[]> {
  const rows = await queryable.$queryRaw<{ group: string }[]>`
    SELECT DISTINCT policy -> 'stages' -> (stage - 1) -> 'approvers' ->> 'slackUserGroupId' AS "group"
    FROM requests
    WHERE organization_id = ${organizationId}::int AND state = 'pending'
      AND policy -> 'stages' -> (stage - 1) -> 'approvers' ->> 'slackUserGroupId' IS NOT NULL`;
  return rows.map(({ group }) => group);
}
