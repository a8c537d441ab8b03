import { z } from 'zod';
import { organizationById } from '../../engine/readModels/organizations.ts';
import { section } from '../kit/blocks.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import { keepMessage, type Sender } from './keepMessage.ts';
import type { Deliver } from './outboxWorker.ts';
import { isUnreachable } from './unreachable.ts';

const Payload = z.object({
  /** The delegate's Slack account. */
  to: z.string(),
  delegationId: z.number().int(),
  principal: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  reason: z.string(),
  /** It was ended before its time. */
  ended: z.boolean(),
});

/** Tells a colleague that they decide for somebody who is away, and that they no longer do where it ends early. */
export function delegationDelivery(sender: Sender, profiles: SlackProfiles, command: string): Deliver {
  return async ({ organizationId, payload }) => {
    const told = Payload.parse(payload);
    const { locale, timeZone } = await organizationById(sender.engine, organizationId);
    try {
      const texts = textsOf(languageOf((await profiles.get(told.to)).locale, locale), timeZone);
      const text = words(texts, command, told);
      await keepMessage(sender, {
        about: `${told.ended ? 'delegation_end' : 'delegation'}:${told.delegationId}`,
        ...{ organizationId, place: `user:${told.to}`, draw: () => ({ text, blocks: [section(text)] }) },
      });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
  };
}

function words(texts: Texts, command: string, { principal, startsAt, endsAt, reason, ended }: z.infer<typeof Payload>) {
  const name = escapeText(principal);
  if (ended) return texts.away.told.ended(name);
  const between = texts.away.told.begun(name, texts.moment(startsAt), texts.lastDay(endsAt), `${command} requests`);
  return reason === '' ? between : `${between}\n${texts.away.reason(escapeText(reason))}`;
}
