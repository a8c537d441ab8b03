import { slackErrorOf } from '../kit/errorText.ts';

/** Answers that will not change by trying again: this person cannot be written to. */
const UNREACHABLE = new Set([
  'channel_not_found',
  'user_not_found',
  'account_inactive',
  'cannot_dm_bot',
  'user_disabled',
]);

/** Whether somebody cannot be written to at all. */
export function isUnreachable(error: unknown): boolean {
  return UNREACHABLE.has(slackErrorOf(error));
}
