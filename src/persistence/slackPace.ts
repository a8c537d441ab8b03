import { z } from 'zod';
import { Prisma, type Queryable } from './database.ts';

/**
 * What waits for its turn: messages in one channel (`C1`, or `U1` for somebody's direct messages), or calls of a
 * method.
 */
export interface PaceKey {
  teamId: string;
  key: string;
}

/** When a turn comes, and the line that it is of: that of the person, where the channel is their direct messages. */
export interface Turn {
  at: Date;
  key: string;
}

/** The line that a key stands for. */
function lineSql({ teamId, key }: PaceKey): Prisma.Sql {
  return Prisma.sql`coalesce(
    (SELECT d.same_as FROM slack_pace d WHERE d.team_id = ${teamId} AND d.key = ${key}), ${key}::text)`;
}

/**
 * Takes the next free moment, if that is now, and makes the next one `everyMs` later: one statement, so that of several
 * processes one gets it. @returns null where it was taken, else when to come back.
 */
export async function takeMoment(
  queryable: Queryable,
  pace: PaceKey,
  now: Date,
  everyMs: number,
): Promise<Turn | null> {
  const taken = await queryable.$executeRaw`
    INSERT INTO slack_pace AS p (team_id, key, next_at)
    SELECT ${pace.teamId}, ${lineSql(pace)}, ${after(now, everyMs)}
    ON CONFLICT (team_id, key) DO UPDATE SET next_at = EXCLUDED.next_at, blocked_until = NULL
    WHERE greatest(p.next_at, p.blocked_until) <= ${now}`;
  return taken > 0 ? null : ((await findTurn(queryable, pace)) ?? { at: now, key: pace.key });
}

/** Makes the next free moment later by `everyMs`, for a message that does not wait for its own. */
export async function passMoment(queryable: Queryable, pace: PaceKey, now: Date, everyMs: number): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO slack_pace AS p (team_id, key, next_at)
    SELECT ${pace.teamId}, ${lineSql(pace)}, ${after(now, everyMs)}
    ON CONFLICT (team_id, key) DO UPDATE SET
      next_at = greatest(p.next_at, ${now}) + ${everyMs}::int * interval '1 millisecond'`;
}

/** Until when Slack wants nothing of this kind; null where it takes it. */
export async function findBlock(queryable: Queryable, pace: PaceKey, now: Date): Promise<Turn | null> {
  const turn = await findTurn(queryable, pace, Prisma.sql`blocked_until`);
  return turn && turn.at > now ? turn : null;
}

async function findTurn(
  queryable: Queryable,
  pace: PaceKey,
  moment = Prisma.sql`greatest(next_at, blocked_until)`,
): Promise<Turn | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT ${moment} AS at, key FROM slack_pace
    WHERE team_id = ${pace.teamId} AND key = ${lineSql(pace)} AND ${moment} IS NOT NULL`;
  return z.array(z.object({ at: z.date(), key: z.string() })).parse(rows)[0] ?? null;
}

/** Remembers that Slack wants nothing of this kind until then. */
export async function block(queryable: Queryable, pace: PaceKey, until: Date): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO slack_pace AS p (team_id, key, next_at, blocked_until)
    SELECT ${pace.teamId}, ${lineSql(pace)}, ${until}, ${until}
    ON CONFLICT (team_id, key) DO UPDATE SET blocked_until = greatest(p.blocked_until, EXCLUDED.blocked_until)`;
}

/** Remembers whose direct messages a channel is, so that both names stand for one line. */
export async function nameDirect(queryable: Queryable, { teamId, key }: PaceKey, person: string): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO slack_pace AS p (team_id, key, same_as) VALUES (${teamId}, ${key}, ${person})
    ON CONFLICT (team_id, key) DO UPDATE SET same_as = EXCLUDED.same_as WHERE p.same_as IS NULL`;
}

/** Forgets moments that are long past. Whose direct messages a channel is stays known. */
export async function forgetMoments(queryable: Queryable, before: Date): Promise<void> {
  await queryable.$executeRaw`
    DELETE FROM slack_pace WHERE same_as IS NULL AND greatest(next_at, blocked_until) < ${before}`;
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
