import type { ServerResponse } from 'node:http';

/** A thing that must work for the bot to be ready, and how to find out. */
export type Check = () => Promise<unknown>;

/** How long a good answer is believed, so that a probe every second does not ask Slack every second. */
const BELIEVED_MS = 15_000;

/**
 * `/readyz`: runs every check. 200 where all pass, else 503; the body names each with `ok` or its error.
 */
export function createReadiness(checks: Record<string, Check>, now: () => Date) {
  const good = new Map<string, number>();
  return async (res: ServerResponse): Promise<void> => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        if ((good.get(name) ?? 0) > now().getTime() - BELIEVED_MS) return [name, 'ok'] as const;
        try {
          await check();
          good.set(name, now().getTime());
          return [name, 'ok'] as const;
        } catch (error) {
          good.delete(name);
          return [name, error instanceof Error ? error.message : String(error)] as const;
        }
      }),
    );
    const ready = results.every(([, result]) => result === 'ok');
    sendJson(res, ready ? 200 : 503, Object.fromEntries(results));
  };
}

/** `/healthz`: the process answers. */
export function answerHealth(res: ServerResponse): void {
  sendJson(res, 200, { status: 'ok' });
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}
