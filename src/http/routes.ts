import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerHealth } from './health.ts';
import type { Handler } from './server.ts';

/** What answers each path; parts come to life as they are made. */
export interface Routes {
  /** `POST /slack/events`. */
  slack?: Handler;
  /** `GET /readyz`. */
  ready?: (res: ServerResponse) => Promise<void>;
  /** Everything else: the local workspace. */
  page?: Handler;
}

/** Sends a request to what answers it; a part that is not there yet answers 503, an unknown path 404. */
export async function route(routes: Routes, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = req.url?.split('?')[0];
  if (path === '/healthz') return answerHealth(res);
  if (path === '/readyz' && routes.ready) return routes.ready(res);
  if (path === '/slack/events' && req.method === 'POST' && routes.slack) return routes.slack(req, res);
  if (routes.page) return routes.page(req, res);
  res.writeHead(path === '/readyz' || path === '/slack/events' ? 503 : 404);
  res.end();
}
