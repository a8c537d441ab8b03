import { randomUUID } from 'node:crypto';
import { listen } from '../../src/http/server.ts';
import { SandboxClient } from '../../src/sandbox/client.ts';
import { createSandbox, type SandboxOptions, type SandboxPerson } from '../../src/sandbox/index.ts';

/** A local workspace without the bot, for programs that run as processes of their own. */
export interface SandboxServer {
  slack: SandboxClient;
  /** What a program needs to be this workspace's bot. */
  variables: Record<string, string>;
  /** Sends what people do to the program at this address; before that nobody gets it. */
  sendTo(address: string): void;
  /**
   * Leaves the next call of a Web API method unanswered, be it with or without effect; asked twice, the next two.
   * @returns when it has come.
   */
  swallow(method: string, effect: 'done' | 'not done'): Promise<void>;
  close(): Promise<void>;
}

export async function startSandboxServer(
  people: SandboxPerson[],
  channels: SandboxOptions['channels'] = [],
): Promise<SandboxServer> {
  const signingSecret = randomUUID();
  const bot = { userId: 'U0BOT', name: 'Quartermaster', token: `xoxb-${randomUUID()}`, appId: 'A0TEST' };
  const swallowing: { method: string; effect: 'done' | 'not done'; came: () => void }[] = [];
  let address = '';
  let program = '';
  const sandbox = createSandbox({
    workspace: { teamId: 'T0TEST', name: 'Test Workspace', domain: 'test' },
    ...{ bot, signingSecret, people, roles: [], channels, commands: [], shortcuts: [] },
    eventsUrl: () => `${program || address}/slack/events`,
    publicUrl: () => address,
  });
  const server = await listen(
    { host: '127.0.0.1', port: 0 },
    async (req, res) => {
      const method = req.url?.replace('/api/', '') ?? '';
      const index = swallowing.findIndex((each) => each.method === method);
      const [swallowed] = index < 0 ? [] : swallowing.splice(index, 1);
      if (swallowed?.effect === 'not done') return swallowed.came();
      if (swallowed) {
        res.writeHead = () => res;
        res.end = () => {
          swallowed.came();
          return res;
        };
      }
      if (!(await sandbox.handle(req, res))) res.writeHead(404).end();
    },
    () => undefined,
  );
  address = `http://127.0.0.1:${server.port}`;
  return {
    slack: new SandboxClient(address),
    variables: { SLACK_BOT_TOKEN: bot.token, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: `${address}/api/` },
    sendTo(to) {
      program = to;
    },
    swallow: (method, effect) => new Promise((came) => void swallowing.push({ method, effect, came })),
    async close() {
      await sandbox.close();
      await server.close();
    },
  };
}
