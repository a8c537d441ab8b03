import { z } from 'zod';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { languageOf, textsOf } from '../kit/texts/index.ts';
import { CHANNEL_PROBLEMS } from './channelTrouble.ts';
import { keepMessage, type Sender } from './keepMessage.ts';
import type { Deliver } from './outboxWorker.ts';
import { isUnreachable } from './unreachable.ts';

const Payload = z.object({
  to: z.string(),
  channel: z.string(),
  problem: z.enum(CHANNEL_PROBLEMS),
  since: z.string(),
});

/** Tells one administrator that the bot cannot write in a channel, and what to do about it. */
export function channelTroubleDelivery(sender: Sender, profiles: SlackProfiles): Deliver {
  return async ({ organizationId, payload }) => {
    const { to, channel, problem, since } = Payload.parse(payload);
    try {
      const { trouble, problems } = textsOf(languageOf((await profiles.get(to)).locale, 'en')).delivery;
      await keepMessage(sender, {
        ...{ organizationId, about: `trouble:${channel}:${problem}:${since}`, place: `user:${to}` },
        draw: () => ({ text: `${trouble(channel)} ${problems[problem]}` }),
      });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
  };
}
