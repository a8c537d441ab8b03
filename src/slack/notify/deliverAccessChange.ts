import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { GrantSnapshot } from '../../engine/core/grantSnapshot.ts';
import {
  type DeliveredOperation,
  nextAffected,
  operationBehind,
  postponeDelivery,
} from '../../engine/operations/deliveries.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';
import { findSent, marked } from './findSent.ts';
import type { Deliver } from './outboxWorker.ts';
import { notYetOf } from './putOff.ts';
import { isUnreachable } from './unreachable.ts';

const PEOPLE_AT_ONCE = 100;

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/**
 * Tells everybody whose access an operation changed, one after another. How far it got is stored with each step, so that
 * a stop or a rate limit goes on where it was.
 */
export function accessChangeDelivery(
  engine: EngineContext,
  client: WebClient,
  profiles: SlackProfiles,
  command: string,
): Deliver {
  async function wasTold(slackUserId: string, mark: string, since: Date): Promise<boolean> {
    const { channel } = Opened.parse(await client.conversations.open({ users: slackUserId }));
    return (await findSent(client, { channel: channel.id, since, known: { mark } })) !== null;
  }

  return async (delivery, lastAttempt) => {
    const operation = await operationBehind(engine, delivery);
    if (!operation) return;
    let progress = delivery.progress;
    let again = delivery.attempts > 1;
    const missed: unknown[] = [];
    for (;;) {
      const people = await nextAffected(
        engine,
        { ...delivery, progress },
        operation.package?.number ?? null,
        PEOPLE_AT_ONCE,
      );
      if (people.length === 0) break;
      for (const { userId, slackUserId, membership } of people) {
        try {
          const texts = textsOf(languageOf((await profiles.get(slackUserId)).locale, 'en'));
          const text = `${whatHappened(texts, operation, membership)} ${texts.notices.logOut} ${texts.notices.see} \`${command} me\`.`;
          const mark = `access:${operation.id}`;
          // Only of the first can an earlier attempt have told without remembering it
          const isTold = again && (await wasTold(slackUserId, mark, operation.at));
          if (!isTold) await client.chat.postMessage({ channel: slackUserId, text, ...marked(mark) });
          again = false;
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

function whatHappened(texts: Texts, operation: DeliveredOperation, membership: string): string {
  const { grant, source, package: pack, kind } = operation;
  if (grant) return grantWording(texts, grant);
  if (kind === 'transfer_founder') {
    return membership === 'founder_named' ? texts.notices.founderNamed : texts.notices.founderEnded;
  }
  if (source) return sourceWording(texts, source);
  return pack ? wording(texts, kind, membership)(packageName(texts, pack)) : texts.notices.changed;
}

function grantWording(texts: Texts, { permission, row }: GrantSnapshot): string {
  const name = describePermission(texts, { ...permission, applicationName: permission.application });
  if (!row.active) return texts.notices.permissionDisabled(name);
  return texts.notices.granted(name, describeValue(texts, row.value, row.param));
}

function sourceWording(texts: Texts, { kind, about }: NonNullable<DeliveredOperation['source']>): string {
  const words = texts.sourceNotices;
  const { name, application } = about;
  const label = application ? words.profile(escapeText(name), escapeText(application)) : words.plain(escapeText(name));
  switch (kind) {
    case 'assign_profile':
    case 'unassign_profile':
    case 'edit_profile':
    case 'delete_profile':
    case 'create_rule':
    case 'edit_rule':
    case 'delete_rule':
      return words[kind](label);
    case 'change_group_members':
    case 'follow_user_group':
      return words.group(label);
    default:
      return texts.notices.changed;
  }
}

function wording(texts: Texts, kind: string, membership: string): (pack: string) => string {
  if (kind === 'disable_package') return texts.notices.disabled;
  if (kind === 'enable_package') return texts.notices.enabled;
  if (membership === 'unassigned') return texts.notices.unassigned;
  if (membership === 'synced') return texts.notices.synced;
  if (membership === 'removed') return texts.notices.removed;
  if (membership === 'undone') return texts.notices.undone;
  return membership === 'reassigned' ? texts.notices.reassigned : texts.notices.assigned;
}
