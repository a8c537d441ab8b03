import { slackErrorOf } from '../kit/errorText.ts';
import type { KeptMessage } from './keepMessage.ts';
import { PutOff } from './putOff.ts';

type Place = KeptMessage['place'];

/** Answers that will not change by trying again: this person cannot be written to. */
const UNREACHABLE = new Set([
  'channel_not_found',
  'user_not_found',
  'account_inactive',
  'cannot_dm_bot',
  'user_disabled',
]);

/**
 * Tells of something in several places, one after another: one where it fails does not keep the news from the others, and
 * people who cannot be written to are passed over.
 * @throws what went wrong in the end; an error that only puts it off, before any other.
 */
export async function everyPlace(places: readonly Place[], tell: (place: Place) => Promise<unknown>): Promise<void> {
  const failed: unknown[] = [];
  for (const place of places) {
    try {
      await tell(place);
    } catch (error) {
      if (!(place.startsWith('user:') && UNREACHABLE.has(slackErrorOf(error)))) failed.push(error);
    }
  }
  const putOff = failed.find((error) => error instanceof PutOff);
  if (failed.length > 0) throw putOff ?? failed[0];
}
