import { scanDrift } from '../src/engine/operations/scanDrift.ts';
import { settleDrift } from '../src/engine/operations/settleDrift.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { copyOrganization } from './support/copy.ts';
import { ORGANIZATION } from './support/world.ts';

/** A second organization: the first thousand people of the seed, and everything that they have. */
const SMALL = 2;
const SMALL_PEOPLE = 1_000;
/** The person whose rights change: a member of the large package, and of others. */
const PERSON = 150;
/** An operation that there is not, whose history names the person. */
const OPERATION = 2_000_000_000;

/** Looking again at one changed person: what it costs does not depend on how many there are. */
export const driftMark: Bench = {
  name: 'driftMark',
  async run({ options, database: { pool }, engine }) {
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
    return [measured];
  },
};
