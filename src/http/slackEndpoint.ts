import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';

/** Slack's requests are a few kilobytes; four megabytes is what Bolt takes. */
const BODY_LIMIT = 4 * 1024 * 1024;
const MAX_SKEW_SECONDS = 5 * 60;

/** Bolt's receiver, as far as it is called. */
export interface RequestListener {
  requestListener: (req: IncomingMessage, res: ServerResponse) => void;
}

/**
 * What stands before Bolt's HTTP receiver, which verifies the signature. It refuses what the receiver does not: a
 * timestamp too far in the future, and a validly signed body that is not an object (`payload=null`), which would end
 * the process.
 */
export function createSlackEndpoint(receiver: RequestListener, now: () => Date) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await readBody(req);
    if (body === null) return refuse(res, 413);
    const timestamp = Number(req.headers['x-slack-request-timestamp']);
    const skew = Math.abs(now().getTime() / 1000 - timestamp);
    if (!isSslCheck(body) && !(skew <= MAX_SKEW_SECONDS)) return refuse(res, 401);
    if (!carriesObject(req.headers['content-type'], body)) return refuse(res, 400);
    // Bolt takes a body that was read before it from this property
    Object.assign(req, { rawBody: body });
    receiver.requestListener(req, res);
  };
}

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { connection: status === 413 ? 'close' : 'keep-alive' });
  res.end();
}

/** The whole body; null where it is too large. */
async function readBody(req: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isSslCheck(body: Buffer): boolean {
  return body.length < 1000 && parse(body.toString()).ssl_check === '1';
}

function carriesObject(contentType: string | undefined, body: Buffer): boolean {
  const text = body.toString();
  const form = contentType?.startsWith('application/x-www-form-urlencoded') ?? false;
  const json = form ? parse(text).payload : text;
  if (form && json === undefined) return true;
  if (typeof json !== 'string') return false;
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
