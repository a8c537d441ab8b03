import { randomUUID } from 'node:crypto';
import {
  beginEdition,
  claimPosted,
  type HeldMessage,
  type MessageRef,
  type PostedEnd,
  releasePosted,
  selectPostedPlaces,
} from '../../persistence/postedMessages.ts';
import type { EngineContext } from './runOperation.ts';

export type { HeldMessage, MessageRef, PostedEnd };

/** How long whoever writes a message keeps it to themselves; longer than Slack takes to answer. */
const LEASE_MS = 2 * 60_000;

/** A message that is ours to write until it is given back. */
export interface MessageHold {
  message: HeldMessage;
  /** Begins another edition, since the last one is gone. @returns its number. */
  renew(): Promise<number>;
  release(end: PostedEnd): Promise<void>;
}

/**
 * Takes a message that the bot keeps up to date, so that two who tell of the same thing at once write it one after the
 * other; null where somebody else has it. For the bot's own messages: not authorized here.
 */
export async function holdMessage(
  { database: { prisma }, now }: EngineContext,
  ref: MessageRef,
  claimedBy: string | null,
): Promise<MessageHold | null> {
  const claim = randomUUID();
  const message = await claimPosted(prisma, ref, { claim, claimedBy, leaseMs: LEASE_MS, now: now() });
  if (!message) return null;
  let { attempts } = message;
  return {
    message,
    async renew() {
      await beginEdition(prisma, ref, claim, now());
      attempts = 1;
      return message.edition + 1;
    },
    release: (end) => releasePosted(prisma, ref, { claim, attempts }, end),
  };
}

/**
 * Where messages about something were posted: to change all of them. For the bot's own messages: not authorized here.
 */
export function placesOf(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  about: string,
): Promise<string[]> {
  return selectPostedPlaces(prisma, organizationId, about);
}
