import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { UserGroupMembers } from '../../engine/operations/approvers.ts';
import { slackErrorOf } from './errorText.ts';

const Members = z.object({ users: z.array(z.string()) });

/**
 * Asks Slack for the members of a user group, each time: whoever left it may decide no more. One that is gone has none.
 */
export function createUserGroupMembers(client: WebClient, teamId: () => string): UserGroupMembers {
  return async (slackUserGroupId) => {
    try {
      const answer = await client.usergroups.users.list({ usergroup: slackUserGroupId, team_id: teamId() });
      return Members.parse(answer).users;
    } catch (error) {
      if (slackErrorOf(error) === 'no_such_subteam') return [];
      throw error;
    }
  };
}
