import { nextNotices, noticeTold } from '../../engine/operations/accessNotices.ts';
import { operationBehind, postponeDelivery } from '../../engine/operations/deliveries.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { languageOf, textsOf } from '../kit/texts/index.ts';
import { accessNoticeMessage, isWorthTelling } from './accessNotice.ts';
import { keepMessage, type Sender } from './keepMessage.ts';
import type { NoticeTimes } from './noticeTimes.ts';
import type { Deliver } from './outboxWorker.ts';
import { notYetOf, PutOff } from './putOff.ts';
import { isUnreachable } from './unreachable.ts';

const PEOPLE_AT_ONCE = 100;

export interface AccessChangeOptions {
  sender: Sender;
  profiles: SlackProfiles;
  command: string;
  times: Pick<NoticeTimes, 'noticeQuiet' | 'noticeLongest'>;
}

/**
 * Tells everybody whose access an operation changed, one after another, of all that changed for them since they were
 * told last: once it has been quiet for a while, so that what follows closely is one message. How far it got is stored
 * with each step, so that a stop or a rate limit goes on where it was.
 */
export function accessChangeDelivery({ sender, profiles, command, times }: AccessChangeOptions): Deliver {
  const { engine } = sender;
  return async (delivery, lastAttempt) => {
    const operation = await operationBehind(engine, delivery);
    if (!operation) return;
    const quietFor = engine.now().getTime() - operation.at.getTime();
    if (quietFor < times.noticeQuiet) throw new PutOff(times.noticeQuiet - quietFor, 'More may change yet');
    const { organizationId } = delivery;
    let { progress } = delivery;
    const missed: unknown[] = [];
    for (;;) {
      const openedBefore = new Date(engine.now().getTime() - times.noticeLongest);
      const people = await nextNotices(engine, { ...delivery, progress }, { openedBefore, limit: PEOPLE_AT_ONCE });
      if (people.length === 0) break;
      for (const notice of people) {
        const { userId, burstId, slackUserId } = notice;
        try {
          if (isWorthTelling(notice)) {
            const texts = textsOf(languageOf((await profiles.get(slackUserId)).locale, 'en'));
            await keepMessage(sender, {
              ...{ organizationId, about: noticeAbout(userId, burstId), place: `user:${slackUserId}` },
              draw: () => accessNoticeMessage(texts, command, notice, []),
            });
          }
          await noticeTold(engine, organizationId, burstId);
        } catch (error) {
          const stays = isUnreachable(error);
          // In the end one person's trouble must not keep the news from those who come after
          if (!stays && (!lastAttempt || notYetOf(error) !== null)) throw error;
          if (!stays) missed.push(error);
        }
        progress = userId;
        await postponeDelivery(engine, delivery, { afterMs: 10 * 60_000, progress });
      }
    }
    if (missed.length > 0) throw new AggregateError(missed, `${missed.length} could not be told: ${missed[0]}`);
  };
}

/** What the message about a burst of changes is known by. */
export function noticeAbout(userId: number, burstId: number): string {
  return `access:${userId}:${burstId}`;
}
