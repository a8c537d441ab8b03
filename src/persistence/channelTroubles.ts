import { z } from 'zod';
import type { Queryable } from './database.ts';

/** A channel in which the bot cannot write, and Slack's word for why. */
export interface ChannelProblem {
  channel: string;
  problem: string;
}

/** Remembers a trouble. @returns false where it was known already. */
export async function recordTrouble(
  queryable: Queryable,
  organizationId: number,
  { channel, problem }: ChannelProblem,
  since: Date,
): Promise<boolean> {
  const written = await queryable.$executeRaw`
    INSERT INTO channel_troubles (organization_id, channel, problem, since)
    VALUES (${organizationId}::int, ${channel}, ${problem}, ${since})
    ON CONFLICT (organization_id, channel, problem) DO NOTHING`;
  return written > 0;
}

/** Forgets the troubles of a channel, since a message of this workspace's bot arrived there. */
export async function clearTroubles(queryable: Queryable, slackTeamId: string, channel: string): Promise<void> {
  await queryable.$executeRaw`
    DELETE FROM channel_troubles t USING organizations o
    WHERE o.slack_team_id = ${slackTeamId} AND t.organization_id = o.id AND t.channel = ${channel}`;
}

/** Slack ids of those who hold a right and have not left, or of the founders (`founders`); by name. */
export async function selectReachable(
  queryable: Queryable,
  organizationId: number,
  by: { metaPermission: string } | 'founders',
  limit: number,
): Promise<string[]> {
  const held = by === 'founders' ? null : by.metaPermission;
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.slack_user_id AS "slackUserId" FROM users u
    WHERE u.organization_id = ${organizationId}::int AND u.slack_user_id IS NOT NULL AND u.left_at IS NULL
      AND (${held}::text IS NULL AND u.founder OR EXISTS (
        SELECT FROM meta_permissions m
        WHERE m.organization_id = u.organization_id AND m.user_id = u.id AND m.meta_permission = ${held}::text
      ))
    ORDER BY u.name, u.code LIMIT ${limit}::int`;
  return z
    .array(z.object({ slackUserId: z.string() }))
    .parse(rows)
    .map(({ slackUserId }) => slackUserId);
}
