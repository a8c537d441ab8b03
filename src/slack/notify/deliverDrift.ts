import { z } from 'zod';
import { placesOf } from '../../engine/operations/postedMessages.ts';
import { type DriftDigest, driftDigest } from '../../engine/readModels/driftDigest.ts';
import { textsOf } from '../kit/texts/index.ts';
import { driftDetails, driftMessage } from './driftMessage.ts';
import { type KeptMessage, keepMessage, type Sender } from './keepMessage.ts';
import type { Deliver } from './outboxWorker.ts';

const Payload = z.object({ number: z.number().int() });

/**
 * Tells in the channel for it how a package's drift stands: one message for each channel, package and day, kept up to
 * date, with the people in its thread. Whatever the occasion was, the state of now is told; where nothing is news, or
 * the package is snoozed, nothing is posted, and only what stands there already is kept true.
 */
export function driftDelivery(sender: Sender): Deliver {
  const { engine } = sender;

  return async ({ organizationId, payload }) => {
    const { number } = Payload.parse(payload);
    const digest = await driftDigest(engine, { organizationId, number });
    if (!digest) return;
    const about = `drift:${number}:${digest.day}`;
    const place = `channel:${digest.channel}` as const;
    const stands = (await placesOf(engine, organizationId, about)).includes(place);
    if (!stands && (digest.news.length === 0 || digest.snoozedUntil !== null)) return;
    const ref = { organizationId, about, place };
    const { ts } = await keep(ref, digest, driftMessage);
    await keep({ ...ref, about: `${about}:details`, thread: ts }, digest, driftDetails);
  };

  function keep(
    ref: Omit<KeptMessage, 'draw'>,
    shown: DriftDigest,
    content: typeof driftMessage | typeof driftDetails,
  ) {
    const { organization, drift, day } = shown;
    const texts = textsOf(organization.locale, organization.timeZone);
    const draw = async () => {
      const scope = { organizationId: ref.organizationId, number: drift.package.number };
      const now = await driftDigest(engine, scope);
      // At midnight, or with the channel gone meanwhile, it stays the message of its day
      return content(texts, now?.day === day ? now : shown);
    };
    return keepMessage(sender, { ...ref, draw });
  }
}
