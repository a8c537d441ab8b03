import { setTimeout as delay } from 'node:timers/promises';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import { hashOf } from '../../engine/core/canonicalJson.ts';
import {
  holdMessage,
  type MessageHold,
  type MessageRef,
  type PostedEnd,
} from '../../engine/operations/postedMessages.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { Block } from '../kit/blocks.ts';
import { slackErrorOf } from '../kit/errorText.ts';
import { openDirect } from '../kit/uploadFile.ts';
import { findSent, marked } from './findSent.ts';
import { PutOff } from './putOff.ts';

/** Who writes messages: this process, with the client that it tells people things with. */
export interface Sender {
  engine: EngineContext;
  client: WebClient;
  /** Who gives signs of life, so that another goes on should it die. */
  claimedBy: string | null;
}

export interface MessageContent {
  /** What notifications and screen readers say; shown where there are no blocks. */
  text: string;
  blocks?: Block[];
}

/** A message that is posted once and then kept up to date. */
export interface KeptMessage extends MessageRef {
  place: `channel:${string}` | `user:${string}`;
  /** The message in whose thread it stands; absent: not in a thread. */
  thread?: string;
  /** What it is to show now; asked when it is our turn, so that whoever writes last writes the newest. */
  draw: () => MessageContent | Promise<MessageContent>;
}

/** Where a message stands. */
export interface PostedAt {
  channel: string;
  ts: string;
}

/** Answers that mean that the message was deleted, or that it cannot be changed any more: another is posted. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** How often somebody else's message is asked for again, and for how long before it is put off. */
const BUSY_MS = 50;
const BUSY_ASKS = 60;

const Posted = z.object({ channel: z.string(), ts: z.string() });

/**
 * Shows a message: posts it where it is new, changes it in place where it shows something else, does nothing where it
 * shows that already, and posts another where it was deleted. It is posted once however often this is cut off: what an
 * attempt posted without hearing of it is looked for first.
 * @throws PutOff where somebody else keeps writing it; whatever Slack answers.
 */
export async function keepMessage(sender: Sender, message: KeptMessage): Promise<PostedAt> {
  const hold = await takeInTurn(sender, message);
  let end: PostedEnd = 'not_tried';
  try {
    const content = await message.draw();
    // Of the text that it is sent as: whoever draws the same again writes it in the same order
    const shownHash = hashOf(JSON.stringify([content.text, content.blocks ?? []]));
    const standing = await update(sender.client, message, { hold, content, shownHash });
    if (typeof standing === 'object') {
      end = { ...standing, shownHash, shownAt: sender.engine.now() };
      return standing;
    }
    end = 'unknown';
    const posted = await post(sender.client, message, { hold, content, edition: standing });
    end = { ...posted, shownHash, shownAt: sender.engine.now() };
    return posted;
  } catch (error) {
    if (end === 'unknown' && isRefusal(error)) end = 'refused';
    throw error;
  } finally {
    await hold.release(end);
  }
}

async function takeInTurn({ engine, claimedBy }: Sender, ref: MessageRef): Promise<MessageHold> {
  for (let asked = 0; asked < BUSY_ASKS; asked++) {
    const hold = await holdMessage(engine, ref, claimedBy);
    if (hold) return hold;
    await delay(BUSY_MS);
  }
  throw new PutOff(1_000, `Somebody else is writing the message about ${ref.about}`);
}

interface Drawn {
  hold: MessageHold;
  content: MessageContent;
}

/** Changes the message where it stands. @returns where, or the edition that is to be posted where it stands nowhere. */
async function update(
  client: WebClient,
  message: KeptMessage,
  { hold, content, shownHash }: Drawn & { shownHash: string },
): Promise<PostedAt | number> {
  const known = hold.message;
  const place = await findPlace(client, message, hold);
  if (!place) return known.edition;
  if (known.ts === place.ts && known.shownHash === shownHash) return place;
  try {
    // An update that leaves blocks out would leave the old ones standing
    await client.chat.update({ ...place, text: content.text, blocks: content.blocks ?? [] });
    return place;
  } catch (error) {
    if (!GONE.has(slackErrorOf(error))) throw error;
    return hold.renew();
  }
}

async function post(
  client: WebClient,
  message: KeptMessage,
  { hold, content, edition }: Drawn & { edition: number },
): Promise<PostedAt> {
  const posted = await client.chat.postMessage({
    ...(content.blocks ? { text: content.text, blocks: content.blocks } : { text: content.text }),
    channel: hold.message.channel ?? idOf(message.place),
    ...(message.thread !== undefined && { thread_ts: message.thread }),
    ...marked(markOf(message, edition)),
  });
  return Posted.parse(posted);
}

/** Where the message stands already, be it that only Slack knows; null where it has not been posted. */
async function findPlace(client: WebClient, message: KeptMessage, hold: MessageHold): Promise<PostedAt | null> {
  const { channel, ts, attempts, edition, begunAt } = hold.message;
  if (channel && ts) return { channel, ts };
  if (attempts <= 1) return null;
  const id = idOf(message.place);
  const inside = channel ?? (message.place.startsWith('user:') ? await openDirect(client, id) : id);
  const found = await findSent(client, {
    ...{ channel: inside, since: begunAt, known: { mark: markOf(message, edition) } },
    ...(message.thread !== undefined && { thread: message.thread }),
  });
  return found === null ? null : { channel: inside, ts: found };
}

function idOf(place: KeptMessage['place']): string {
  return place.slice(place.indexOf(':') + 1);
}

function markOf({ organizationId, about }: MessageRef, edition: number): string {
  return `${organizationId}:${about}:${edition}`;
}

/** Whether Slack answered that it did not do it: then nothing was posted, and nothing need be looked for. */
function isRefusal(error: unknown): boolean {
  return error instanceof WebAPIPlatformError || error instanceof WebAPIRateLimitedError || error instanceof PutOff;
}
