import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { slackErrorOf } from './errorText.ts';
import type { AttachmentProblem } from './fileProblems.ts';
import type { AttachedFile } from './payloads.ts';

/** The largest file that is fetched, in bytes. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;

/** After this a download counts as failed. */
const DOWNLOAD_TIMEOUT_MS = 20_000;

/** A file that somebody attached and that could not be read. */
export class AttachmentError extends Error {
  override name = 'AttachmentError';
  readonly problem: AttachmentProblem;

  constructor(problem: AttachmentProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** Files that people attach in forms. */
export interface Attachments {
  /** The text of a file, without byte order mark. To be called after the acknowledgement. @throws AttachmentError. */
  readText(file: AttachedFile): Promise<string>;
}

export interface AttachmentOptions {
  client: WebClient;
  botToken: string;
  /** The Web API's address where it is not Slack's own; files may come from there too. */
  apiUrl: string | undefined;
  /** Hears of what is nobody's mistake. */
  log: (error: unknown) => void;
}

const Info = z.object({
  file: z.object({ url_private_download: z.string().nullish(), url_private: z.string().nullish() }),
});

/** Fetches attached files with the bot's token, which goes to Slack alone. */
export function createAttachments({ client, botToken, apiUrl, log }: AttachmentOptions): Attachments {
  /** Slack leaves the address out where the app has to ask for it. */
  async function addressOf({ id, url }: AttachedFile): Promise<string> {
    if (url) return url;
    const { file } = Info.parse(await client.files.info({ file: id }));
    return file.url_private_download ?? file.url_private ?? '';
  }

  async function download(file: AttachedFile): Promise<Uint8Array> {
    const address = await addressOf(file);
    if (!isSlacks(address, apiUrl)) throw new Error(`A file is said to be at ${address}, which is not Slack’s`);
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${botToken}` },
      // Slack sends whoever may not read a file to its sign-in page
      redirect: 'manual',
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    });
    const isPage = /^text\/html\b/i.test(answer.headers.get('content-type') ?? '');
    if (answer.status !== 200 || !answer.body || isPage) {
      await answer.body?.cancel();
      const mayNot = isPage || (answer.status >= 300 && answer.status < 400) || answer.status === 403;
      throw new AttachmentError(mayNot ? 'noScope' : 'unreadable', { cause: `HTTP ${answer.status}` });
    }
    return bounded(answer.body);
  }

  return {
    async readText(file) {
      if ((file.size ?? 0) > MAX_FILE_BYTES) throw new AttachmentError('tooLarge');
      let bytes: Uint8Array;
      try {
        bytes = await download(file);
      } catch (error) {
        if (error instanceof AttachmentError && error.problem === 'tooLarge') throw error;
        log(error);
        if (error instanceof AttachmentError) throw error;
        throw new AttachmentError(slackErrorOf(error) === 'missing_scope' ? 'noScope' : 'unreadable', { cause: error });
      }
      return textOf(bytes);
    },
  };
}

/** Whether an address is one of Slack's own, or of the configured API: nobody else may see the token. */
export function isSlacks(address: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, hostname, username, port } = new URL(address);
  if (username !== '') return false;
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && port === '' && /(^|\.)slack(-gov)?\.com$/.test(hostname);
}

/** @throws AttachmentError `tooLarge` as soon as more comes than is taken. */
async function bounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > MAX_FILE_BYTES) {
      // Nobody waits for the rest
      await reader.cancel();
      throw new AttachmentError('tooLarge');
    }
    chunks.push(value);
  }
}

/** @throws AttachmentError `notText` for what is not UTF-8, or no text at all. */
function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below, as other things that are no text
  }
  throw new AttachmentError('notText');
}
