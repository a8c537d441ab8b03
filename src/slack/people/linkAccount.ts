import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { EngineError } from '../../engine/errors.ts';
import { type Link, linkPerson } from '../../engine/operations/linkPeople.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { errorText } from '../kit/errorText.ts';
import type { Identity } from '../kit/identify.ts';
import { accountRefusal } from './slackAccounts.ts';

/** Links a person to an account that Slack says may have one. @returns the outcome, or why not, in a sentence. */
export type LinkAccount = (identity: Identity, link: Link, key?: string) => Promise<string>;

/** Links by asking Slack about the account first. */
export function createLinkAccount(engine: EngineContext, client: WebClient): LinkAccount {
  return async ({ actor, teamId, texts }, link, key = randomUUID()) => {
    const refused = await accountRefusal(client, teamId, link.slackUserId);
    if (refused) return `:warning: ${texts.people.link.refused[refused]}`;
    try {
      await linkPerson(engine, { actor, key, ...link });
      return texts.people.card.done.linked(`<@${link.slackUserId}>`);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return `:warning: ${errorText(texts, error, () => undefined)}`;
    }
  };
}
