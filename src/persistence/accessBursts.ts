import { z } from 'zod';
import { type Audience, audienceSql } from './accessDifference.ts';
import { openBurstsSql } from './burstCells.ts';
import { Prisma, type Queryable, type Transaction } from './database.ts';
import { idArray } from './idArray.ts';

/** Permissions that a change may give or take: some, those of a package whether live or not, or any. */
export type ChangedPermissions = readonly number[] | { packageNumber: number } | 'any';

/** Whose access may change, to what, and when. */
export interface BurstScope {
  organizationId: number;
  audiences: readonly Audience[];
  permissions: ChangedPermissions;
  at: Date;
}

/** Up to so many people the view is asked by person; above, by permission alone, which reads every table once. */
const BY_PERSON = 500;

/**
 * Opens a burst for everybody in the scope who has none, and remembers what they have of the permissions, as far as the
 * burst does not know yet. To be called before a change is written, under the organization's lock; {@link settleBursts}
 * takes away what turns out not to concern the person. The permissions are given as an array, which restricts what is read
 * inside of the view too.
 */
export async function rememberBefore(transaction: Transaction, scope: BurstScope): Promise<void> {
  const { organizationId, at } = scope;
  const people = Prisma.sql`SELECT u.id FROM users u
    WHERE u.organization_id = ${organizationId}::int AND u.slack_user_id IS NOT NULL AND NOT u.founder
      AND u.id IN (${audienceSql(scope)})`;
  const few = await transaction.$queryRaw<{ id: number }[]>`${people} LIMIT ${BY_PERSON + 1}`;
  if (few.length === 0) return;
  const ids = few.map(({ id }) => id);
  const narrowed = ids.length > BY_PERSON ? Prisma.empty : Prisma.sql`AND g.user_id = ANY (${idArray(ids)})`;
  const since = Prisma.sql`SELECT id, ${at}::timestamptz AS since FROM (${people}) person`;
  const permissions = permissionSql(scope);
  // In one statement: of a table that was just filled the planner believes that it is empty, and would compare each of its
  // rows with all that people have
  await transaction.$executeRaw`
    WITH opened AS (${openBurstsSql(organizationId, since)}),
    wanted AS MATERIALIZED (${permissions}),
    held AS MATERIALIZED (
      SELECT g.user_id, g.permission_id, g.value, g.param FROM effective_grants g
      WHERE g.organization_id = ${organizationId}::int AND g.permission_id = ANY (ARRAY(SELECT id FROM wanted)) ${narrowed}
    )
    INSERT INTO access_burst_before (organization_id, burst_id, permission_ids, held_values, held_params)
    SELECT opened.organization_id, opened.id, array_agg(wanted.id), array_agg(held.value), array_agg(held.param)
    FROM opened CROSS JOIN wanted
    LEFT JOIN held ON held.user_id = opened.user_id AND held.permission_id = wanted.id
    GROUP BY opened.organization_id, opened.id`;
}

function permissionSql({ organizationId, permissions }: BurstScope): Prisma.Sql {
  if (permissions === 'any') {
    return Prisma.sql`SELECT id FROM permissions WHERE organization_id = ${organizationId}::int`;
  }
  if ('packageNumber' in permissions) {
    return Prisma.sql`SELECT permission_id AS id FROM package_permissions
      WHERE organization_id = ${organizationId}::int AND package_number = ${permissions.packageNumber}::int`;
  }
  return Prisma.sql`SELECT unnest(${idArray(permissions)}) AS id`;
}

/** An operation that changed the access of those it names, or of all members of its package. */
export interface BurstOperation {
  organizationId: number;
  operationId: number;
  at: Date;
  audience: 'changed' | { membersOf: number };
}

/** Makes an operation the last of the bursts of those whose access it changed. */
export async function recordBursts(queryable: Queryable, operation: BurstOperation): Promise<void> {
  const { organizationId, operationId, at, audience } = operation;
  const people =
    audience === 'changed'
      ? Prisma.sql`SELECT user_id, membership FROM operation_changes
          WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int
            AND membership NOT IN ('unchanged', 'founder')`
      : Prisma.sql`SELECT s.user_id, 'member' AS membership FROM assignments s
          JOIN users m ON m.organization_id = s.organization_id AND m.id = s.user_id AND NOT m.founder
          WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${audience.membersOf}::int
            AND s.state = 'active'`;
  await queryable.$executeRaw`
    INSERT INTO access_bursts AS b
      (organization_id, user_id, opened_at, first_operation_id, last_operation_id, founder_was)
    SELECT u.organization_id, u.id, ${at}, ${operationId}::int, ${operationId}::int,
           CASE membership WHEN 'founder_named' THEN false WHEN 'founder_ended' THEN true ELSE u.founder END
    FROM (${people}) person
    JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = person.user_id
      AND u.slack_user_id IS NOT NULL
    ORDER BY u.id
    ON CONFLICT (organization_id, user_id) WHERE closed_at IS NULL DO UPDATE SET
      first_operation_id = coalesce(b.first_operation_id, EXCLUDED.first_operation_id),
      last_operation_id = EXCLUDED.last_operation_id`;
}

