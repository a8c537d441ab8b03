import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { assignPackage } from '../src/engine/operations/assignPackage.ts';
import { createRequest } from '../src/engine/operations/createRequest.ts';
import { grantPermission } from '../src/engine/operations/grantPermission.ts';
import { planGrant } from '../src/engine/operations/planGrant.ts';
import { scanDrift } from '../src/engine/operations/scanDrift.ts';
import { countPreflight } from '../src/persistence/assignCells.ts';
import { type Child, startChild } from './slack/child.ts';
import type { Listening } from './slack/messages.ts';
import { signedPost } from './slack/signedPost.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { compare, type Measured } from './support/compare.ts';
import { resetTarget } from './support/reset.ts';
import { ADMIN, LARGE_PACKAGE, ORGANIZATION, peopleIds, TARGET_PACKAGE, TEAM_ID } from './support/world.ts';

/** People of the larger request: more, and a worker's own time outweighs everything else. */
const MANY = 1_000;

/** Who approves: nobody else of the seed has the right. */
const APPROVER = { userId: 3, slackUserId: 'U00000003' };

const CHANNEL = 'C0DRIFT';

interface Bot {
  port: number;
  signingSecret: string;
}

/**
 * From the approver's click, sent to the bot's own receiver, until what was asked for is applied by its worker, beside the
 * same assignment made at once; and from a change by hand until the message about drift stands in the channel.
 */
export const approval: Bench = {
  name: 'approval',
  async run(context) {
    const { pool } = context.database;
    const slack = startChild(new URL('./slack/fakeSlack.process.ts', import.meta.url));
    const child = startChild(new URL('./slack/bot.process.ts', import.meta.url));
    try {
      await resetTarget(pool);
      await prepare(context);
      const { port: slackPort } = await slack.ask<Listening>({ do: 'start' });
      const bot = await startBot(child, context.url, slackPort);
      return [await approve(context, bot, 1), await approve(context, bot, MANY), await digest(context)];
    } finally {
      await Promise.all([child.stop(), slack.stop()]);
      await pool.query('DELETE FROM drift_channels WHERE organization_id = $1', [ORGANIZATION]);
      await resetTarget(pool);
    }
  },
};

/** Somebody who may approve, a channel for drift, and a baseline of what has drifted. */
async function prepare({ database: { pool }, engine }: BenchContext): Promise<void> {
  await pool.query(
    `INSERT INTO meta_permissions (organization_id, user_id, meta_permission)
     VALUES ($1, $2, 'approve'), ($1, $3, 'manage_permissions') ON CONFLICT DO NOTHING`,
    [ORGANIZATION, APPROVER.userId, ADMIN.userId],
  );
  await pool.query('UPDATE users SET slack_user_id = $3 WHERE organization_id = $1 AND id = $2', [
    ...[ORGANIZATION, APPROVER.userId, APPROVER.slackUserId],
  ]);
  await pool.query(
    `INSERT INTO drift_channels (organization_id, package_number, channel) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [ORGANIZATION, LARGE_PACKAGE, CHANNEL],
  );
  await scanDrift(engine, ORGANIZATION);
}

async function startBot(child: Child, databaseUrl: string, slackPort: number): Promise<Bot> {
  const signingSecret = randomUUID();
  const apiUrl = `http://127.0.0.1:${slackPort}/api/`;
  const { port } = await child.ask<Listening>({ do: 'start', databaseUrl, apiUrl, signingSecret, delivers: true });
  return { port, signingSecret };
}

async function approve({ database, engine, options }: BenchContext, bot: Bot, people: number): Promise<Measured> {
  const { prisma, pool } = database;
  const userIds = peopleIds(people);
  const target = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, userIds };
  const choices = { keepPackage: false, exceptions: [] };
  let requestId = 0;
  let planHash = '';

  async function click(): Promise<void> {
    const about = { requestId, revision: 1 };
    const payload = {
      ...{ type: 'block_actions', team: { id: TEAM_ID }, user: { id: APPROVER.slackUserId, team_id: TEAM_ID } },
      ...{ api_app_id: 'A0BENCH', trigger_id: '1.1.bench' },
      actions: [{ type: 'button', action_id: 'request_approve', block_id: 'b', value: JSON.stringify(about) }],
    };
    const status = await signedPost(bot, { payload: JSON.stringify(payload) });
    if (status !== 200) throw new Error(`The click was answered with ${status}`);
    await until(async () => {
      const { rows } = await pool.query('SELECT state FROM requests WHERE organization_id = $1 AND id = $2', [
        ...[ORGANIZATION, requestId],
      ]);
      return rows[0]?.state === 'applied';
    });
  }

  return compare({
    label: `approval of an assignment to ${people === 1 ? '1 person' : `${people} people`}, click to applied`,
    baseline: {
      label: '`assignPackage` at once',
      run: () =>
        assignPackage(engine, {
          ...{ actor: ADMIN, key: randomUUID(), number: TARGET_PACKAGE, userIds },
          ...{ choices, planHash },
        }),
    },
    subject: { label: 'plan anew, decide, worker, apply', run: click },
    rounds: options.rounds,
    rows: people * 20,
    result: async () =>
      (await pool.query('SELECT count(*)::int FROM assignments WHERE package_number = $1', [TARGET_PACKAGE])).rows,
    reset: async () => {
      await settled(pool);
      await resetTarget(pool);
      const wanted = { number: TARGET_PACKAGE, userIds, choices, planHash: '' };
      const asked = await createRequest(
        { ...engine, userGroupMembers: async () => [] },
        { actor: ADMIN, key: randomUUID(), kind: 'assign_package', wanted, reason: 'Bench' },
      );
      requestId = asked.outcome.requestId;
      planHash = (await countPreflight(prisma, target)).hash;
    },
  });
}

