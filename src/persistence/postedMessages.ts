import { z } from 'zod';
import type { Queryable } from './database.ts';

/** A message that is kept up to date: what it is about, such as `request:12`, and where it stands. */
export interface MessageRef {
  organizationId: number;
  about: string;
  /** `channel:C1` or `user:U1`. */
  place: string;
}

/** Who takes a message to write it: a token of this attempt, and the process that gives signs of life. */
export interface MessageClaim {
  claim: string;
  claimedBy: string | null;
  /** Silence after which another may take it, in milliseconds; by the database's clock. */
  leaseMs: number;
  now: Date;
}

const Held = z.object({
  edition: z.number(),
  channel: z.string().nullable(),
  ts: z.string().nullable(),
  shownHash: z.string().nullable(),
  attempts: z.number(),
  begunAt: z.date(),
});

/** A message as it was known when it was taken. `attempts`: of posting it, this one included. */
export type HeldMessage = z.infer<typeof Held>;

/** Takes a message, known or new, so that nobody else writes it meanwhile; null where somebody else does. */
export async function claimPosted(
  queryable: Queryable,
  { organizationId, about, place }: MessageRef,
  { claim, claimedBy, leaseMs, now }: MessageClaim,
): Promise<HeldMessage | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    INSERT INTO posted_messages AS m
      (organization_id, about, place, attempts, begun_at, claim, claimed_by, claimed_until)
    VALUES (${organizationId}::int, ${about}, ${place}, 1, ${now}, ${claim}::uuid, ${claimedBy},
            clock_timestamp() + ${leaseMs}::int * interval '1 millisecond')
    ON CONFLICT (organization_id, about, place) DO UPDATE SET
      claim = EXCLUDED.claim, claimed_by = EXCLUDED.claimed_by, claimed_until = EXCLUDED.claimed_until,
      attempts = CASE WHEN m.ts IS NULL THEN m.attempts + 1 ELSE 0 END,
      begun_at = CASE WHEN m.ts IS NULL AND m.attempts = 0 THEN EXCLUDED.begun_at ELSE m.begun_at END
    WHERE m.claim IS NULL OR m.claimed_until < clock_timestamp()
    RETURNING edition, channel, ts, shown_hash AS "shownHash", attempts, begun_at AS "begunAt"`;
  return z.array(Held).parse(rows)[0] ?? null;
}

/** What became of a message that was taken. */
export type PostedEnd =
  /** It stands there and shows that. */
  | { channel: string; ts: string; shownHash: string; shownAt: Date }
  /** It did not come to posting it. */
  | 'not_tried'
  /** Slack refused: certainly nothing was posted. */
  | 'refused'
  /** Nothing is known: the next attempt looks first whether it is there. */
  | 'unknown';

/** Gives a message back. Does nothing where another has taken it meanwhile. */
export async function releasePosted(
  queryable: Queryable,
  { organizationId, about, place }: MessageRef,
  { claim, attempts }: { claim: string; attempts: number },
  end: PostedEnd,
): Promise<void> {
  const known = typeof end === 'object' ? end : {};
  const left = { not_tried: Math.max(0, attempts - 1), refused: 0, unknown: attempts };
  await queryable.postedMessage.updateMany({
    where: { organizationId, about, place, claim },
    data: {
      ...known,
      attempts: typeof end === 'object' ? 0 : left[end],
      ...{ claim: null, claimedBy: null, claimedUntil: null },
    },
  });
}

/** Begins another edition of a message that was deleted, or that Slack does not let us change any more. */
export async function beginEdition(
  queryable: Queryable,
  { organizationId, about, place }: MessageRef,
  claim: string,
  now: Date,
): Promise<void> {
  await queryable.postedMessage.updateMany({
    where: { organizationId, about, place, claim },
    data: { edition: { increment: 1 }, ts: null, shownHash: null, attempts: 1, begunAt: now },
  });
}

/** Where messages about something were posted, or were to be. */
export async function selectPostedPlaces(
  queryable: Queryable,
  organizationId: number,
  about: string,
): Promise<string[]> {
  const rows = await queryable.postedMessage.findMany({
    where: { organizationId, about },
    select: { place: true },
    orderBy: { place: 'asc' },
  });
  return rows.map(({ place }) => place);
}