/** Takes away the bursts that an operation opened for people whose access it did not change after all. */
export async function settleBursts(queryable: Queryable, organizationId: number): Promise<void> {
  await queryable.$executeRaw`
    WITH gone AS (
      DELETE FROM access_bursts WHERE organization_id = ${organizationId}::int AND last_operation_id IS NULL RETURNING id
    )
    DELETE FROM access_burst_before b USING gone
    WHERE b.organization_id = ${organizationId}::int AND b.burst_id = gone.id`;
}

const Closed = z.object({
  burstId: z.number(),
  userId: z.number(),
  slackUserId: z.string(),
  founderWas: z.boolean(),
  founder: z.boolean(),
  answer: z.enum(['works', 'blocked']).nullable(),
});

export type ClosedBurst = z.infer<typeof Closed>;

/** Which bursts an operation's message is to tell: those it is the last of, and those that have been open for too long. */
export interface DueBursts {
  organizationId: number;
  operationId: number;
  openedBefore: Date;
}

/** The next people of whom an operation may have something to tell, in the order of their ids. */
export async function selectConcerned(
  queryable: Queryable,
  { organizationId, operationId }: DueBursts,
  { afterUserId, limit }: { afterUserId: number; limit: number },
): Promise<number[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    (SELECT user_id AS "userId" FROM operation_changes
     WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int
       AND user_id > ${afterUserId}::int AND membership NOT IN ('unchanged', 'founder')
     ORDER BY user_id LIMIT ${limit})
    UNION
    (SELECT user_id FROM access_bursts
     WHERE organization_id = ${organizationId}::int AND told_at IS NULL AND user_id > ${afterUserId}::int
       AND ${operationId}::int BETWEEN first_operation_id AND last_operation_id
     ORDER BY user_id LIMIT ${limit})
    ORDER BY 1 LIMIT ${limit}`;
  return z
    .array(z.object({ userId: z.number() }))
    .parse(rows)
    .map(({ userId }) => userId);
}

/**
 * Closes what is due of the bursts of some people, in the order of the people, and works out what came of them. Those of
 * people who have lost their Slack account wait for another.
 */
export async function closeBursts(
  transaction: Transaction,
  { organizationId, operationId, openedBefore }: DueBursts,
  userIds: readonly number[],
  now: Date,
): Promise<ClosedBurst[]> {
  const rows = await transaction.$queryRaw<unknown[]>`
    WITH due AS MATERIALIZED (
      SELECT id FROM access_bursts
      WHERE organization_id = ${organizationId}::int AND told_at IS NULL AND user_id = ANY (${idArray(userIds)})
        AND (last_operation_id = ${operationId}::int
          OR opened_at <= ${openedBefore} AND ${operationId}::int BETWEEN first_operation_id AND last_operation_id)
      ORDER BY id FOR UPDATE
    )
    UPDATE access_bursts b SET closed_at = coalesce(b.closed_at, ${now})
    FROM due, users u
    WHERE b.organization_id = ${organizationId}::int AND b.id = due.id
      AND u.organization_id = b.organization_id AND u.id = b.user_id AND u.slack_user_id IS NOT NULL
    RETURNING b.id AS "burstId", u.id AS "userId", u.slack_user_id AS "slackUserId", b.founder_was AS "founderWas",
              u.founder, b.answer`;
  const closed = z.array(Closed).parse(rows);
  if (closed.length === 0) return [];
  const bursts = idArray(closed.map(({ burstId }) => burstId));
  await transaction.$executeRaw`
    WITH held AS MATERIALIZED (
      SELECT user_id, permission_id, value, param FROM effective_grants
      WHERE organization_id = ${organizationId}::int AND user_id = ANY (${idArray(closed.map(({ userId }) => userId))})
    ),
    before AS MATERIALIZED (
      SELECT DISTINCT ON (known.burst_id, cell.permission_id)
             known.burst_id, cell.permission_id, cell.value COLLATE "C" AS value, cell.param COLLATE "C" AS param
      FROM access_burst_before known
      CROSS JOIN unnest(known.permission_ids, known.held_values, known.held_params) AS cell(permission_id, value, param)
      WHERE known.organization_id = ${organizationId}::int AND known.burst_id = ANY (${bursts})
      ORDER BY known.burst_id, cell.permission_id, known.id
    )
    INSERT INTO access_burst_cells (organization_id, burst_id, permission_id, value, param, now_value, now_param)
    SELECT b.organization_id, b.id, before.permission_id, before.value, before.param, held.value, held.param
    FROM before
    JOIN access_bursts b ON b.organization_id = ${organizationId}::int AND b.id = before.burst_id
    LEFT JOIN held ON held.user_id = b.user_id AND held.permission_id = before.permission_id
    WHERE (before.value, before.param) IS DISTINCT FROM (held.value, held.param)`;
  await transaction.$executeRaw`
    DELETE FROM access_burst_before WHERE organization_id = ${organizationId}::int AND burst_id = ANY (${bursts})`;
  return closed.sort((one, other) => one.userId - other.userId || one.burstId - other.burstId);
}

const Grant = z.object({ value: z.string(), param: z.string() }).nullable();
const Cell = z.object({
  burstId: z.number(),
  applicationId: z.number(),
  applicationName: z.string(),
  name: z.string(),
  main: z.boolean(),
  before: Grant,
  after: Grant,
  /** When the assignment ends through which they have it; null where they have it otherwise, or without an end. */
  endsAt: z.date().nullable(),
});

/** One permission that somebody has differently after a burst. */
export type BurstCell = z.infer<typeof Cell>;

/** What came of closed bursts, by application and permission; MAIN first. */
export async function selectBurstCells(
  queryable: Queryable,
  organizationId: number,
  burstIds: readonly number[],
): Promise<BurstCell[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT c.burst_id AS "burstId", a.id AS "applicationId", a.name AS "applicationName", p.name, p.is_main AS main,
           CASE WHEN c.value IS NOT NULL THEN json_build_object('value', c.value, 'param', c.param) END AS before,
           CASE WHEN c.now_value IS NOT NULL THEN json_build_object('value', c.now_value, 'param', c.now_param) END
             AS after, s.ends_at AS "endsAt"
    FROM access_burst_cells c
    JOIN access_bursts b ON b.organization_id = c.organization_id AND b.id = c.burst_id
    JOIN permissions p ON p.organization_id = c.organization_id AND p.id = c.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    LEFT JOIN app_auth held ON held.organization_id = c.organization_id AND held.user_id = b.user_id
      AND held.permission_id = c.permission_id AND held.active
    LEFT JOIN assignments s ON s.organization_id = c.organization_id AND s.package_number = held.package_number
      AND s.user_id = b.user_id AND s.state = 'active'
    WHERE c.organization_id = ${organizationId}::int AND c.burst_id = ANY (${idArray(burstIds)})
    ORDER BY c.burst_id, a.name, a.id, p.is_main DESC, p.name, p.id`;
  return z.array(Cell).parse(rows);
}

