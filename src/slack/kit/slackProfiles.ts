import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** What Slack says of a person. */
export interface SlackProfile {
  admin: boolean;
  guest: boolean;
  /** Of another workspace than the bot's. */
  stranger: boolean;
  locale: string | undefined;
  name: string;
  handle: string;
  email: string | undefined;
  timeZone: string;
}

const UserInfo = z.object({
  user: z.object({
    team_id: z.string().optional(),
    name: z.string().default(''),
    real_name: z.string().optional(),
    locale: z.string().optional(),
    tz: z.string().optional(),
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
    profile: z.object({ email: z.string().optional() }).default({}),
  }),
});

/** How long what Slack said of a person is believed; rights in the organization are never cached. */
const LIFETIME_MS = 5 * 60_000;
const PROFILES_KEPT = 5_000;

export interface SlackProfiles {
  /** The profile of somebody, asked of Slack at most every few minutes. */
  get(slackUserId: string): Promise<SlackProfile>;
  /** What is known already, without asking. */
  peek(slackUserId: string): SlackProfile | undefined;
}

/** People as Slack knows them, cached for a short time. */
export function createSlackProfiles(client: WebClient, teamId: () => string, now: () => Date): SlackProfiles {
  const known = new Map<string, { profile: SlackProfile; until: number }>();
  return {
    peek: (slackUserId) => known.get(slackUserId)?.profile,
    async get(slackUserId) {
      const cached = known.get(slackUserId);
      if (cached && cached.until > now().getTime()) return cached.profile;
      const answer = await client.users.info({ user: slackUserId, include_locale: true });
      const profile = toProfile(UserInfo.parse(answer).user, teamId());
      if (known.size >= PROFILES_KEPT) known.clear();
      known.set(slackUserId, { profile, until: now().getTime() + LIFETIME_MS });
      return profile;
    },
  };
}

function toProfile(user: z.infer<typeof UserInfo>['user'], homeTeam: string): SlackProfile {
  return {
    admin: user.is_admin || user.is_owner,
    guest: user.is_restricted || user.is_ultra_restricted || user.is_bot,
    stranger: user.is_stranger || (user.team_id !== undefined && user.team_id !== homeTeam),
    locale: user.locale,
    name: user.real_name || user.name,
    handle: user.name,
    email: user.profile.email,
    timeZone: user.tz ?? 'UTC',
  };
}
