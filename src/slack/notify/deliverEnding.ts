import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { findToldOfEnd, type ToldOfEnd } from '../../engine/readModels/assignmentEnds.ts';
import { actions, button, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import { openDirect } from '../kit/uploadFile.ts';
import { packageName } from '../kit/wording.ts';
import { findSent, marked } from './findSent.ts';
import type { Deliver } from './outboxWorker.ts';

/** Attempts to deliver lie closer together than that. */
const DAY_MS = 86_400_000;

/**
 * `people`: how many end together, for whoever set the end; null for the member. `only`: the one of them, where they
 * are not several; an older version did not say.
 */
const Payload = z.object({
  to: z.number().int(),
  number: z.number().int(),
  endsAt: z.coerce.date(),
  people: z.number().int().nullable(),
  only: z.number().int().nullish(),
});

/** Tells a member that the end of an assignment is near, and whoever set the end of how many it is near. */
export function endingDelivery(engine: EngineContext, client: WebClient, profiles: SlackProfiles): Deliver {
  return async ({ organizationId, id, payload, attempts }) => {
    const { to, number, endsAt, people, only = null } = Payload.parse(payload);
    const ending = await findToldOfEnd(engine, organizationId, {
      userId: to,
      number,
      endsAt,
      isMember: people === null,
      only,
    });
    if (!ending) return;
    const { slackUserId, organization, package: pack } = ending;
    const texts = textsOf(
      languageOf((await profiles.get(slackUserId)).locale, organization.locale),
      organization.timeZone,
    );
    const words = texts.ends.notice;
    const [name, day] = [packageName(texts, pack), texts.lastDay(endsAt)];
    const text = people === null ? words.member(name, day) : words.assigner(name, day, whomOf(texts, ending, people));
    const ask = people === null ? button(ACTIONS.askLonger, words.ask, { number }) : null;
    const open = button(ACTIONS.openPackage, words.open, { number });
    const channel = await openDirect(client, slackUserId);
    const mark = `ending:${id}`;
    const since = new Date(engine.now().getTime() - DAY_MS);
    // An earlier attempt may have sent it without knowing
    if (attempts > 1 && (await findSent(client, { channel, since, known: { mark } })) !== null) return;
    const blocks = [section(text), ...actions('ending', [ask ?? open])];
    await client.chat.postMessage({ channel, text, blocks, ...marked(mark) });
  };
}

function whomOf({ common }: Texts, { only }: ToldOfEnd, people: number): string {
  return only ? `${escapeText(only.name)} \`${escapeText(only.code)}\`` : common.people(people);
}
