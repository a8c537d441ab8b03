import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

const TIMEOUT_MS = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** Posts a form to the bot, signed as Slack does. @returns the status of the answer; 0 where there was none. */
export function signedPost(
  { port, signingSecret }: { port: number; signingSecret: string },
  form: Record<string, string>,
): Promise<number> {
  const body = new URLSearchParams(form).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return new Promise((resolve) => {
    const outgoing = request(
      {
        ...{ host: '127.0.0.1', port, path: '/slack/events', method: 'POST', agent, timeout: TIMEOUT_MS },
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => resolve(0));
    outgoing.end(body);
  });
}
