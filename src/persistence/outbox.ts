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
  'delegation',
  'assignment_ending',
  'channel_trouble',
  'access_blocked',
  'drift_digest',
] as const;

export type MessageKind = (typeof KINDS)[number];

/** What Slack must be told after a commit. */
export interface OutboxMessage {
  kind: MessageKind;
  payload: Json;
  /** The channel that it goes to, where that is one and known: those to one channel are delivered in turn. */
  channel?: string;
}

/** Writes messages in the transaction of the change they tell of. Those of one `series` are delivered in turn. */
export async function enqueueMessages(
  queryable: Queryable,
  entry: { organizationId: number; operationId: number | null; at: Date; series?: string },
  messages: readonly OutboxMessage[],
): Promise<void> {
  await queryable.outboxEntry.createMany({
    data: messages.map(({ kind, payload, channel }) => ({
      organizationId: entry.organizationId,
      operationId: entry.operationId,
      series: entry.series ?? null,
      channel: channel ?? null,
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

/** A message that has failed more often holds up its channel no longer. */
const HELD_UP_BY = 2;

/**
 * Takes the oldest message of some kinds that is due and hides it for a while, so that several processes share the work
 * and a message whose deliverer dies is delivered by another. A message waits for those before it in its series, and
 * for those before it in its channel unless they keep failing.
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
        AND NOT EXISTS (
          SELECT FROM outbox before
          WHERE before.organization_id = o.organization_id AND before.channel = o.channel AND before.id < o.id
            AND before.delivered_at IS NULL AND before.attempts <= ${HELD_UP_BY}::int
        )
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
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

/**
 * Remembers how far a message to many people got, and when to go on. `uncounted`: this was no attempt. `channel`: whose
 * turn it waits for.
 */
export async function postponeMessage(
  queryable: Queryable,
  { organizationId, id }: Pick<ClaimedMessage, 'organizationId' | 'id'>,
  { uncounted, ...data }: Postponed,
): Promise<void> {
  const where = { organizationId_id: { organizationId, id } };
  await queryable.outboxEntry.update({ where, data: { ...data, ...(uncounted && { attempts: { decrement: 1 } }) } });
}

interface Postponed {
  progress?: number;
  availableAt: Date;
  lastError?: string;
  uncounted?: boolean;
  channel?: string;
}
