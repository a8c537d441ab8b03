import { type ParsedCronItem, parseCronItems } from 'graphile-worker';
import { TEND_TASK } from './tendTask.ts';

/** What is done at certain times, each time once, however many processes run. */
export function schedule(): ParsedCronItem[] {
  return parseCronItems([{ task: TEND_TASK, match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } }]);
}
