import { SlackError } from './errors.ts';
import type { Methods } from './method.ts';

/** `usergroups.*`. */
export const userGroupMethods: Methods = {
  'usergroups.list': (args, { options }) => ({
    usergroups: (options.userGroups ?? []).map((group) => ({
      id: group.id,
      team_id: options.workspace.teamId,
      is_usergroup: true,
      name: group.name,
      handle: group.handle,
      description: '',
      date_delete: 0,
      user_count: group.users.length,
      ...(args.flag('include_users') ? { users: group.users } : {}),
    })),
  }),
  'usergroups.users.list': (args, { options }) => {
    const group = options.userGroups?.find((candidate) => candidate.id === args.required('usergroup'));
    if (!group) throw new SlackError('no_such_subteam');
    return { users: group.users };
  },
};
