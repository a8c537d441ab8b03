import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { slackErrorOf } from '../kit/errorText.ts';

const EVENT = 'quartermaster_message';

/** What a message carries, unseen, by which {@link findSent} knows it again. */
export function marked(mark: string) {
  return { metadata: { event_type: EVENT, event_payload: { mark } } };
}

const Message = z.object({
  ts: z.string(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.object({ mark: z.string() }) })
    .nullish()
    .catch(null),
  files: z.array(z.object({ name: z.string().nullish() })).default([]),
});
const History = z.object({
  messages: z.array(Message),
  response_metadata: z.object({ next_cursor: z.string().default('') }).nullish(),
});

/** Where an earlier attempt may have left a message, and by what it is known. */
export interface SentSearch {
  channel: string;
  /** The message in whose thread it is; absent: not in a thread. */
  thread?: string;
  since: Date;
  known: { mark: string } | { file: string };
}

/** Pages of history looked through, of a hundred messages each. */
const PAGES = 10;

/** The clocks of the database's machine and of Slack may differ by so much. */
const SKEW_MS = 60_000;

/** Answers that mean that we may not look: then nothing is known of earlier attempts. */
const CLOSED = new Set(['missing_scope', 'not_allowed_token_type', 'thread_not_found']);

/**
 * Looks for a message that an earlier attempt sent, but was cut off before it could remember it: Slack itself takes the
 * same message twice. @returns its `ts`, or null where there is none, or none can be looked for.
 */
export async function findSent(client: WebClient, search: SentSearch): Promise<string | null> {
  const { channel, thread, known } = search;
  const oldest = String((search.since.getTime() - SKEW_MS) / 1000);
  let cursor = '';
  try {
    for (let page = 0; page < PAGES; page++) {
      const wanted = { channel, oldest, limit: 100, include_all_metadata: true, ...(cursor && { cursor }) };
      const answer = thread
        ? await client.conversations.replies({ ...wanted, ts: thread })
        : await client.conversations.history(wanted);
      const { messages, response_metadata } = History.parse(answer);
      const found = messages.find(({ metadata, files }) =>
        'file' in known
          ? files.some(({ name }) => name === known.file)
          : metadata?.event_type === EVENT && metadata.event_payload.mark === known.mark,
      );
      if (found) return found.ts;
      cursor = response_metadata?.next_cursor ?? '';
      if (!cursor) return null;
    }
    return null;
  } catch (error) {
    if (CLOSED.has(slackErrorOf(error))) return null;
    throw error;
  }
}
