import { block, findBlock, nameDirect, type PaceKey, passMoment, takeMoment } from '../../persistence/slackPace.ts';
import type { EngineContext } from './runOperation.ts';

export type { PaceKey };

/** How a call keeps to the pace: a message that waits for its turn, one that only takes its place, or no message. */
export type PacedAs = 'message' | 'file' | 'other';

/** A turn that has not come: when to ask again, and the channel or method whose turn it is. */
export interface NotYet {
  afterMs: number;
  line: string;
}

/**
 * Asks whether Slack takes a call now; a message takes the moment with it, so that the next in its channel comes
 * `everyMs` later. Whatever it is waits where Slack asked for that. @returns null where it may go.
 */
export async function askTurn(
  { database: { prisma }, now }: EngineContext,
  key: PaceKey,
  as: PacedAs,
  everyMs: number,
): Promise<NotYet | null> {
  const at = now();
  const turn = as === 'message' ? await takeMoment(prisma, key, at, everyMs) : await findBlock(prisma, key, at);
  if (turn) return { afterMs: Math.max(1, turn.at.getTime() - at.getTime()), line: turn.key };
  if (as === 'file') await passMoment(prisma, key, at, everyMs);
  return null;
}

/** Remembers, for every process, that Slack asked to wait. */
export function rememberLimit(
  { database: { prisma }, now }: EngineContext,
  key: PaceKey,
  afterMs: number,
): Promise<void> {
  return block(prisma, key, new Date(now().getTime() + afterMs));
}

/** Remembers whose direct messages a channel is: their pace is one, by whichever name they are written to. */
export function rememberDirect(
  { database: { prisma } }: EngineContext,
  channel: PaceKey,
  slackUserId: string,
): Promise<void> {
  return nameDirect(prisma, channel, slackUserId);
}
