import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { hasWords } from '../../engine/core/searchText.ts';
import { InputError, slackErrorOf } from './errorText.ts';
import type { Identity } from './identify.ts';

const UserGroup = z.object({ id: z.string(), name: z.string(), handle: z.string().default('') });

/** A user group of Slack. */
export type UserGroup = z.infer<typeof UserGroup>;

const Listed = z.object({ usergroups: z.array(UserGroup) });
const Members = z.object({ users: z.array(z.string()) });

/** How long the list is believed: whoever types into a search box asks again with every letter. */
const LIFETIME_MS = 60_000;

/** The user groups of the workspace. */
export interface UserGroups {
  /** Those whose name or handle has every word typed, by name. */
  search(identity: Identity, text: string): Promise<UserGroup[]>;
  /** One of them; null where it is gone. */
  find(identity: Identity, id: string): Promise<UserGroup | null>;
  /** One of them with its members, by Slack id, as they are now. @throws InputError where it is gone. */
  members(identity: Identity, id: string): Promise<{ userGroup: UserGroup; slackUserIds: string[] }>;
}

/** The user groups as Slack lists them, asked for again after a minute. */
export function createUserGroups(client: WebClient, now: () => Date): UserGroups {
  let known: { groups: UserGroup[]; until: number } | undefined;

  async function list({ teamId, texts }: Identity): Promise<UserGroup[]> {
    if (known && known.until > now().getTime()) return known.groups;
    const answer = await client.usergroups.list({ team_id: teamId }).catch((error: unknown) => {
      // Installed before the app asked for this
      if (slackErrorOf(error) === 'missing_scope') throw new InputError(texts.groups.missingScope);
      throw error;
    });
    const groups = Listed.parse(answer).usergroups.sort((a, b) => a.name.localeCompare(b.name));
    known = { groups, until: now().getTime() + LIFETIME_MS };
    return groups;
  }

  return {
    async search(identity, text) {
      return (await list(identity)).filter(({ name, handle }) => hasWords(text, name, handle));
    },
    async find(identity, id) {
      return (await list(identity)).find((group) => group.id === id) ?? null;
    },
    async members(identity, id) {
      known = undefined;
      const userGroup = (await list(identity)).find((group) => group.id === id);
      if (!userGroup) throw new InputError(identity.texts.groups.userGroupGone);
      const answer = await client.usergroups.users.list({ usergroup: id, team_id: identity.teamId });
      return { userGroup, slackUserIds: Members.parse(answer).users };
    },
  };
}
