import { dayIn } from '../../engine/core/zonedDay.ts';
import { datepicker, input } from './blocks.ts';
import type { Identity } from './identify.ts';
import { ACTIONS } from './ids.ts';
import { chosenDay } from './payloads.ts';
import type { Texts } from './texts/index.ts';

/** Asks for the last day of an assignment for a time. */
export function untilInput(
  texts: Texts,
  { blockId = 'until', until, hint }: { blockId?: string; until?: string | undefined; hint: string },
) {
  const picker = datepicker(ACTIONS.assignUntil, texts.ends.placeholder, until);
  return input(blockId, texts.ends.assignUntil, picker, { optional: true, hint });
}

/** The last day that was chosen, null for none, and what is wrong with it where it is over. */
export function readUntil(
  values: Parameters<typeof chosenDay>[0],
  { organization, texts }: Identity,
  now: Date,
): { until: string | null; errors: Record<string, string> } {
  const until = chosenDay(values, ACTIONS.assignUntil);
  const isOver = until !== null && until < dayIn(now, organization.timeZone);
  return { until, errors: isOver ? { [ACTIONS.assignUntil]: texts.ends.assignPast } : {} };
}
