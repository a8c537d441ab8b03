import { randomUUID } from 'node:crypto';
import { assignPackage } from '../src/engine/operations/assignPackage.ts';
import { scanDrift } from '../src/engine/operations/scanDrift.ts';
import { settleDrift } from '../src/engine/operations/settleDrift.ts';
import { countPreflight } from '../src/persistence/assignCells.ts';
import { markDrift } from '../src/persistence/drift/driftMarks.ts';
import { rawQueryOf } from '../src/persistence/rawQuery.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { compare, type Measured } from './support/compare.ts';
import { copyOrganization } from './support/copy.ts';
import { resetTarget } from './support/reset.ts';
import { ADMIN, ORGANIZATION, peopleIds, TARGET_PACKAGE } from './support/world.ts';

/** A second organization: the first thousand people of the seed, and everything that they have. */
const SMALL = 2;
const SMALL_PEOPLE = 1_000;
/** The person whose rights change: a member of the large package, and of others. */
const PERSON = 150;
/** An operation that there is not, whose history names the person. */
const OPERATION = 2_000_000_000;

/** Looking again at one changed person, which does not depend on how many there are; and what the mark costs that leads to it. */
export const driftMark: Bench = {
  name: 'driftMark',
  async run(context) {
    const { options, engine } = context;
    const { pool } = context.database;
    await copyOrganization(pool, { id: SMALL, people: SMALL_PEOPLE });
    for (const id of [ORGANIZATION, SMALL]) {
      await pool.query(
        `INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership)
         VALUES ($1, $2, $3, '', '', 'unchanged') ON CONFLICT DO NOTHING`,
        [id, OPERATION, PERSON],
      );
      await scanDrift(engine, id);
    }
    await pool.query('VACUUM ANALYZE drift_cells');
    const settle = (id: number) => async () => {
      await settleDrift(engine, id);
    };
    const measured = await compare({
      label: 'drift after one changed person',
      baseline: { label: `of ${SMALL_PEOPLE} people`, run: settle(SMALL) },
      subject: { label: `of ${options.users} people`, run: settle(ORGANIZATION) },
      rounds: options.rounds * 12,
      result: null,
      reset: async () => {
        await pool.query(
          `UPDATE app_auth SET value = CASE value WHEN 'other' THEN 'view' ELSE 'other' END
           WHERE organization_id = ANY ($1::int[]) AND user_id = $2`,
          [[ORGANIZATION, SMALL], PERSON],
        );
        await pool.query(
          `INSERT INTO drift_marks (organization_id, operation_id) SELECT unnest($1::int[]), $2
           WHERE NOT EXISTS (SELECT FROM drift_marks)`,
          [[ORGANIZATION, SMALL], OPERATION],
        );
      },
      goal: { ratio: 1.3 },
    });
    await settleDrift(engine, ORGANIZATION);
    return [measured, await marking(context)];
  },
};

/** What an assignment pays for its mark: one row and one job, however many people it is about. */
async function marking({ options, database: { pool, prisma }, engine }: BenchContext): Promise<Measured> {
  const userIds = peopleIds(options.members);
  const choices = { keepPackage: false, exceptions: [] };
  let planHash = '';
  const measured = await compare({
    label: `marking the drift of an assignment to ${options.members} people`,
    baseline: {
      label: '`assignPackage`, its mark included',
      run: () =>
        assignPackage(engine, {
          ...{ actor: ADMIN, key: randomUUID(), number: TARGET_PACKAGE },
          ...{ userIds, choices, planHash },
        }),
    },
    subject: {
      label: 'the mark alone',
      run: () =>
        markDrift(rawQueryOf(prisma), { organizationId: ORGANIZATION, operationId: OPERATION, packageNumber: null }),
    },
    rounds: options.rounds,
    result: null,
    reset: async () => {
      await resetTarget(pool);
      const target = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, userIds };
      planHash = (await countPreflight(prisma, target)).hash;
    },
  });
  await resetTarget(pool);
  return measured;
}
