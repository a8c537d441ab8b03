import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { attachFile } from '../fileRoutes.ts';
import { readBody, sendJson } from '../http.ts';
import { type JsonObject, parseJson } from '../json.ts';
import type { Workspace } from '../workspace.ts';
import { useElement } from './action.ts';
import { closeView } from './close.ts';
import { runCommand } from './command.ts';
import { openHome, runShortcut, writeMessage } from './entry.ts';
import { ClientError } from './errors.ts';
import { actor } from './payload.ts';
import { type Request, schemas } from './schemas.ts';
import { personState, workspaceInfo } from './state.ts';
import { submitView } from './submit.ts';
import { suggestOptions } from './suggest.ts';

const BODY_LIMIT = 1024 * 1024;
const LONGEST_POLL_MS = 30_000;

type Path = keyof typeof schemas;
type Handlers = { [Name in Path]: (workspace: Workspace, body: Request<Name>) => JsonObject | Promise<JsonObject> };

const handlers: Handlers = {
  command: runCommand,
  message: writeMessage,
  shortcut: runShortcut,
  home: openHome,
  action: useElement,
  submit: submitView,
  close: closeView,
  suggest: suggestOptions,
  faults: (workspace, fault) => {
    workspace.faults.add(fault);
    return { ok: true };
  },
};

/** Answers a request of the client API below `/sandbox/`. */
export async function answerClient(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  workspace: Workspace,
  closing: AbortSignal,
): Promise<void> {
  const path = url.pathname.slice('/sandbox/'.length);
  try {
    if (req.method === 'GET') return await answerGet(res, path, url.searchParams, workspace, closing);
    if (req.method === 'DELETE' && path === 'faults') {
      workspace.faults.clear();
      return sendJson(res, 200, { ok: true });
    }
    if (req.method === 'POST' && path === 'file') {
      return sendJson(res, 200, await attachFile(req, url.searchParams, workspace));
    }
    if (req.method !== 'POST' || !Object.hasOwn(schemas, path)) throw notFound(path);
    sendJson(res, 200, await answerPost(path as Path, await readJson(req), workspace));
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    sendJson(res, error.status, { ok: false, error: error.code, message: error.message });
  }
}

async function answerGet(
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
  workspace: Workspace,
  closing: AbortSignal,
): Promise<void> {
  if (path === 'workspace') return sendJson(res, 200, workspaceInfo(workspace));
  if (path === 'calls') return sendJson(res, 200, { calls: workspace.calls });
  if (path === 'events') return streamRevisions(res, workspace, closing);
  if (path !== 'state') throw notFound(path);
  const as = actor(workspace, query.get('as') ?? '').id;
  const timeout = Math.min(Number(query.get('timeout') ?? 0) || 0, LONGEST_POLL_MS);
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  await workspace.revisions.waitBeyond(
    Number(query.get('after') ?? 0) || 0,
    timeout,
    AbortSignal.any([gone.signal, closing]),
  );
  sendJson(res, 200, personState(workspace, as));
}

async function answerPost<Name extends Path>(name: Name, body: unknown, workspace: Workspace): Promise<JsonObject> {
  const parsed = schemas[name].safeParse(body);
  if (!parsed.success) throw new ClientError(400, 'invalid_request', z.prettifyError(parsed.error));
  return handlers[name](workspace, parsed.data as Request<Name>);
}

function streamRevisions(res: ServerResponse, { revisions }: Workspace, closing: AbortSignal): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (revision: number) => res.write(`data: ${JSON.stringify({ revision })}\n\n`);
  send(revisions.current);
  const unsubscribe = revisions.subscribe(send);
  const end = () => res.end();
  closing.addEventListener('abort', end);
  res.once('close', () => {
    unsubscribe();
    closing.removeEventListener('abort', end);
  });
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  if (!(req.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new ClientError(415, 'invalid_content_type', 'The client API takes application/json');
  }
  return parseJson((await readBody(req, BODY_LIMIT)).toString('utf8'));
}

function notFound(path: string): ClientError {
  return new ClientError(404, 'unknown_path', `There is nothing at /sandbox/${path}`);
}
