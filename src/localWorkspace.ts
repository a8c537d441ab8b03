import { randomBytes } from 'node:crypto';
import { searchText } from './engine/core/searchText.ts';
import { LOCAL_TEAM_ID, type LocalPerson } from './engine/readModels/localWorkspace.ts';
import type { Organization } from './engine/readModels/organizations.ts';
import { colleagues } from './localColleagues.ts';
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxPerson,
  type SandboxRole,
  type SandboxUserGroup,
} from './sandbox/index.ts';
import { SHORTCUTS } from './slack/kit/ids.ts';
import { textsOf } from './slack/kit/texts/index.ts';

/** People whom the local workspace shows; larger organizations are tried with their first ones. */
export const LOCAL_PEOPLE = 400;

export interface LocalWorkspace {
  sandbox: Sandbox;
  botToken: string;
  signingSecret: string;
}

/** The workspace in which no organization is set up yet. */
const EMPTY = { name: 'Local workspace', locale: 'en', timeZone: 'Europe/Madrid' } as const;

type Home = Pick<Organization, 'name' | 'locale' | 'timeZone'>;

/**
 * The local Slack workspace of one organization: its people with a Slack id, and three who may not use the bot
 * (somebody outside the directory, a guest, somebody of another workspace). Where the organization was set up in it, or
 * is to be, it has colleagues besides, whom an administrator can take in. Token and secret are new at every start.
 */
export function createLocalWorkspace(
  organization: Organization | null,
  people: readonly LocalPerson[],
  { command, address }: { command: string; address: () => string },
): LocalWorkspace {
  const botToken = `xoxb-local-${randomBytes(12).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const home: Home = organization ?? EMPTY;
  const texts = textsOf(home.locale);
  const isOwn = organization === null || organization.slackTeamId === LOCAL_TEAM_ID;
  const staff = isOwn ? colleagues(home.timeZone) : [];
  const others = people.filter(({ slackUserId }) => !staff.some(({ id }) => id === slackUserId));
  const sandbox = createSandbox({
    workspace: { teamId: LOCAL_TEAM_ID, name: home.name, domain: 'local' },
    bot: { userId: 'U0BOT', name: texts.app, token: botToken, appId: 'A0LOCAL' },
    signingSecret,
    eventsUrl: () => `${address()}/slack/events`,
    publicUrl: address,
    people: [...staff, ...others.map((person) => toSandboxPerson(person, home)), ...outsiders(home)],
    roles: [
      ...staff.filter(({ isOwner }) => isOwner).map(({ id }) => ({ label: 'Owner', userId: id })),
      ...rolesOf(people),
    ],
    channels: [
      { id: 'C0GENERAL', name: 'general' },
      { id: 'C0ACCESS', name: 'access' },
    ],
    commands: [{ command, description: texts.help.intro, usageHint: 'help', completions: completionsOf(texts) }],
    shortcuts: [{ callbackId: SHORTCUTS.dashboard, name: texts.app }],
    userGroups: userGroupsOf(people),
  });
  return { sandbox, botToken, signingSecret };
}

function toSandboxPerson(person: LocalPerson, { locale, timeZone }: Home): SandboxPerson {
  return {
    id: person.slackUserId,
    handle: searchText(person.name).replace(/[^\p{L}\p{N}]+/gu, '.'),
    realName: person.name,
    email: person.email,
    locale: locale === 'es' ? 'es-ES' : 'en-US',
    timeZone,
    ...(person.founder && { isOwner: true, isAdmin: true }),
  };
}

function outsiders({ timeZone }: Home): SandboxPerson[] {
  const from = { locale: 'en-US', timeZone };
  return [
    {
      ...from,
      id: 'U0OUTSIDER',
      handle: 'new.colleague',
      realName: 'Sam New-Colleague',
      title: 'Not in the directory',
    },
    { ...from, id: 'U0GUEST', handle: 'guest', realName: 'Gale Guest', title: 'Guest', isRestricted: true },
    {
      ...from,
      id: 'U0STRANGER',
      handle: 'stranger',
      realName: 'Stacy Elsewhere',
      title: 'Another workspace',
      teamId: 'T0ELSEWHERE',
    },
  ];
}

/** The parts that are worth trying, each played by the first person who has them. */
function rolesOf(people: readonly LocalPerson[]): SandboxRole[] {
  const holds = (name: string) => (person: LocalPerson) => person.metaPermissions.includes(name);
  const parts: [string, LocalPerson | undefined][] = [
    ['Administrator', people.find((person) => holds('define_packages')(person) && holds('assign_packages')(person))],
    ['Approver', people.find((person) => holds('approve')(person) && !holds('define_packages')(person))],
    ['Employee', people.find((person) => !person.founder && person.metaPermissions.length === 0)],
    ['Founder', people.find(({ founder }) => founder)],
  ];
  return [
    ...parts.flatMap(([label, person]) => (person ? [{ label, userId: person.slackUserId }] : [])),
    { label: 'Guest', userId: 'U0GUEST' },
  ];
}

/** Two user groups to follow: one of people of the organization, one with somebody outside the directory. */
function userGroupsOf(people: readonly LocalPerson[]): SandboxUserGroup[] {
  const ids = people.filter(({ founder }) => !founder).map(({ slackUserId }) => slackUserId);
  return [
    { id: 'S0FRONTDESK', handle: 'front-desk', name: 'Front desk', users: ids.slice(0, 4) },
    { id: 'S0NIGHT', handle: 'night-shift', name: 'Night shift', users: [...ids.slice(3, 6), 'U0OUTSIDER'] },
  ];
}

function completionsOf({ help }: ReturnType<typeof textsOf>): SandboxOptions['commands'][number]['completions'] {
  return Object.values(help.commands).flatMap(([usage, description]) => {
    const [text = ''] = usage.split(' ');
    return text ? [{ text, description }] : [];
  });
}
