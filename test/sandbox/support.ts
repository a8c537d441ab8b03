import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { SandboxClient } from '../../src/sandbox/client.ts';
import { createSandbox } from '../../src/sandbox/createSandbox.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';

export const TOKEN = 'xoxb-sandbox';
const SECRET = 'sandbox-signing-secret';

/** A sandbox on a free port, with a Bolt app behind its receiver. */
export interface Bench {
  app: App;
  client: SandboxClient;
  web: WebClient;
  url: string;
  clock: { now: number };
  close(): Promise<void>;
}

const people: SandboxOptions['people'] = [
  {
    id: 'UADA',
    handle: 'ada',
    realName: 'Ada Admin',
    email: 'ada@acme.test',
    title: 'Administrator',
    locale: 'en-US',
    timeZone: 'America/New_York',
    isAdmin: true,
  },
  {
    id: 'UEVA',
    handle: 'eva.r',
    realName: 'Eva Ruiz',
    email: 'eva@acme.test',
    locale: 'es-ES',
    timeZone: 'Europe/Madrid',
  },
  { id: 'UGUS', handle: 'gus', realName: 'Gus Guest', locale: 'en-US', timeZone: 'Europe/London', isRestricted: true },
  { id: 'USTR', handle: 'stranger', realName: 'Sam Stranger', locale: 'en-US', timeZone: 'UTC', teamId: 'TOTHER' },
];

/** Options for a small workspace; whatever matters to a test is passed in. */
function optionsFor(urlOf: () => string, clock: { now: number }, overrides: Partial<SandboxOptions>): SandboxOptions {
  return {
    workspace: { teamId: 'TACME', name: 'Acme', domain: 'acme' },
    bot: { userId: 'UBOT', name: 'quartermaster', token: TOKEN, appId: 'AAPP' },
    signingSecret: SECRET,
    eventsUrl: () => `${urlOf()}/slack/events`,
    publicUrl: urlOf,
    people,
    roles: [
      { label: 'Administrator', userId: 'UADA' },
      { label: 'Employee', userId: 'UEVA' },
    ],
    channels: [
      { id: 'CGENERAL', name: 'general' },
      { id: 'CPRIVATE', name: 'leads', members: ['UADA'], botIsMember: false },
    ],
    commands: [
      {
        command: '/pack',
        description: 'Manage packages',
        usageHint: '[list | show <name>]',
        completions: [
          { text: '/pack list', description: 'Show all packages' },
          { text: '/pack show', description: 'Show one package' },
        ],
      },
    ],
    shortcuts: [{ callbackId: 'new_pack', name: 'New package' }],
    now: () => clock.now,
    ...overrides,
  };
}

/** Starts a sandbox and a Bolt app on one server, as the program does. */
export async function startBench(overrides: Partial<SandboxOptions> = {}): Promise<Bench> {
  const clock = { now: Date.now() };
  let url = '';
  const receiver = new HTTPReceiver({ signingSecret: SECRET, endpoints: ['/slack/events'], logLevel: LogLevel.ERROR });
  const sandbox = createSandbox(optionsFor(() => url, clock, overrides));
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    void sandbox.handle(req, res).then((handled) => {
      if (!handled) receiver.requestListener(req, res);
    });
  });
  url = await listen(server);
  const slackApiUrl = `${url}/api/`;
  const app = new App({
    // Without a token at construction Bolt asks for nothing before the first request.
    authorize: async () => ({ botToken: TOKEN, botId: 'BBOT', botUserId: 'UBOT' }),
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl, retryConfig: { retries: 0 } },
  });
  receiver.init(app);
  return {
    app,
    client: new SandboxClient(url),
    web: webClient(url, TOKEN),
    url,
    clock,
    close: async () => {
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A genuine Web API client that never retries. */
export function webClient(url: string, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A plain text object. */
export function plain(text: string): { type: 'plain_text'; text: string } {
  return { type: 'plain_text', text };
}

/** A modal of these blocks; they may be wrong on purpose. */
export function modal(title: string, blocks: object[] = [], more: object = {}): ModalView {
  const fixed = { type: 'modal' as const, title: plain(title), submit: plain('Save'), close: plain('Cancel') };
  return { ...fixed, blocks: blocks as KnownBlock[], ...more };
}

/** The error code of a refused Web API call, with the details Slack gives. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  try {
    await call;
  } catch (error) {
    const { data } = error as { data?: { error: string; response_metadata?: { messages?: string[] } } };
    if (!data) throw error;
    return { error: data.error, messages: data.response_metadata?.messages ?? [] };
  }
  throw new Error('The call was expected to be refused');
}
