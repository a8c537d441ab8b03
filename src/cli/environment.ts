import { LogLevel, WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import { identifyWorkspace } from '../slackConnection.ts';

/** The workspace that the bot's token belongs to; null for the local one. @throws StartupError */
export async function teamOf({ slack, slackApiUrl }: Config): Promise<string | null> {
  if (slack.mode === 'sandbox') return null;
  const api = slackApiUrl === undefined ? {} : { slackApiUrl };
  const client = new WebClient(slack.botToken, { ...api, retryConfig: { retries: 2 }, logLevel: LogLevel.ERROR });
  return (await identifyWorkspace(client)).teamId;
}
