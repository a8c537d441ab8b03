import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { linkPeople, unlinkPerson } from '../../engine/operations/linkPeople.ts';
import { markLeft } from '../../engine/operations/personLeft.ts';
import { matchPeople, personCard } from '../../engine/readModels/people.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOptions, chosenUser } from '../kit/payloads.ts';
import { noteOf, personState, SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import type { LinkAccount } from './linkAccount.ts';
import { linkView } from './linkView.ts';
import { MatchDraft, matchDraftOf } from './matchDraft.ts';
import { matchView } from './matchView.ts';
import { findAccountByEmail, readAccounts } from './slackAccounts.ts';

const Person = z.object({ userId: z.number().int() });

/** Linking people to Slack accounts: one by e-mail or by choice, everybody at once by e-mail; and unlinking. */
export function registerLinks(client: WebClient, accounts: { link: LinkAccount }): Feature {
  return ({ engine, screens, listeners }) => {
    const drafts = draftsOf(engine, 'match_people', MatchDraft);

    screens.register(SCREENS.linkPerson, async ({ actor, texts }, { userId, suggested }) => {
      requireMay(actor, 'manage_catalog');
      return linkView(texts, await personCard(engine, actor, userId), suggested);
    });
    listeners.action(
      ACTIONS.linkPerson,
      { opens: true, value: Person },
      async ({ identity, stage, view }, { userId }) => {
        requireMay(identity.actor, 'manage_catalog');
        const { person } = await personCard(engine, identity.actor, userId);
        const suggested = await findAccountByEmail(client, identity.teamId, person.email);
        const base = stateOf(SCREENS.person, view) ?? personState(userId);
        await stage.show(SCREENS.linkPerson, { userId, key: randomUUID(), suggested, base });
      },
    );
    listeners.submission(SCREENS.linkPerson, async (interaction, { userId, key, base }): Promise<Submitted> => {
      const { identity, stage, values, whisper } = interaction;
      const { actor, texts } = identity;
      requireMay(actor, 'manage_catalog');
      const slackUserId = chosenUser(values, ACTIONS.personAccount);
      if (slackUserId === null) return { errors: { [ACTIONS.personAccount]: texts.people.link.choose } };
      return {
        close: true,
        work: async () => {
          const note = noteOf(await accounts.link(identity, { userId, slackUserId }, key));
          if (!(await stage.refreshBelow(SCREENS.person, { ...base, note }))) await whisper(note);
        },
      };
    });
    listeners.action(ACTIONS.unlinkPerson, { value: Person }, async ({ identity, stage, view }, { userId }) => {
      await unlinkPerson(engine, { actor: identity.actor, key: randomUUID(), userId });
      const base = stateOf(SCREENS.person, view) ?? personState(userId);
      const note = identity.texts.people.card.done.unlinked;
      // Whoever unlinked their own account may see nothing here any more
      if (identity.actor.userId === userId) return stage.notice(identity.texts.people.card.title, note);
      return stage.replace(SCREENS.person, { ...base, note });
    });

    screens.register(SCREENS.matchPeople, async (identity, { draft }) => {
      requireMay(identity.actor, 'manage_catalog');
      return matchView(identity.texts, await drafts.get(identity, draft));
    });
    listeners.action(ACTIONS.matchPeople, { opens: true, value: z.unknown() }, async ({ identity, stage }) => {
      requireMay(identity.actor, 'manage_catalog');
      const match = await matchPeople(engine, identity.actor, await readAccounts(client, identity.teamId));
      const draft = randomUUID();
      await drafts.save(identity, draft, matchDraftOf(match, { linkKey: randomUUID(), leftKey: randomUUID() }));
      await stage.show(SCREENS.matchPeople, { draft });
    });
    listeners.submission(SCREENS.matchPeople, async (interaction, { draft: id }): Promise<Submitted> => {
      const { identity, stage, values, whisper } = interaction;
      const { actor, texts } = identity;
      const { links, deactivated, linkKey, leftKey } = await drafts.get(identity, id);
      const marks = chosenOptions(values, ACTIONS.markDeactivated).includes('left') ? deactivated : [];

      /** What was written, in a sentence. */
      async function write(): Promise<string> {
        const words = texts.people.matching;
        try {
          const linked =
            links.length > 0 ? (await linkPeople(engine, { actor, key: linkKey, links })).outcome.people : 0;
          const command = { actor, key: leftKey, userIds: marks, because: 'slack' } as const;
          const left = marks.length > 0 ? (await markLeft(engine, command)).outcome.people : 0;
          return linked + left > 0 ? words.done(linked, left) : words.doneNothing;
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
          return words.moved;
        }
      }
      return {
        close: true,
        work: async () => {
          const note = noteOf(await write());
          const list = { text: '', filter: 'everybody', page: 0, note } as const;
          if (!(await stage.refreshBelow(SCREENS.people, list))) await whisper(note);
        },
      };
    });
  };
}
