import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** After this an upload counts as lost. */
const UPLOAD_TIMEOUT_MS = 5 * 60_000;

const Opened = z.object({ channel: z.object({ id: z.string() }) });
const Upload = z.object({ upload_url: z.string(), file_id: z.string() });

/** The channel of the bot's direct messages with somebody: where a file can be put. */
export async function openDirect(client: WebClient, slackUserId: string): Promise<string> {
  return Opened.parse(await client.conversations.open({ users: slackUserId })).channel.id;
}

export interface FileUpload {
  content: Readable;
  name: string;
  mediaType: string;
  channel: string;
  /** The message whose thread it goes into. */
  thread?: string;
  /** What is said with the file; asked for when all of the content has been made. */
  comment: () => string;
}

/**
 * Puts a file into a channel. Slack wants the length first: the content is made on disk, then streamed, and never held
 * in memory.
 */
export async function uploadFile(client: WebClient, upload: FileUpload): Promise<void> {
  const { content, name, mediaType, channel, thread, comment } = upload;
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-upload-'));
  const file = join(folder, 'content');
  try {
    await pipeline(content, createWriteStream(file));
    const { size } = await stat(file);
    const { upload_url, file_id } = Upload.parse(
      await client.files.getUploadURLExternal({ filename: name, length: size }),
    );
    const answer = await fetch(upload_url, {
      method: 'POST',
      headers: { 'content-type': mediaType, 'content-length': String(size) },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    } as RequestInit);
    if (!answer.ok) throw new Error(`Slack refused the upload of ${name}: HTTP ${answer.status}`);
    const files: [{ id: string; title: string }] = [{ id: file_id, title: name }];
    const shared = { files, initial_comment: comment(), channel_id: channel };
    await client.files.completeUploadExternal(thread === undefined ? shared : { ...shared, thread_ts: thread });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
