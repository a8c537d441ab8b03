import { WebAPIRateLimitedError } from '@slack/web-api';

/** Something that is not to be done yet: no failure, and no attempt. The worker comes back to it after `afterMs`. */
export class PutOff extends Error {
  override name = 'PutOff';
  readonly afterMs: number;
  /** The channel whose turn it waits for; null where it waits for something else. */
  readonly channel: string | null;

  constructor(afterMs: number, reason: string, channel: string | null = null) {
    super(reason);
    this.afterMs = afterMs;
    this.channel = channel;
  }
}

/** How long to wait, in milliseconds, where something is only not to be done yet; null for a failure. */
export function notYetOf(error: unknown): number | null {
  if (error instanceof PutOff) return error.afterMs;
  return error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : null;
}
