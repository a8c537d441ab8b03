import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { answerNotice, findNotice } from '../../engine/operations/accessNotices.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction } from '../kit/interaction.ts';
import { accessNoticeMessage } from './accessNotice.ts';
import { explainNotice } from './deliverAccessBlocked.ts';
import { noticeAbout } from './deliverAccessChange.ts';
import { keepMessage, type Sender } from './keepMessage.ts';

const Value = z.object({ burst: z.number().int() });

/**
 * The answers to "your access was changed": it works, or somebody is still blocked. They change the message in place.
 */
export function registerAccessAnswers(sender: Sender): Feature {
  return ({ engine, listeners, command, onOperation }) => {
    async function answer({ identity }: Interaction, burst: number, given: 'works' | 'blocked'): Promise<void> {
      const { actor, texts } = identity;
      const { organizationId } = actor;
      await answerNotice(engine, actor, burst, given);
      onOperation();
      const notice = await findNotice(engine, organizationId, burst);
      if (!notice) throw new EngineError('notice_gone', {});
      const found = notice.answer === 'blocked' ? await explainNotice(engine, actor, notice) : [];
      await keepMessage(sender, {
        ...{ organizationId, about: noticeAbout(actor.userId, burst), place: `user:${notice.slackUserId}` },
        draw: () => accessNoticeMessage(texts, command, notice, found),
      });
    }
    listeners.action(ACTIONS.accessWorks, { value: Value }, (interaction, { burst }) =>
      answer(interaction, burst, 'works'),
    );
    listeners.action(ACTIONS.accessBlocked, { value: Value }, (interaction, { burst }) =>
      answer(interaction, burst, 'blocked'),
    );
  };
}
