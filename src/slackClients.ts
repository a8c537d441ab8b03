import { WebClient } from '@slack/web-api';
import type { EngineContext } from './engine/operations/runOperation.ts';
import type { Log } from './log.ts';
import { PacedClient } from './slack/notify/pacedClient.ts';

/**
 * The clients of Slack's Web API, one for each haste: a rate limit pauses a client's whole queue, and what people wait
 * for must not queue behind notices.
 */
export interface SlackClients {
  /** Answers to clicks. */
  interactive: WebClient;
  /** What is told to people unasked. */
  notices: PacedClient;
  /** What became of operations and requests. */
  outcomes: PacedClient;
  /** Files that somebody just asked for: they go out at once, or not at all. */
  files: WebClient;
}

export interface ClientOptions {
  engine: EngineContext;
  botToken: string;
  teamId: string;
  /** Absent: Slack's own. */
  slackApiUrl: string | undefined;
  /** Between two messages in one channel, in milliseconds. */
  messageEvery: number;
  log: Log;
}

/** The Web API's address as Slack's libraries take it; nothing where it is Slack's own. */
export function apiAddress(slackApiUrl: string | undefined): { slackApiUrl?: string } {
  return slackApiUrl === undefined ? {} : { slackApiUrl };
}

/** The clients of one process. */
export function createClients(options: ClientOptions): SlackClients {
  const { engine, botToken, teamId, messageEvery, log } = options;
  const shared = { ...apiAddress(options.slackApiUrl), logger: log.forBolt(), rejectRateLimitedCalls: true };
  const pace = { engine, teamId, messageEvery };
  return {
    interactive: new WebClient(botToken, { ...shared, retryConfig: { retries: 1 } }),
    // The outbox tries again itself, and looks first whether what it sent arrived
    notices: new PacedClient(botToken, shared, pace),
    outcomes: new PacedClient(botToken, shared, pace),
    files: new WebClient(botToken, { ...shared, retryConfig: { retries: 0 } }),
  };
}