/** Remembers that a burst was told, or was nothing to tell of. */
export async function markBurstTold(
  queryable: Queryable,
  { organizationId, id }: { organizationId: number; id: number },
  now: Date,
): Promise<void> {
  await queryable.accessBurst.updateMany({ where: { organizationId, id, toldAt: null }, data: { toldAt: now } });
}

/** A closed burst of somebody; null where there is none of theirs. */
export async function findBurst(
  queryable: Queryable,
  organizationId: number,
  id: number,
): Promise<(ClosedBurst & { lastOperationId: number }) | null> {
  const burst = await queryable.accessBurst.findFirst({ where: { organizationId, id, closedAt: { not: null } } });
  if (!burst) return null;
  const where = { organizationId_id: { organizationId, id: burst.userId } };
  const { slackUserId, founder } = await queryable.user.findUniqueOrThrow({ where });
  const read = Closed.extend({ lastOperationId: z.number() }).safeParse({
    ...burst,
    burstId: id,
    slackUserId,
    founder,
  });
  return read.data ?? null;
}

/** Notes what somebody answered. @returns false where they had answered before. */
export async function answerBurst(
  queryable: Queryable,
  { organizationId, id }: { organizationId: number; id: number },
  answer: 'works' | 'blocked',
  now: Date,
): Promise<boolean> {
  const { count } = await queryable.accessBurst.updateMany({
    where: { organizationId, id, answer: null },
    data: { answer, answeredAt: now },
  });
  return count > 0;
}

/**
 * Forgets bursts that were closed before, and the messages about them: nobody answers them any more. With them goes what
 * was left unread of operations whose message was given up: no burst would say any more that it was told by another.
 */
export async function forgetBursts(queryable: Queryable, before: Date): Promise<void> {
  await queryable.$executeRaw`
    DELETE FROM unread_histories h USING operations o
    WHERE o.organization_id = h.organization_id AND o.id = h.operation_id AND o.at < ${before} AND NOT EXISTS (
      SELECT FROM outbox m WHERE m.organization_id = h.organization_id AND m.operation_id = h.operation_id
        AND m.kind = 'access_changed' AND m.delivered_at IS NULL)`;
  await queryable.$executeRaw`
    WITH gone AS (DELETE FROM access_bursts WHERE closed_at < ${before} RETURNING organization_id, id)
    DELETE FROM access_burst_cells c USING gone WHERE c.organization_id = gone.organization_id AND c.burst_id = gone.id`;
  await queryable.$executeRaw`
    DELETE FROM posted_messages WHERE about LIKE 'access:%' AND shown_at < ${before} AND claim IS NULL`;
}
