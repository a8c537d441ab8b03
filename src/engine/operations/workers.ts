import { forgetBursts } from '../../persistence/accessBursts.ts';
import { deleteEndedBefore } from '../../persistence/backgroundOperations.ts';
import {
  beat,
  forgetOldWorkers,
  freeJobsOfTheDead,
  freeMessagesOfTheDead,
  freePostedOfTheDead,
} from '../../persistence/jobs.ts';
import { forgetMoments } from '../../persistence/slackPace.ts';
import type { EngineContext } from './runOperation.ts';

/** Says that these workers are alive, and gives what the dead had taken to the living. @returns what was given back. */
export async function keepWorkersAlive(
  { database: { prisma }, now }: EngineContext,
  workerIds: readonly string[],
  deadAfterMs: number,
): Promise<{ deadWorkers: number; messages: number }> {
  await beat(prisma, workerIds);
  const deadWorkers = await freeJobsOfTheDead(prisma, deadAfterMs);
  await freePostedOfTheDead(prisma, deadAfterMs);
  const messages = await freeMessagesOfTheDead(prisma, now(), deadAfterMs);
  return { deadWorkers, messages };
}

/** Days that an ended background operation is kept; what it did stands in the audit trail for ever. */
const ENDED_LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** After this nothing waits for a moment any more; far longer than Slack ever asks to wait. */
const MOMENT_LIFETIME_MS = 24 * 60 * 60_000;

/** Forgets workers that have been silent, and background operations that have ended, for long. */
export async function forgetOldWork({ database: { prisma }, now }: EngineContext): Promise<void> {
  await forgetOldWorkers(prisma);
  await forgetMoments(prisma, new Date(now().getTime() - MOMENT_LIFETIME_MS));
  await forgetBursts(prisma, new Date(now().getTime() - ENDED_LIFETIME_MS));
  await deleteEndedBefore(prisma, new Date(now().getTime() - ENDED_LIFETIME_MS));
}
