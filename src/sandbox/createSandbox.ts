import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerApiCall } from './api/webApi.ts';
import { answerFile, answerUpload } from './fileRoutes.ts';
import { refusalOf } from './guard.ts';
import { BodyTooLarge, sendJson, sendText } from './http.ts';
import type { SandboxOptions } from './options.ts';
import { answerPage } from './pageRoutes.ts';
import { answerReply } from './people/respond.ts';
import { answerClient } from './people/routes.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A running local workspace. It opens no port itself: an HTTP server hands it requests. */
export interface Sandbox {
  /** Answers the request; resolves with false, having touched nothing, when the path is none of the sandbox's. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  /** Ends all long polls and event streams. */
  close(): Promise<void>;
}

type Route = (req: IncomingMessage, res: ServerResponse, url: URL, rest: string) => Promise<void> | void;

/**
 * Creates a local Slack workspace: the Web API the bot calls, and the client people use. Interactions reach the bot
 * over HTTP at `eventsUrl`, signed as Slack signs them.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const closing = new AbortController();
  const routes = routesOf(createWorkspace(options), closing.signal);
  return {
    async handle(req, res) {
      const url = new URL(req.url ?? '/', 'http://localhost');
      const prefix = Object.keys(routes).find((candidate) => matches(candidate, url.pathname));
      const route = prefix === undefined ? undefined : routes[prefix];
      if (prefix === undefined || !route) return false;
      const refusal = refusalOf(req, url.pathname);
      if (refusal) sendJson(res, 403, { ok: false, error: 'forbidden', message: refusal });
      else await answer(route, req, res, url, url.pathname.slice(prefix.length));
      return true;
    },
    async close() {
      closing.abort();
    },
  };
}

/** A path ending in `/` stands for all below it, except the root itself. */
function matches(prefix: string, path: string): boolean {
  return prefix.length > 1 ? path.startsWith(prefix) : path === prefix;
}

function routesOf(workspace: Workspace, closing: AbortSignal): Record<string, Route> {
  return {
    '/': (_req, res) => answerPage(res, 'index.html'),
    '/page/': (_req, res, _url, name) => answerPage(res, name),
    '/archives/': (_req, res, _url, rest) => redirectToMessage(res, rest),
    '/api/': (req, res, _url, method) => answerApiCall(req, res, method, workspace),
    '/respond/': (req, res, _url, id) => answerReply(req, res, id, workspace),
    '/upload/': (req, res, _url, id) => answerUpload(req, res, id, workspace),
    '/files/': (req, res, _url, rest) => answerFile(req, res, rest.split('/')[0] ?? '', workspace),
    '/sandbox/': (req, res, url) => answerClient(req, res, url, workspace, closing),
  };
}

async function answer(route: Route, req: IncomingMessage, res: ServerResponse, url: URL, rest: string): Promise<void> {
  try {
    await route(req, res, url, rest);
  } catch (error) {
    if (res.headersSent) res.destroy();
    else if (error instanceof BodyTooLarge) sendText(res, 413, error.message);
    else sendJson(res, 500, { ok: false, error: 'internal_error', message: String(error) });
  }
}

/** A permalink shows its message on the page. */
function redirectToMessage(res: ServerResponse, rest: string): void {
  const [channel = '', message = ''] = rest.split('/');
  const query = new URLSearchParams({ channel, message });
  res.writeHead(302, { location: `/?${query.toString()}` });
  res.end();
}
