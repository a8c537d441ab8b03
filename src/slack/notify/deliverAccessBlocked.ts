import { z } from 'zod';
import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { AccessNotice } from '../../engine/operations/accessNotices.ts';
import { actorInSlack, findNotice, passBlockedOn } from '../../engine/operations/accessNotices.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { type AccessExplanation, explainAccess } from '../../engine/readModels/accessExplanation.ts';
import { button, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import { verdictText } from '../kit/verdict.ts';
import { keepMessage, type MessageContent, type Sender } from './keepMessage.ts';
import type { Deliver } from './outboxWorker.ts';
import { isUnreachable } from './unreachable.ts';

const Payload = z.object({ to: z.string(), burst: z.number().int() });

/** Applications explained of one burst; with more than these, one is best asked for by itself. */
const EXPLAINED = 3;

/** Why somebody can or cannot use the applications that a burst changed, as far as `actor` may know. */
export async function explainNotice(
  engine: EngineContext,
  actor: Actor,
  { userId, cells }: AccessNotice,
): Promise<AccessExplanation[]> {
  const applications = [...new Set(cells.map(({ applicationId }) => applicationId))].slice(0, EXPLAINED);
  const explained: AccessExplanation[] = [];
  for (const id of applications) explained.push(await explainAccess(engine, actor, userId, id));
  return explained;
}

/** Tells somebody who can help that a person still cannot get in after their access was changed, and leads to why. */
export function accessBlockedDelivery(sender: Sender, profiles: SlackProfiles): Deliver {
  const { engine } = sender;
  return async ({ organizationId, payload }) => {
    const { to, burst } = Payload.parse(payload);
    const notice = await findNotice(engine, organizationId, burst);
    const actor = await actorInSlack(engine, organizationId, to);
    if (!notice) return;
    if (!actor || !mayDo(actor, 'manage_permissions')) return passBlockedOn(engine, organizationId, burst);
    const found = await explainNotice(engine, actor, notice);
    try {
      const texts = textsOf(languageOf((await profiles.get(to)).locale, 'en'));
      await keepMessage(sender, {
        ...{ organizationId, about: `blocked:${burst}`, place: `user:${to}` },
        draw: () => blockedMessage(texts, notice, found),
      });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
  };
}

function blockedMessage(texts: Texts, notice: AccessNotice, found: readonly AccessExplanation[]): MessageContent {
  const head = texts.delivery.access.stillBlocked(notice.slackUserId);
  const lines = found.map((each) => verdictText(texts, each));
  return {
    text: [head, ...lines].join('\n'),
    blocks: [
      section(head),
      ...found.map((each, index) => {
        const asked = { userId: notice.userId, applicationId: each.application.id };
        return section(lines[index] ?? '', { accessory: button(ACTIONS.openWhy, texts.explain.button, asked) });
      }),
    ],
  };
}
