import { beat, forgetOldWorkers, freeJobsOfTheDead, freeMessagesOfTheDead } from '../../persistence/jobs.ts';
import type { EngineContext } from './runOperation.ts';

/** Says that these workers are alive, and gives what the dead had taken to the living. @returns what was given back. */
export async function keepWorkersAlive(
  { database: { prisma }, now }: EngineContext,
  workerIds: readonly string[],
  deadAfterMs: number,
): Promise<{ deadWorkers: number; messages: number }> {
  await beat(prisma, workerIds);
  const deadWorkers = await freeJobsOfTheDead(prisma, deadAfterMs);
  const messages = await freeMessagesOfTheDead(prisma, now(), deadAfterMs);
  return { deadWorkers, messages };
}

/** Forgets workers that have been silent for long. */
export function forgetSilentWorkers({ database: { prisma } }: EngineContext): Promise<void> {
  return forgetOldWorkers(prisma);
}
