import { createHmac } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Workspace } from '../workspace.ts';

/** What came of a request to the app. `timeout` and `unreachable` carry no body. */
export type Delivery =
  | { outcome: 'acknowledged'; body: string }
  | { outcome: 'refused'; status: number }
  | { outcome: 'timeout' }
  | { outcome: 'unreachable' };

const FORM = 'application/x-www-form-urlencoded';
const ACK_TIMEOUT_MS = 3000;

/** Sends a form such as a slash command's, signed. */
export function deliverForm(workspace: Workspace, fields: Record<string, string>): Promise<Delivery> {
  return deliver(workspace, FORM, new URLSearchParams(fields).toString(), {});
}

/** Sends an interaction as the form field `payload`, signed. */
export function deliverPayload(workspace: Workspace, payload: JsonObject): Promise<Delivery> {
  return deliverForm(workspace, { payload: JSON.stringify(payload) });
}

/** Sends an event as JSON, signed; once more when the app did not take it, with Slack's retry headers. */
export async function deliverEvent(workspace: Workspace, event: JsonObject): Promise<Delivery> {
  const body = JSON.stringify(event);
  const first = await deliver(workspace, 'application/json', body, {});
  if (first.outcome === 'acknowledged') return first;
  const reason = first.outcome === 'timeout' ? 'http_timeout' : 'http_error';
  const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': reason };
  return deliver(workspace, 'application/json', body, headers);
}

/** The `v0` signature of a request body. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

async function deliver(
  { options }: Workspace,
  contentType: string,
  body: string,
  headers: Record<string, string>,
): Promise<Delivery> {
  // The receiver compares this with its own clock, so the injected one must not be used here.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signal = AbortSignal.timeout(options.ackTimeoutMs ?? ACK_TIMEOUT_MS);
  try {
    const answer = await fetch(options.eventsUrl(), {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signatureOf(options.signingSecret, timestamp, body),
        ...headers,
      },
      body,
      signal,
    });
    const text = await answer.text();
    return answer.ok ? { outcome: 'acknowledged', body: text } : { outcome: 'refused', status: answer.status };
  } catch {
    return { outcome: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** Why the app gave no acknowledgement, in the words people see in Slack. */
export function failureText(delivery: Exclude<Delivery, { outcome: 'acknowledged' }>): string {
  if (delivery.outcome === 'timeout') return 'The app did not respond within 3 seconds (operation_timeout).';
  if (delivery.outcome === 'refused') return `The app responded with status code ${delivery.status}.`;
  return 'The app could not be reached (dispatch_failed).';
}
