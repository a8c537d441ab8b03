import { randomUUID } from 'node:crypto';
import { SYNC_CONTROLS, type SyncControl } from '../src/engine/core/cellChoices.ts';
import { syncPackage } from '../src/engine/operations/syncPackage.ts';
import { syncPage } from '../src/engine/readModels/sync.ts';
import { planSync } from '../src/persistence/syncCells.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { compare, type Measured } from './support/compare.ts';
import { digestTarget, resetTarget } from './support/reset.ts';
import {
  ADMIN,
  LARGE_PACKAGE,
  ORGANIZATION,
  peopleIds,
  SMALL_PACKAGE,
  TARGET_PACKAGE,
  TARGET_PERMISSIONS,
} from './support/world.ts';

const LIMIT = 20;
const DRIFTED = TARGET_PERMISSIONS[5] ?? 0;

/** One UPSERT, written by hand: every active member gets the package's value of one permission. */
const UPSERT = `
  INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, active, value, param)
  SELECT s.organization_id, s.user_id, pp.permission_id, $2, true, pp.value, pp.param
  FROM assignments s
  JOIN package_permissions pp ON pp.organization_id = s.organization_id AND pp.package_number = s.package_number
    AND pp.permission_id = $3 AND pp.live
  JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id AND NOT u.founder
  WHERE s.organization_id = $1 AND s.package_number = $2 AND s.state = 'active'
  ORDER BY s.user_id, pp.permission_id
  ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
  SET package_number = EXCLUDED.package_number, active = true, reason = NULL, value = EXCLUDED.value, param = EXCLUDED.param`;

/** Bringing one permission of ten thousand drifted members back, and the pages on which that is decided. */
export const sync: Bench = {
  name: 'sync',
  async run(context) {
    return [await syncOne(context), ...(await pages(context))];
  },
};

async function syncOne({ options, database: { pool, prisma }, engine }: BenchContext): Promise<Measured> {
  const userIds = peopleIds(options.members);
  const choices = chosenBy('eligible');
  const values = [ORGANIZATION, TARGET_PACKAGE, DRIFTED];
  const scope = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, permissionId: DRIFTED, userId: null };
  let planHash = '';
  const measured = await compare({
    label: `sync one permission of ${options.members} drifted members`,
    baseline: { label: 'one UPSERT', run: () => pool.query(UPSERT, values) },
    subject: {
      label: '`syncPackage`',
      run: () =>
        syncPackage(engine, {
          ...{ actor: ADMIN, key: randomUUID(), number: TARGET_PACKAGE, permissionId: DRIFTED, userId: null },
          ...{ choices, planHash },
        }),
    },
    rounds: options.rounds,
    result: () => digestTarget(pool),
    rows: options.members,
    goal: { ratio: 1.5 },
    reset: async () => {
      await resetTarget(pool, userIds);
      await pool.query(`UPDATE app_auth SET value = 'other' WHERE organization_id = $1 AND permission_id = $2`, [
        ...[ORGANIZATION, DRIFTED],
      ]);
      await pool.query('VACUUM ANALYZE app_auth');
      planHash = (await planSync(prisma, scope, choices)).hash;
    },
  });
  await resetTarget(pool);
  return measured;
}

async function pages(context: BenchContext): Promise<Measured[]> {
  const { options, database } = context;
  const permissionOf = async (number: number) => {
    const { permissionId } = await database.prisma.packagePermission.findFirstOrThrow({
      where: { organizationId: ORGANIZATION, packageNumber: number, live: true },
      orderBy: { permissionId: 'asc' },
    });
    return permissionId;
  };
  const small = { number: SMALL_PACKAGE, permissionId: await permissionOf(SMALL_PACKAGE) };
  const large = { number: LARGE_PACKAGE, permissionId: await permissionOf(LARGE_PACKAGE) };
  const deep = Math.floor(options.members / 2);
  const cases = [
    { label: 'first page', filter: {}, offset: 0 },
    { label: 'page in the middle', filter: {}, offset: deep },
    { label: 'filtered by a status', filter: { kinds: ['active'] as const }, offset: 0 },
    { label: 'searched', filter: { text: 'garcia' }, offset: 0 },
  ];
  const measured = [];
  for (const { label, filter, offset } of cases) {
    measured.push(
      await compare({
        label: `sync page, ${label}`,
        baseline: { label: 'first page of 100 members', run: page(context, small, {}, 0) },
        subject: { label: `of ${options.members} members`, run: page(context, large, filter, offset) },
        rounds: options.rounds * 12,
        result: null,
        rows: LIMIT,
        goal: { ratio: 1.5, ms: 10 },
      }),
    );
  }
  return measured;
}

function page(
  { engine, actor }: BenchContext,
  { number, permissionId }: { number: number; permissionId: number },
  filter: { kinds?: readonly 'active'[]; text?: string },
  offset: number,
): () => Promise<unknown> {
  const shown = { kinds: null, text: '', changedSince: null, ...filter };
  const question = { number, permissionId, userId: null };
  return () => syncPage(engine, actor, question, chosenBy('defaults'), { filter: shown, offset, limit: LIMIT });
}

function chosenBy(control: SyncControl) {
  return { kinds: SYNC_CONTROLS[control], text: '', exceptions: [] };
}
