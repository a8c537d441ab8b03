import type { JsonObject } from '../json.ts';
import type { SandboxPerson } from '../options.ts';
import type { Workspace } from '../workspace.ts';
import { page } from './args.ts';
import { SlackError } from './errors.ts';
import type { Methods } from './method.ts';

/** `users.*`. Strangers of Slack Connect are listed too, as in Slack: an app has to tell them apart itself. */
export const userMethods: Methods = {
  'users.info': (args, workspace) => ({
    user: userObject(workspace, args.required('user'), args.flag('include_locale')),
  }),
  'users.list': (args, workspace) => {
    const ids = [...workspace.directory.people.map((person) => person.id), workspace.options.bot.userId];
    const { items, next } = page(ids, args, 1000);
    return {
      members: items.map((id) => userObject(workspace, id, args.flag('include_locale'))),
      cache_ts: Math.floor(workspace.now() / 1000),
      response_metadata: { next_cursor: next },
    };
  },
  'users.lookupByEmail': (args, workspace) => {
    const person = workspace.directory.findByEmail(args.required('email'));
    if (!person) throw new SlackError('users_not_found');
    return { user: userObject(workspace, person.id, false) };
  },
  'users.profile.get': (args, workspace) => {
    const person = workspace.directory.find(args.required('user'));
    if (!person) throw new SlackError('user_not_found');
    return { profile: profileOf(person) };
  },
};

function userObject(workspace: Workspace, id: string, withLocale: boolean): JsonObject {
  if (id === workspace.options.bot.userId) return botObject(workspace);
  const person = workspace.directory.find(id);
  if (!person) throw new SlackError('user_not_found');
  const isStranger = workspace.directory.isStranger(person);
  return {
    id,
    team_id: workspace.directory.teamOf(person),
    name: person.handle,
    deleted: Boolean(person.isDeactivated),
    real_name: person.realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetSeconds(person.timeZone, workspace.now()),
    profile: profileOf(person),
    is_admin: Boolean(person.isAdmin || person.isOwner),
    is_owner: Boolean(person.isOwner),
    is_primary_owner: false,
    is_restricted: Boolean(person.isRestricted),
    is_ultra_restricted: false,
    is_bot: Boolean(person.isBot),
    is_app_user: false,
    ...(isStranger ? { is_stranger: true } : {}),
    updated: Math.floor(workspace.now() / 1000),
    ...(withLocale ? { locale: person.locale } : {}),
  };
}

function profileOf(person: SandboxPerson): JsonObject {
  return {
    title: person.title ?? '',
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.handle,
    display_name_normalized: person.handle,
    ...(person.email ? { email: person.email } : {}),
  };
}

function botObject({ options, botId }: Workspace): JsonObject {
  return {
    id: options.bot.userId,
    team_id: options.workspace.teamId,
    name: options.bot.name,
    deleted: false,
    real_name: options.bot.name,
    profile: { real_name: options.bot.name, display_name: '', bot_id: botId, api_app_id: options.bot.appId },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: true,
    is_app_user: false,
  };
}

function offsetSeconds(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
