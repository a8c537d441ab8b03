import { z } from 'zod';
import type { Json } from '../engine/core/canonicalJson.ts';
import type { Queryable } from './database.ts';

const KINDS = [
  'assignment_report',
  'access_changed',
  'background_progress',
  'request',
  'request_reminder',
  'break_glass',
  'drift_digest',
] as const;

export type MessageKind = (typeof KINDS)[number];

/** What Slack must be told after a commit. */
export interface OutboxMessage {
  kind: MessageKind;
  payload: Json;
}

/** Writes messages in the transaction of the change they tell of. Those of one `series` are delivered in turn. */
export async function enqueueMessages(
  queryable: Queryable,
  entry: { organizationId: number; operationId: number | null; at: Date; series?: string },
  messages: readonly OutboxMessage[],
): Promise<void> {
  await queryable.outboxEntry.createMany({
    data: messages.map(({ kind, payload }) => ({
      organizationId: entry.organizationId,
      operationId: entry.operationId,
      series: entry.series ?? null,
      kind,
      payload: payload as object,
      availableAt: entry.at,
    })),
  });
}

const Claimed = z.object({
  organizationId: z.number(),
  id: z.bigint(),
  kind: z.enum(KINDS),
  /** Null where the message is about something that has not become an operation. */
  operationId: z.number().nullable(),
  payload: z.json(),
  progress: z.number(),
  attempts: z.number(),
});

export type ClaimedMessage = z.infer<typeof Claimed>;

/** Who takes a message, which kinds, and for how long it is hidden from everybody else. */
export interface Claim {
  kinds: readonly MessageKind[];
  claimedBy: string | null;
  now: Date;
  hiddenUntil: Date;
}

/**
 * Takes the oldest message of some kinds that is due and hides it for a while, so that several processes share the work
 * and a message whose deliverer dies is delivered by another. A message waits for those before it in its series.
 */
export async function claimMessage(queryable: Queryable, claim: Claim): Promise<ClaimedMessage | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    UPDATE outbox SET available_at = ${claim.hiddenUntil}, attempts = attempts + 1, claimed_by = ${claim.claimedBy}
    WHERE (organization_id, id) = (
      SELECT organization_id, id FROM outbox o
      WHERE delivered_at IS NULL AND available_at <= ${claim.now} AND kind = ANY (${[...claim.kinds]}::text[])
        AND NOT EXISTS (
          SELECT FROM outbox before
          WHERE before.organization_id = o.organization_id AND before.series = o.series AND before.id < o.id
            AND before.delivered_at IS NULL
        )
      ORDER BY available_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING organization_id AS "organizationId", id, kind, operation_id AS "operationId", payload, progress, attempts`;
  return z.array(Claimed).parse(rows)[0] ?? null;
}

/** Ends a message: delivered, or given up with the reason. */
export async function settleMessage(
  queryable: Queryable,
  { organizationId, id }: Pick<ClaimedMessage, 'organizationId' | 'id'>,
  now: Date,
  error: string | null,
): Promise<void> {
  await queryable.outboxEntry.update({
    where: { organizationId_id: { organizationId, id } },
    data: { deliveredAt: now, lastError: error, claimedBy: null },
  });
}

/** Remembers how far a message to many people got, and when to go on. `uncounted`: this was no attempt. */
export async function postponeMessage(
  queryable: Queryable,
  { organizationId, id }: Pick<ClaimedMessage, 'organizationId' | 'id'>,
  { uncounted, ...data }: { progress?: number; availableAt: Date; lastError?: string; uncounted?: boolean },
): Promise<void> {
  const where = { organizationId_id: { organizationId, id } };
  await queryable.outboxEntry.update({ where, data: { ...data, ...(uncounted && { attempts: { decrement: 1 } }) } });
}

const Affected = z.object({ userId: z.number(), slackUserId: z.string(), membership: z.string() });

/** People with a Slack id whose access an operation changed, after `afterUserId`, in the order of their ids. */
export async function selectAffectedPeople(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
  afterUserId: number,
  limit: number,
): Promise<z.infer<typeof Affected>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT c.user_id AS "userId", u.slack_user_id AS "slackUserId", c.membership
    FROM operation_changes c
    JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id AND u.slack_user_id IS NOT NULL
    WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ${operationId}::int
      AND c.user_id > ${afterUserId}::int AND c.membership NOT IN ('unchanged', 'founder')
    ORDER BY c.user_id LIMIT ${limit}`;
  return z.array(Affected).parse(rows);
}

/** Active members with a Slack id, founders aside, after `afterUserId`, in the order of their ids. */
export async function selectMembersToTell(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  afterUserId: number,
  limit: number,
): Promise<z.infer<typeof Affected>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.slack_user_id AS "slackUserId", 'member' AS membership
    FROM assignments s
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
      AND u.slack_user_id IS NOT NULL AND NOT u.founder
    WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int
      AND s.state = 'active' AND u.id > ${afterUserId}::int
    ORDER BY u.id LIMIT ${limit}`;
  return z.array(Affected).parse(rows);
}
