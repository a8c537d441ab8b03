import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../http.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { recordCall, type Workspace } from '../workspace.ts';
import { Args } from './args.ts';
import { authMethods } from './authMethods.ts';
import { chatMethods } from './chatMethods.ts';
import { conversationMethods } from './conversationMethods.ts';
import { SlackError } from './errors.ts';
import { fileMethods } from './fileMethods.ts';
import type { Methods } from './method.ts';
import { userGroupMethods } from './userGroupMethods.ts';
import { userMethods } from './userMethods.ts';
import { viewMethods } from './viewMethods.ts';

const BODY_LIMIT = 4 * 1024 * 1024;

const methods: Methods = {
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...userGroupMethods,
  ...userMethods,
  ...viewMethods,
};

/** Answers one Web API call, or lets it fail as a fault demands. */
export async function answerApiCall(
  req: IncomingMessage,
  res: ServerResponse,
  method: string,
  workspace: Workspace,
): Promise<void> {
  const raw = await readArguments(req);
  const fault = workspace.faults.take(method);
  if (fault?.error) return sendJson(res, 200, { ok: false, error: fault.error });
  if (fault?.status) {
    const headers: Record<string, string> = fault.retryAfter ? { 'retry-after': String(fault.retryAfter) } : {};
    return sendJson(res, fault.status, { ok: false, error: fault.status === 429 ? 'ratelimited' : 'fault' }, headers);
  }
  const answer = call(method, raw, bearerOf(req), workspace);
  if (fault?.drop) return void res.destroy();
  sendJson(res, 200, answer);
}

function call(method: string, raw: JsonObject, bearer: string | undefined, workspace: Workspace): JsonObject {
  const { token, ...args } = raw;
  try {
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!handler) throw new SlackError('unknown_method');
    assertToken(bearer ?? token, workspace);
    const answer = { ok: true, ...handler(new Args(args), workspace) };
    recordCall(workspace, { method, args, ok: true, error: null });
    return answer;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    recordCall(workspace, { method, args, ok: false, error: error.code });
    const { code, messages } = error;
    if (messages.length === 0) return { ok: false, error: code };
    const errors = messages.map((message) => message.replace('[ERROR] ', ''));
    return { ok: false, error: code, errors, response_metadata: { messages } };
  }
}

function assertToken(token: unknown, { options }: Workspace): void {
  if (token === undefined || token === '') throw new SlackError('not_authed');
  if (token !== options.bot.token) throw new SlackError('invalid_auth');
}

/** The token that a request carries in its Authorization header. */
export function bearerOf(req: IncomingMessage): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(req.headers.authorization ?? '')?.[1];
}

async function readArguments(req: IncomingMessage): Promise<JsonObject> {
  const query = Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams);
  const body = (await readBody(req, BODY_LIMIT)).toString('utf8');
  if ((req.headers['content-type'] ?? '').startsWith('application/json')) {
    const json = parseJson(body);
    return isObject(json) ? { ...query, ...json } : query;
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
}
