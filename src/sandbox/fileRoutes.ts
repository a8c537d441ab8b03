import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileObject } from './api/messages.ts';
import { bearerOf } from './api/webApi.ts';
import { readBody, sendText } from './http.ts';
import type { JsonObject } from './json.ts';
import { ClientError } from './people/errors.ts';
import { actor } from './people/payload.ts';
import { typeOfFile } from './store/files.ts';
import type { Workspace } from './workspace.ts';

const UPLOAD_LIMIT = 64 * 1024 * 1024;

/** Types a browser may show in place; everything else is downloaded, so that no file can run as a page. */
const INLINE = ['application/pdf', 'text/plain', 'image/png', 'image/jpeg'];

/** Takes the bytes of an announced file, raw or as the one file of a multipart form. */
export async function answerUpload(
  req: IncomingMessage,
  res: ServerResponse,
  uploadId: string,
  workspace: Workspace,
): Promise<void> {
  const body = await readBody(req, UPLOAD_LIMIT);
  const file = workspace.files.findUpload(uploadId);
  if (!file) return sendText(res, 404, 'upload_not_found');
  const bytes = await fileBytes(body, req.headers['content-type'] ?? '');
  if (bytes.length !== file.declaredLength) {
    return sendText(res, 400, `length mismatch: ${file.declaredLength} declared, ${bytes.length} received`);
  }
  file.bytes = bytes;
  sendText(res, 200, `OK - ${bytes.length}`);
}

/** Takes the bytes of a file that a person chose in a file input. @returns the file as the Web API shows it. */
export async function attachFile(
  req: IncomingMessage,
  query: URLSearchParams,
  workspace: Workspace,
): Promise<JsonObject> {
  const person = actor(workspace, query.get('as') ?? '');
  const name = query.get('name') ?? '';
  if (name === '' || name.length > 255) throw new ClientError(400, 'invalid_name', 'A file needs a name');
  const bytes = await readBody(req, UPLOAD_LIMIT);
  if (bytes.length === 0) throw new ClientError(400, 'empty_file', 'An empty file cannot be attached');
  const file = workspace.files.attach(name, bytes, person.id, Math.floor(workspace.now() / 1000));
  return { ok: true, file: fileObject(workspace, file.id) };
}

/**
 * Serves a completed file under its own name. What is in a conversation opens in the browser of whoever is there; what
 * somebody attached in a file input is for the app's token alone: others are sent to the sign-in page, as Slack does.
 */
export function answerFile(req: IncomingMessage, res: ServerResponse, id: string, workspace: Workspace): void {
  const file = workspace.files.find(id);
  if (!file?.bytes || file.completedAt === null) {
    sendText(res, 404, 'file_not_found');
    return;
  }
  const isOpen = file.attachedBy === null && req.headers.authorization === undefined;
  if (!isOpen && bearerOf(req) !== workspace.options.bot.token) {
    res.writeHead(302, { location: '/' });
    res.end();
    return;
  }
  const { mimetype } = typeOfFile(file.name);
  const disposition = INLINE.includes(mimetype) ? 'inline' : 'attachment';
  res.writeHead(200, {
    'content-type': mimetype,
    'content-length': file.bytes.length,
    'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
  res.end(file.bytes);
}

async function fileBytes(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}
