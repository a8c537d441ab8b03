import { z } from 'zod';
import { brokenGlass } from '../../engine/readModels/requests.ts';
import { auditSentence } from '../kit/auditSentence.ts';
import { mentionAll } from '../kit/identify.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import type { RequestDeliveryOptions } from './deliverRequest.ts';
import { everyPlace } from './everyPlace.ts';
import { type KeptMessage, keepMessage } from './keepMessage.ts';
import type { Deliver } from './outboxWorker.ts';

const Payload = z.object({ reason: z.string(), packageNumber: z.number().int().nullable() });

type Place = KeptMessage['place'];

/** Tells those who would have had to approve what a founder did without them (DOMAIN 6). */
export function breakGlassDelivery({ context, sender, profiles }: RequestDeliveryOptions): Deliver {
  return async ({ organizationId, operationId, payload }) => {
    const { reason, packageNumber } = Payload.parse(payload);
    const broken = operationId === null ? null : await brokenGlass(context, organizationId, operationId, packageNumber);
    if (!broken) return;
    const { record, founder, organization, channel, approvers } = broken;
    const wording = (texts: Texts) => {
      return texts.requests.notices.breakGlass(auditSentence(texts, record), mentionAll([founder]), escapeText(reason));
    };
    const places: Place[] = [
      ...(channel === null ? [] : [`channel:${channel}` as const]),
      ...approvers.map(({ slackUserId }): Place => `user:${slackUserId}`),
    ];
    await everyPlace(places, async (place) => {
      const isPerson = place.startsWith('user:');
      const locale = isPerson ? (await profiles.get(place.slice('user:'.length))).locale : undefined;
      const text = wording(textsOf(languageOf(locale, organization.locale), organization.timeZone));
      await keepMessage(sender, {
        ...{ organizationId, about: `break_glass:${record.operationId}`, place },
        draw: () => ({ text }),
      });
    });
  };
}