/** Toggles the value of one member's permission by hand, so that each round is news. */
async function digest({ database, engine, options }: BenchContext): Promise<Measured> {
  const { pool, prisma } = database;
  const { rows } = await pool.query<{ user_id: number; permission_id: number; levels: string[] }>(
    `SELECT s.user_id, p.id AS permission_id, p.levels
     FROM assignments s
     JOIN package_permissions pp ON pp.organization_id = s.organization_id AND pp.package_number = s.package_number AND pp.live
     JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
     JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id AND NOT u.founder AND u.left_at IS NULL
     WHERE s.organization_id = $1 AND s.package_number = $2 AND s.state = 'active' AND cardinality(p.levels) > 1
     ORDER BY 1, 2 LIMIT 1`,
    [ORGANIZATION, LARGE_PACKAGE],
  );
  const [cell] = rows;
  if (!cell) throw new Error('The seed has no member with a permission of several levels.');
  let round = 0;
  const grant = async () => {
    const value = cell.levels[round++ % 2] ?? '';
    const wanted = {
      ...{ userId: cell.user_id, permissionId: cell.permission_id },
      change: { kind: 'set' as const, value, structures: [] },
    };
    const { plan } = await planGrant(prisma, ORGANIZATION, wanted);
    await grantPermission(engine, { actor: ADMIN, key: randomUUID(), ...wanted, planHash: plan.hash });
  };
  const shownAt = async () => {
    const found = await pool.query<{ at: Date | null }>(
      `SELECT max(shown_at) AS at FROM posted_messages WHERE organization_id = $1 AND place = $2`,
      [ORGANIZATION, `channel:${CHANNEL}`],
    );
    return found.rows[0]?.at?.getTime() ?? 0;
  };
  return compare({
    label: 'from a change by hand to the message about drift',
    baseline: { label: '`grantPermission` alone', run: grant },
    subject: {
      label: 'until it stands in the channel',
      run: async () => {
        const before = await shownAt();
        await grant();
        await until(async () => (await shownAt()) > before);
      },
    },
    rounds: options.rounds,
    result: null,
    reset: async () => {
      await settled(pool);
      // A channel takes one message a second; that wait is no part of the latency of one piece of news
      await delay(1_100);
    },
  });
}

/** Waits until the bot has told all that there is to tell, so that no round pays for the one before. */
const settled = (pool: BenchContext['database']['pool']) =>
  until(async () => {
    const { rows } = await pool.query<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT FROM outbox WHERE delivered_at IS NULL) OR EXISTS (SELECT FROM drift_marks)
         OR EXISTS (SELECT FROM graphile_worker.jobs WHERE locked_at IS NOT NULL) AS waiting`,
    );
    return rows[0]?.waiting === false;
  });

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('Waited a minute in vain');
    await delay(2);
  }
}
