import { z } from 'zod';
import type { Json } from '../engine/core/canonicalJson.ts';
import type { Queryable } from './database.ts';

/** What Slack must be told after a commit. */
export interface OutboxMessage {
  kind: 'assignment_report' | 'access_changed';
  payload: Json;
}

/** Writes messages in the transaction of the change they tell of. */
export async function enqueueMessages(
  queryable: Queryable,
  entry: { organizationId: number; operationId: number; at: Date },
  messages: readonly OutboxMessage[],
): Promise<void> {
  await queryable.outboxEntry.createMany({
    data: messages.map(({ kind, payload }) => ({
      organizationId: entry.organizationId,
      operationId: entry.operationId,
      kind,
      payload: payload as object,
      availableAt: entry.at,
    })),
  });
}

const Claimed = z.object({
  organizationId: z.number(),
  id: z.bigint(),
  kind: z.enum(['assignment_report', 'access_changed']),
  operationId: z.number(),
  payload: z.json(),
  progress: z.number(),
  attempts: z.number(),
});

export type ClaimedMessage = z.infer<typeof Claimed>;

/**
 * Takes the oldest message that is due and hides it for a while, so that several processes share the work and a
 * message whose deliverer dies is delivered by another.
 */
export async function claimMessage(queryable: Queryable, now: Date, hiddenUntil: Date): Promise<ClaimedMessage | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    UPDATE outbox SET available_at = ${hiddenUntil}, attempts = attempts + 1
    WHERE (organization_id, id) = (
      SELECT organization_id, id FROM outbox WHERE delivered_at IS NULL AND available_at <= ${now}
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
    data: { deliveredAt: now, lastError: error },
  });
}

/** Remembers how far a message to many people got, and when to go on. */
export async function postponeMessage(
  queryable: Queryable,
  { organizationId, id }: Pick<ClaimedMessage, 'organizationId' | 'id'>,
  data: { progress?: number; availableAt: Date; lastError?: string },
): Promise<void> {
  await queryable.outboxEntry.update({ where: { organizationId_id: { organizationId, id } }, data });
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
