import { SlackError } from './errors.ts';
import type { Methods } from './method.ts';

/** `auth.test` and `api.test`. */
export const authMethods: Methods = {
  'auth.test': (_args, { options, botId }) => ({
    url: `https://${options.workspace.domain}.slack.com/`,
    team: options.workspace.name,
    user: options.bot.name,
    team_id: options.workspace.teamId,
    user_id: options.bot.userId,
    bot_id: botId,
    is_enterprise_install: false,
  }),
  'api.test': (args) => {
    const error = args.text('error');
    if (error) throw new SlackError(error);
    return { args: args.raw };
  },
};
