import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { findActorBySlackId, type Organization, organizationFounders } from '../../engine/readModels/organizations.ts';
import type { SlackProfile, SlackProfiles } from './slackProfiles.ts';
import { escapeText } from './text.ts';
import { type Language, languageOf, type Texts, textsOf } from './texts/index.ts';

/** A person of Slack who asked for something. */
export interface SlackPerson {
  teamId: string;
  slackUserId: string;
}

/** Who asks, resolved at this moment: the organization, the actor with today's rights, and the language. */
export interface Identity extends SlackPerson {
  organization: Organization;
  actor: Actor;
  language: Language;
  texts: Texts;
}

/** Why somebody gets a polite explanation instead of an answer. */
export type Refusal =
  | { kind: 'guest' | 'stranger' }
  | { kind: 'notInOrganization'; founders: string }
  | { kind: 'notSetUp'; profile: SlackProfile };

export type Identified = { identity: Identity } | { refusal: Refusal; texts: Texts; person: SlackPerson };

export interface IdentifyOptions {
  engine: EngineContext;
  profiles: SlackProfiles;
  /** The workspace that the bot's token belongs to. */
  teamId: () => string;
  /** The organization of a workspace; null where none is set up. */
  organizationOf: (teamId: string) => Promise<Organization | null>;
}

export type Identify = (person: SlackPerson) => Promise<Identified>;

/**
 * Builds the gate that every listener passes: guests, people of other workspaces and people outside the organization
 * get no further. Authorizes by (workspace id, user id), never by name.
 */
export function createIdentify({ engine, profiles, teamId, organizationOf }: IdentifyOptions): Identify {
  return async (person) => {
    if (person.teamId !== teamId()) return { refusal: { kind: 'stranger' }, texts: textsOf('en'), person };
    const profile = await profiles.get(person.slackUserId);
    const organization = await organizationOf(person.teamId);
    const language = languageOf(profile.locale, organization?.locale ?? 'en');
    const texts = textsOf(language, organization?.timeZone);
    const refuse = (refusal: Refusal) => ({ refusal, texts, person });
    if (profile.stranger) return refuse({ kind: 'stranger' });
    if (profile.guest) return refuse({ kind: 'guest' });
    if (!organization) return refuse({ kind: 'notSetUp', profile });
    const actor = await findActorBySlackId(engine, organization.id, person.slackUserId);
    if (!actor) {
      const founders = await organizationFounders(engine, organization.id);
      return refuse({ kind: 'notInOrganization', founders: mentionAll(founders) });
    }
    return { identity: { ...person, organization, actor, language, texts } };
  };
}

/** Mentions people who have a Slack id, names the others. */
export function mentionAll(people: readonly { name: string; slackUserId: string | null }[]): string {
  return people.map(({ name, slackUserId }) => (slackUserId ? `<@${slackUserId}>` : escapeText(name))).join(', ');
}
