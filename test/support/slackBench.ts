import { randomUUID } from 'node:crypto';
import { HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { type AppOptions, createApp, type QuartermasterApp } from '../../src/app.ts';
import type { Organization } from '../../src/engine/readModels/organizations.ts';
import { organizationById } from '../../src/engine/readModels/organizations.ts';
import { type HttpServer, listen } from '../../src/http/server.ts';
import { createSlackEndpoint } from '../../src/http/slackEndpoint.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/persistence/database.ts';
import { SandboxClient } from '../../src/sandbox/client.ts';
import { createSandbox, type SandboxPerson, type SandboxUserGroup } from '../../src/sandbox/index.ts';
import { SHORTCUTS } from '../../src/slack/kit/ids.ts';

/** The bot on its real HTTP receiver, beside a strict local workspace; one port, real signatures. */
export interface SlackBench {
  slack: SandboxClient;
  app: QuartermasterApp;
  address: string;
  signingSecret: string;
  /** Lines that the bot logged as errors. */
  errors: string[];
  stop(): Promise<void>;
}

export interface SlackBenchOptions {
  database: Database;
  /** The organization of the workspace; null: none is set up. */
  organizationId: number | null;
  people: SandboxPerson[];
  /** User groups of the workspace. */
  userGroups?: SandboxUserGroup[];
  now?: () => Date;
  undoLimitMs?: number;
  /** As the variable `BACKGROUND_FROM`. */
  backgroundFrom?: number;
  details?: AppOptions['details'];
  times?: AppOptions['times'];
}

/** Tests that are not about the pace, or about what follows closely, do not wait for it. */
export const AT_ONCE = { messageEvery: 0, noticeQuiet: 0 };

/** Starts a {@link SlackBench} on a free port. */
export async function startSlackBench(options: SlackBenchOptions): Promise<SlackBench> {
  const { database, people } = options;
  const signingSecret = randomUUID();
  const bot = { userId: 'U0BOT', name: 'Quartermaster', token: `xoxb-${randomUUID()}`, appId: 'A0TEST' };
  const errors: string[] = [];
  const log = createLog('error', (line) => errors.push(line));
  let address = '';
  const sandbox = createSandbox({
    workspace: { teamId: 'T0TEST', name: 'Test Workspace', domain: 'test' },
    ...{ bot, signingSecret, people, roles: [] },
    eventsUrl: () => `${address}/slack/events`,
    publicUrl: () => address,
    channels: [{ id: 'C0GENERAL', name: 'general' }],
    commands: [{ command: '/package', description: '', completions: [] }],
    shortcuts: [{ callbackId: SHORTCUTS.dashboard, name: 'Quartermaster' }],
    ...(options.userGroups && { userGroups: options.userGroups }),
  });
  const receiver = new HTTPReceiver({ signingSecret, logger: log.forBolt() });
  const slackEndpoint = createSlackEndpoint(receiver, () => new Date());
  const server: HttpServer = await listen(
    { host: '127.0.0.1', port: 0 },
    async (req, res) => {
      if (req.url === '/slack/events') return slackEndpoint(req, res);
      if (!(await sandbox.handle(req, res))) res.writeHead(404).end();
    },
    (error) => errors.push(String(error)),
  );
  address = `http://127.0.0.1:${server.port}`;
  const engine = { database, now: options.now ?? (() => new Date()) };
  const identity = await new WebClient(bot.token, { slackApiUrl: `${address}/api/` }).auth.test();
  const app = createApp({
    ...{ engine, receiver, log, command: '/package', backgroundFrom: options.backgroundFrom ?? 500 },
    undoLimitMs: options.undoLimitMs ?? 24 * 3_600_000,
    times: { ...AT_ONCE, ...options.times },
    ...(options.details && { details: options.details }),
    botToken: bot.token,
    workspace: {
      teamId: String(identity.team_id),
      name: String(identity.team),
      botUserId: String(identity.user_id),
      botId: String(identity.bot_id),
    },
    slackApiUrl: `${address}/api/`,
    organizationOf: () => organizationFor(options.organizationId),
  });

  /** Looked up by team in the database where no organization was named: the set-up flow makes one. */
  async function organizationFor(id: number | null): Promise<Organization | null> {
    if (id !== null) return organizationById(engine, id);
    const found = await database.prisma.organization.findUnique({ where: { slackTeamId: 'T0TEST' } });
    return found && organizationById(engine, found.id);
  }

  return {
    ...{ slack: new SandboxClient(address), app, address, signingSecret, errors },
    async stop() {
      await app.stop();
      await sandbox.close();
      await server.close();
    },
  };
}

/** A member of the test workspace. */
export function sandboxPerson(id: string, realName: string, more: Partial<SandboxPerson> = {}): SandboxPerson {
  return {
    id,
    handle: realName.toLowerCase().replace(/\W+/g, '.'),
    realName,
    locale: 'en-US',
    timeZone: 'Europe/Madrid',
    ...more,
  };
}
