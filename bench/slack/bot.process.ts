import { randomUUID } from 'node:crypto';
import { HTTPReceiver } from '@slack/bolt';
import { createApp } from '../../src/app.ts';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import type { EngineContext } from '../../src/engine/operations/runOperation.ts';
import { unassignPackage } from '../../src/engine/operations/unassignPackage.ts';
import { organizationById } from '../../src/engine/readModels/organizations.ts';
import { listen } from '../../src/http/server.ts';
import { createSlackEndpoint } from '../../src/http/slackEndpoint.ts';
import { createLog } from '../../src/log.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { countUnassignment } from '../../src/persistence/unassignCells.ts';
import { ADMIN, ORGANIZATION, TARGET_PACKAGE, TEAM_ID } from '../support/world.ts';
import { createLoopWatch } from './loopWatch.ts';
import type { Listening, ServerOrder, StartServer, WorkReport } from './messages.ts';

/** The bot as it runs in production, on its real receiver; bulk operations run in it when ordered. */
const loop = createLoopWatch();
let engine: EngineContext | undefined;
let working: Promise<WorkReport> | undefined;
let resting = false;

process.on('message', async (order: ServerOrder) => {
  if (order.do === 'start') process.send?.(await start(order));
  if (order.do === 'watch') loop.watch();
  if (order.do === 'report') process.send?.(loop.report());
  if (order.do === 'work' && engine) working = work(engine, order.userIds);
  if (order.do === 'rest') {
    resting = true;
    process.send?.(await working);
    resting = false;
  }
});

async function start({ databaseUrl, apiUrl, signingSecret, delivers }: StartServer): Promise<Listening> {
  const context: EngineContext = { database: openDatabase(databaseUrl, { prepares: true }), now: () => new Date() };
  engine = context;
  const log = createLog('error');
  const receiver = new HTTPReceiver({ signingSecret, logger: log.forBolt() });
  const app = createApp({
    ...{
      engine: context,
      receiver,
      log,
      command: '/package',
      undoLimitMs: 0,
      times: { noticeQuiet: 0 },
      backgroundFrom: 500,
      botToken: 'xoxb-bench',
      slackApiUrl: apiUrl,
    },
    workspace: { teamId: TEAM_ID, name: 'Bench', botUserId: 'U0BOT', botId: 'B0BOT' },
    organizationOf: () => organizationById(context, ORGANIZATION),
  });
  if (!delivers) await app.outbox.stop();
  const endpoint = createSlackEndpoint(receiver, context.now);
  const { port } = await listen({ host: '127.0.0.1', port: 0 }, endpoint, (error) => log.error('Failed', error));
  return { port };
}

/** Assigns the target package to everybody, ends it again, and so on; finishes what it is at when told to rest. */
async function work(context: EngineContext, userIds: readonly number[]): Promise<WorkReport> {
  const { prisma } = context.database;
  const target = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, userIds };
  const command = { actor: ADMIN, number: TARGET_PACKAGE, userIds };
  let operations = 0;
  for (; !resting; operations++) {
    const { people, hash } = await countUnassignment(prisma, target);
    if (people > 0) {
      await unassignPackage(context, { ...command, key: randomUUID(), planHash: hash, pastBrake: true });
    } else {
      const choices = { keepPackage: true, exceptions: [] };
      const { hash: planHash } = await countPreflight(prisma, target);
      await assignPackage(context, { ...command, key: randomUUID(), choices, planHash });
    }
  }
  return { operations };
}
