import { type ParsedCronItem, parseCronItems } from 'graphile-worker';

/** A tick that was missed because nothing ran is made up for within a day. */
const MADE_UP_FOR_MS = 24 * 3_600_000;

/** Has a task done at the minutes of a pattern such as `15 3 * * *`, in UTC, once for all processes. @throws where it is none. */
export function scheduleOf(task: string, pattern: string): ParsedCronItem[] {
  return parseCronItems([{ task, match: pattern, options: { backfillPeriod: MADE_UP_FOR_MS, jobKey: task } }]);
}

/** Whether a text is a pattern that {@link scheduleOf} takes. */
export function isCronPattern(text: string): boolean {
  try {
    scheduleOf('task', text);
    return true;
  } catch {
    return false;
  }
}
