import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { LogLevel, WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Workspace } from './app.ts';
import type { Config } from './config.ts';
import { StartupError } from './database/startupError.ts';
import { importOrganization } from './engine/operations/importOrganization.ts';
import type { EngineContext } from './engine/operations/runOperation.ts';
import { findLocalOrganization, localPeople } from './engine/readModels/localWorkspace.ts';
import { type Organization, organizationById, organizationOfTeam } from './engine/readModels/organizations.ts';
import type { Routes } from './http/routes.ts';
import type { Log } from './log.ts';

/** A start, or a probe, should fail within seconds where Slack cannot be reached; what it says is said once, by us. */
const PATIENCE = { retryConfig: { retries: 2, minTimeout: 500 }, timeout: 10_000, logLevel: LogLevel.ERROR };

const SAMPLE = fileURLToPath(new URL('../prisma/sample/organization.json', import.meta.url));

/** How the bot reaches its workspace. */
export interface SlackConnection {
  client: WebClient;
  botToken: string;
  signingSecret: string;
  apiUrl: string | undefined;
  organizationOf: (teamId: string) => Promise<Organization | null>;
  close: () => Promise<void>;
}

/** Connects to the workspace that the configuration names, or opens the local one. */
export async function connectSlack(
  config: Config,
  engine: EngineContext,
  address: string,
  routes: Routes,
): Promise<SlackConnection> {
  const { slack, slackApiUrl: apiUrl } = config;
  if (slack.mode === 'sandbox') return openLocalWorkspace(config, engine, address, routes);
  return {
    client: new WebClient(slack.botToken, { ...(apiUrl && { slackApiUrl: apiUrl }), ...PATIENCE }),
    botToken: slack.botToken,
    signingSecret: slack.mode === 'http' ? slack.signingSecret : '',
    apiUrl,
    organizationOf: (teamId) => organizationOfTeam(engine, teamId),
    close: async () => undefined,
  };
}

/**
 * The local workspace, in an empty database with the sample organization or with none. Loaded only where it is wanted.
 */
async function openLocalWorkspace(
  { command, sample }: Config,
  engine: EngineContext,
  address: string,
  routes: Routes,
): Promise<SlackConnection> {
  const organization = await localOrganization(engine, sample);
  const { createLocalWorkspace, LOCAL_PEOPLE } = await import('./localWorkspace.ts');
  const people = organization ? await localPeople(engine, organization.id, LOCAL_PEOPLE) : [];
  const { sandbox, botToken, signingSecret } = createLocalWorkspace(organization, people, {
    command,
    address: () => address,
  });
  routes.page = async (req, res) => {
    if (await sandbox.handle(req, res)) return;
    res.writeHead(404);
    res.end();
  };
  const apiUrl = `${address}/api/`;
  return {
    client: new WebClient(botToken, { slackApiUrl: apiUrl, ...PATIENCE }),
    ...{ botToken, signingSecret, apiUrl },
    organizationOf: (teamId) =>
      organization ? organizationById(engine, organization.id) : organizationOfTeam(engine, teamId),
    close: () => sandbox.close(),
  };
}

/**
 * The organization that the local workspace shows; null where there is none, and none is wanted but by setting it up.
 */
async function localOrganization(engine: EngineContext, sample: boolean): Promise<Organization | null> {
  const local = await findLocalOrganization(engine);
  if (local.found === 'local') return local.organization;
  if (local.found === 'bound') {
    throw new StartupError(
      'This database belongs to a real Slack workspace. Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (or ' +
        'SLACK_APP_TOKEN), or use another DATABASE_URL or DATA_DIR for the local workspace.',
    );
  }
  if (!sample) return null;
  const { database, now } = engine;
  const source = createReadStream(SAMPLE);
  const { organizationId } = await importOrganization({ database, source, target: { slackTeamId: null }, now: now() });
  return organizationById(engine, organizationId);
}

const AuthTest = z.object({
  team_id: z.string(),
  team: z.string(),
  user_id: z.string(),
  bot_id: z.string().default(''),
});

/** Asks Slack whose token this is. @throws StartupError where it does not accept it. */
export async function identifyWorkspace(client: WebClient): Promise<Workspace> {
  try {
    const { team_id, team, user_id, bot_id } = AuthTest.parse(await client.auth.test());
    return { teamId: team_id, name: team, botUserId: user_id, botId: bot_id };
  } catch (error) {
    throw new StartupError(
      `Slack does not accept SLACK_BOT_TOKEN, or cannot be reached (${(error as Error).message}). ` +
        'Copy the Bot User OAuth Token again from the app’s OAuth & Permissions page.',
    );
  }
}

/** How Slack's requests come in: over HTTP with signatures, or through Socket Mode. */
export function createReceiver({ slack }: Config, { signingSecret, apiUrl }: SlackConnection, log: Log): Receiver {
  if (slack.mode === 'socket') {
    const clientOptions = apiUrl === undefined ? {} : { slackApiUrl: apiUrl };
    // The receiver hands these options to its socket's client too, although it files them under the installer
    return new SocketModeReceiver({
      appToken: slack.appToken,
      logger: log.forBolt(),
      installerOptions: { clientOptions },
    });
  }
  return new HTTPReceiver({ signingSecret, logger: log.forBolt() });
}

/** Opens the socket of Socket Mode. @throws StartupError where Slack does not accept the app-level token. */
export async function openSocket(receiver: SocketModeReceiver): Promise<void> {
  try {
    await receiver.start();
  } catch (error) {
    throw new StartupError(
      `Slack does not accept SLACK_APP_TOKEN, or Socket Mode is not enabled (${(error as Error).message}). ` +
        'Make an app-level token with the scope connections:write, and enable Socket Mode in the app’s settings.',
    );
  }
}
