import { LogLevel, WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import type { EngineContext } from '../engine/operations/runOperation.ts';
import { findLocalOrganization } from '../engine/readModels/localWorkspace.ts';
import { type Organization, organizationOfTeam } from '../engine/readModels/organizations.ts';
import { identifyWorkspace } from '../slackConnection.ts';

/** The workspace that the bot's token belongs to; null for the local one. @throws StartupError */
export async function teamOf({ slack, slackApiUrl }: Config): Promise<string | null> {
  if (slack.mode === 'sandbox') return null;
  const api = slackApiUrl === undefined ? {} : { slackApiUrl };
  const client = new WebClient(slack.botToken, { ...api, retryConfig: { retries: 2 }, logLevel: LogLevel.ERROR });
  return (await identifyWorkspace(client)).teamId;
}

/** Opens the configured database for some work, and closes it afterwards. @throws StartupError */
export async function withEngine<T>(config: Config, work: (engine: EngineContext) => Promise<T>): Promise<T> {
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    return await work({ database, now: () => new Date() });
  } finally {
    await close();
  }
}

/** The organization that the bot would serve: that of the workspace, or the one that the local workspace shows. */
export async function configuredOrganization(engine: EngineContext, team: string | null): Promise<Organization | null> {
  if (team !== null) return organizationOfTeam(engine, team);
  const local = await findLocalOrganization(engine);
  return local.found === 'local' ? local.organization : null;
}
