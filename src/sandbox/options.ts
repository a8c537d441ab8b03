/** A person of the local workspace. */
export interface SandboxPerson {
  id: string;
  handle: string;
  realName: string;
  email?: string;
  title?: string;
  /** Such as `en-US` or `es-ES`. */
  locale: string;
  timeZone: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  /** A guest of the workspace. */
  isRestricted?: boolean;
  /** An account that was deactivated. */
  isDeactivated?: boolean;
  /** An app's account. */
  isBot?: boolean;
  /** Set to another team's id for a Slack Connect stranger. */
  teamId?: string;
}

/** An entry of the "You are" switch. */
export interface SandboxRole {
  label: string;
  userId: string;
}

/** A public channel. Without `members` everybody is in it; the bot is in it unless `botIsMember` is false. */
export interface SandboxChannel {
  id: string;
  name: string;
  members?: string[];
  botIsMember?: boolean;
}

/** A slash command of the app, with what the composer offers to complete. */
export interface SandboxCommand {
  command: string;
  description: string;
  usageHint?: string;
  completions: { text: string; description: string }[];
}

/** A global shortcut of the app. */
export interface SandboxShortcut {
  callbackId: string;
  name: string;
}

/** A user group, as `usergroups.list` tells it. */
export interface SandboxUserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

/** Everything the sandbox needs to know; it reads nothing else from its surroundings. */
export interface SandboxOptions {
  workspace: { teamId: string; name: string; domain: string };
  bot: { userId: string; name: string; token: string; appId: string };
  signingSecret: string;
  /** Address of the bot's receiver, usually `…/slack/events`. */
  eventsUrl: () => string;
  /** Base address of the sandbox itself, without a trailing slash. */
  publicUrl: () => string;
  people: SandboxPerson[];
  roles: SandboxRole[];
  channels: SandboxChannel[];
  commands: SandboxCommand[];
  shortcuts: SandboxShortcut[];
  userGroups?: SandboxUserGroup[];
  /** Clock in milliseconds, for triggers, timestamps and expiry. */
  now?: () => number;
  /** How long the bot may take to acknowledge; Slack gives 3000 ms. */
  ackTimeoutMs?: number;
}
