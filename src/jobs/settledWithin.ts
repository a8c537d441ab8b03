import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `work`, but no longer than `ms`. @returns whether it has ended. @throws what `work` throws in that time. */
export async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = delay(ms, false, { signal: waiting.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    waiting.abort();
  }
}
