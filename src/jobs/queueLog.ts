import { Logger, type LogLevel } from 'graphile-worker';
import type { Log } from '../log.ts';

/**
 * The queue's own log, as detail: what matters of it is told elsewhere, in our words. Its warnings and errors stay
 * visible (a connection that went away and is opened again), but none of them is a fault that needs somebody.
 */
export function queueLog(log: Pick<Log, 'debug' | 'warn'>): Logger {
  return new Logger(() => (level: LogLevel, message: string) => {
    if (level === 'error' || level === 'warning') log.warn(`Queue: ${message}`);
    else log.debug(`Queue: ${message}`);
  });
}
