import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { type AppOptions, createApp, type QuartermasterApp } from './app.ts';
import type { Config } from './config.ts';
import { type ConfiguredDatabase, openConfiguredDatabase } from './database/openConfigured.ts';
import { forgetOldDrafts } from './engine/operations/drafts.ts';
import type { EngineContext } from './engine/operations/runOperation.ts';
import { enqueueDriftScans } from './engine/operations/settleDrift.ts';
import { createReadiness } from './http/health.ts';
import { type Routes, route } from './http/routes.ts';
import { type HttpServer, listen } from './http/server.ts';
import { createSlackEndpoint } from './http/slackEndpoint.ts';
import { settledWithin } from './jobs/settledWithin.ts';
import type { Log } from './log.ts';
import { connectSlack, createReceiver, identifyWorkspace, openSocket } from './slackConnection.ts';

/** How long a stop waits for the database's connections. */
const CLOSE_WITHIN_MS = 20_000;

/** A running program. */
export interface Running {
  address: string;
  app: QuartermasterApp;
  stop(): Promise<void>;
}

/** Starts everything that `config` asks for. @throws StartupError with what is wrong; then nothing is left running. */
export async function start(config: Config, log: Log, times: AppOptions['times'] = {}): Promise<Running> {
  const now = () => new Date();
  // Routes come to life as their parts are made; the port is taken first, because it is quickest found out to be in use
  const routes: Routes = {};
  const server = await listen(
    config,
    (req, res) => route(routes, req, res),
    (error) => log.error('A request failed', error),
  );
  let database: ConfiguredDatabase | undefined;
  let app: QuartermasterApp | undefined;
  try {
    database = await openConfiguredDatabase(config, (error) => log.warn(`Database connection lost: ${error.message}`));
    const opened = database;
    if (opened.notice) log.warn(opened.notice);
    const engine: EngineContext = { database: opened.database, now };
    const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${server.port}`;
    const slack = await connectSlack(config, engine, address, routes);
    const workspace = await identifyWorkspace(slack.client);
    // Before Slack is listened to: whoever is answered can be stopped
    await forgetOldDrafts(engine);
    await enqueueDriftScans(engine, { onlyNew: true });
    const receiver = createReceiver(config, slack, log);
    app = createApp({
      ...{ engine, receiver, botToken: slack.botToken, workspace, command: config.command, log, times },
      backgroundFrom: config.backgroundFrom,
      endNoticeDays: config.endNoticeDays,
      undoLimitMs: config.undoHours * 3_600_000,
      driftScan: config.driftScan,
      slackApiUrl: slack.apiUrl,
      organizationOf: slack.organizationOf,
    });
    if (receiver instanceof HTTPReceiver) routes.slack = createSlackEndpoint(receiver, now);
    else if (receiver instanceof SocketModeReceiver) await openSocket(receiver);
    const checks = { database: () => opened.database.pool.query('SELECT 1'), slack: () => slack.client.auth.test() };
    routes.ready = createReadiness(checks, now);
    const parts = { app, receiver, server, opened, closePage: slack.close };
    return { address, app, stop: () => stopAll(parts) };
  } catch (error) {
    await app?.stop();
    await server.close();
    await database?.close();
    throw error;
  }
}

async function stopAll(parts: {
  app: QuartermasterApp;
  receiver: Receiver;
  server: HttpServer;
  opened: ConfiguredDatabase;
  closePage: () => Promise<void>;
}): Promise<void> {
  // First nothing new comes in, then what is at work ends, then its tools go away
  if (parts.receiver instanceof SocketModeReceiver) await parts.receiver.stop();
  await parts.app.stop();
  await parts.closePage();
  await parts.server.close();
  // A job that outlasted its time still holds a connection; it is not waited for
  await settledWithin(parts.opened.close(), CLOSE_WITHIN_MS);
}
