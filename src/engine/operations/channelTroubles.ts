import {
  type ChannelProblem,
  clearTroubles,
  recordTrouble,
  selectReachable,
} from '../../persistence/channelTroubles.ts';
import type { Queryable } from '../../persistence/database.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import type { MetaPermission } from '../core/metaPermissions.ts';
import type { EngineContext } from './operationFrame.ts';

export type { ChannelProblem };

/** Holders of a right who are told of one thing at most. */
const TOLD = 20;

/**
 * Notes that the bot cannot write in a channel. Where that is new, those who can do something about it are told: not
 * again until a message arrived there in between. For the bot's own messages: not authorized here.
 */
export async function noteChannelTrouble(
  { database: { prisma }, now }: EngineContext,
  organizationId: number,
  trouble: ChannelProblem,
): Promise<void> {
  const at = now();
  await prisma.$transaction(async (transaction) => {
    if (!(await recordTrouble(transaction, organizationId, trouble, at))) return;
    const told = await holdersToTell(transaction, organizationId, 'administer');
    await enqueueMessages(
      transaction,
      { organizationId, operationId: null, at },
      told.map((to) => ({ kind: 'channel_trouble', payload: { to, ...trouble, since: at.toISOString() } })),
    );
  });
}

/** Notes that a message arrived in a channel. For the bot's own messages: not authorized here. */
export function noteChannelWorks(
  { database: { prisma } }: EngineContext,
  slackTeamId: string,
  channel: string,
): Promise<void> {
  return clearTroubles(prisma, slackTeamId, channel);
}

/** Slack ids of those who hold a right, or of the founders where nobody does. */
export async function holdersToTell(
  queryable: Queryable,
  organizationId: number,
  metaPermission: MetaPermission,
): Promise<string[]> {
  const holders = await selectReachable(queryable, organizationId, { metaPermission }, TOLD);
  return holders.length > 0 ? holders : selectReachable(queryable, organizationId, 'founders', TOLD);
}
