import { setTimeout as delay } from 'node:timers/promises';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { MatchableAccount } from '../../engine/readModels/people.ts';
import { slackErrorOf } from '../kit/errorText.ts';

const Member = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_app_user: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_invited_user: z.boolean().default(false),
  profile: z.object({ email: z.string().optional() }).default({}),
});

type Member = z.infer<typeof Member>;

const MemberPage = z.object({
  members: z.array(Member),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

/** Why an account can belong to nobody of the organization. */
export type AccountRefusal = 'guest' | 'bot' | 'stranger' | 'deactivated' | 'unknown';

/** Slack's own assistant, which says of itself that it is no bot. */
const SLACKBOT = 'USLACKBOT';

function refusalOf(member: Member, teamId: string): AccountRefusal | null {
  if (member.is_stranger || (member.team_id !== undefined && member.team_id !== teamId)) return 'stranger';
  if (member.deleted) return 'deactivated';
  if (member.is_bot || member.is_app_user || member.id === SLACKBOT) return 'bot';
  return member.is_restricted || member.is_ultra_restricted ? 'guest' : null;
}

/** Why an account cannot be linked, as Slack knows it now; null where it can. */
export async function accountRefusal(
  client: WebClient,
  teamId: string,
  slackUserId: string,
): Promise<AccountRefusal | null> {
  try {
    const answer = await client.users.info({ user: slackUserId });
    return refusalOf(z.object({ user: Member }).parse(answer).user, teamId);
  } catch (error) {
    if (slackErrorOf(error) === 'user_not_found' || slackErrorOf(error) === 'user_not_visible') return 'unknown';
    throw error;
  }
}

/** The account with an e-mail that can be linked; null where Slack has none. */
export async function findAccountByEmail(client: WebClient, teamId: string, email: string): Promise<string | null> {
  if (email.trim() === '') return null;
  try {
    const { user } = z.object({ user: Member }).parse(await client.users.lookupByEmail({ email: email.trim() }));
    return refusalOf(user, teamId) === null ? user.id : null;
  } catch (error) {
    if (slackErrorOf(error) === 'users_not_found') return null;
    throw error;
  }
}

/** Accounts asked for at once, and how long rate limits are waited for in all. */
const PAGE = 500;
const PATIENCE_S = 30;

/** Every account of the workspace that could be linked and has an e-mail, and those that were deactivated. */
export async function readAccounts(
  client: WebClient,
  teamId: string,
): Promise<{ accounts: MatchableAccount[]; deactivated: string[] }> {
  const accounts: MatchableAccount[] = [];
  const deactivated: string[] = [];
  let waited = 0;
  let cursor = '';
  for (;;) {
    try {
      const page = MemberPage.parse(await client.users.list({ limit: PAGE, ...(cursor && { cursor }) }));
      for (const member of page.members) {
        const refusal = refusalOf(member, teamId);
        if (refusal === 'deactivated') deactivated.push(member.id);
        const { email } = member.profile;
        if (refusal === null && email && !member.is_invited_user) accounts.push({ slackUserId: member.id, email });
      }
      cursor = page.response_metadata.next_cursor;
      if (cursor === '') return { accounts, deactivated };
    } catch (error) {
      const { code, retryAfter = PATIENCE_S } = error as { code?: string; retryAfter?: number };
      waited += retryAfter;
      // Longer than this nobody waits before a window: they are told that Slack is busy
      if (code !== ErrorCode.RateLimitedError || waited > PATIENCE_S) throw error;
      await delay(retryAfter * 1_000);
    }
  }
}
