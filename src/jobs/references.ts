import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';

/** Logs errors under references, which are what people are given. */
export function referencesOf(log: Pick<Log, 'error'>): (error: unknown) => string {
  return (error) => {
    const reference = randomBytes(4).toString('hex');
    log.error(`Reference ${reference}`, error);
    return reference;
  };
}
