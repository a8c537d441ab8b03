import { ChannelTrouble } from './channelTrouble.ts';
import type { KeptMessage } from './keepMessage.ts';
import { notYetOf } from './putOff.ts';
import { isUnreachable } from './unreachable.ts';

type Place = KeptMessage['place'];

/**
 * Tells of something in several places, one after another: one where it fails does not keep the news from the others,
 * and people who cannot be written to are passed over.
 * @throws what went wrong in the end: what only puts it off before any failure, and a channel's trouble last, because
 *   that ends the delivery.
 */
export async function everyPlace(places: readonly Place[], tell: (place: Place) => Promise<unknown>): Promise<void> {
  const failed: unknown[] = [];
  for (const place of places) {
    try {
      await tell(place);
    } catch (error) {
      if (!(place.startsWith('user:') && isUnreachable(error))) failed.push(error);
    }
  }
  if (failed.length === 0) return;
  throw (
    failed.find((error) => notYetOf(error) !== null) ??
    failed.find((error) => !(error instanceof ChannelTrouble)) ??
    failed[0]
  );
}
