import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** After this an upload counts as lost; it is tried again. */
const UPLOAD_TIMEOUT_MS = 5 * 60_000;

const Upload = z.object({ upload_url: z.string(), file_id: z.string() });

export interface UploadRequest {
  content: Readable;
  /** Media type. */
  type: string;
  name: string;
  /** Id of a conversation; Slack takes no person here. */
  channel: string;
  /** The message whose thread it goes into. */
  thread?: string;
  comment: string;
}

/** Shares a file. Slack wants its length first: it is made on disk, then streamed, and never held in memory. */
export async function uploadFile(client: WebClient, request: UploadRequest): Promise<void> {
  const { content, type, name, channel, thread, comment } = request;
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
      headers: { 'content-type': type, 'content-length': String(size) },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    } as RequestInit);
    if (!answer.ok) throw new Error(`Slack refused the upload of ${name}: HTTP ${answer.status}`);
    const files: [{ id: string; title: string }] = [{ id: file_id, title: name }];
    const shared = { files, initial_comment: comment, channel_id: channel };
    await client.files.completeUploadExternal(thread === undefined ? shared : { ...shared, thread_ts: thread });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
