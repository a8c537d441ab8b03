import { scanDrift } from '../src/engine/operations/scanDrift.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { ORGANIZATION } from './support/world.ts';

/** Driven from the authorizations: the rows that are as their package says, taken off what there would be without drift. */
const BY_HAND = `
  WITH live AS (
    SELECT package_number, count(*) AS cells FROM package_permissions
    WHERE organization_id = $1 AND live GROUP BY package_number
  ),
  member AS MATERIALIZED (
    SELECT s.package_number, s.user_id FROM assignments s
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number AND k.state = 'active'
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id AND NOT u.founder AND u.left_at IS NULL
    WHERE s.organization_id = $1 AND s.state = 'active'
  ),
  in_line AS (
    SELECT held.package_number, count(*) AS cells
    FROM app_auth held
    JOIN package_permissions wanted ON wanted.organization_id = held.organization_id
      AND wanted.package_number = held.package_number AND wanted.permission_id = held.permission_id
      AND wanted.live AND wanted.value = held.value AND wanted.param = held.param
    JOIN member ON member.package_number = held.package_number AND member.user_id = held.user_id
    WHERE held.organization_id = $1 AND held.active
    GROUP BY held.package_number
  )
  SELECT sum(people.members * live.cells - coalesce(in_line.cells, 0))::int AS cells
  FROM (SELECT package_number, count(*) AS members FROM member GROUP BY package_number) people
  JOIN live USING (package_number) LEFT JOIN in_line USING (package_number)`;

/** A full scan that finds everything as it is written down, as on most nights. */
export const driftScan: Bench = {
  name: 'driftScan',
  async run({ options, database: { pool }, engine }) {
    await scanDrift(engine, ORGANIZATION);
    await pool.query('VACUUM ANALYZE drift_cells');
    const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int FROM app_auth');
    const scan = await compare({
      label: `drift scan of ${options.packages} packages, ${options.users} people`,
      baseline: {
        label: 'app_auth-driven query, counts alone',
        run: async () => {
          const client = await pool.connect();
          try {
            await client.query(`BEGIN; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`);
            return (await client.query<{ cells: number }>(BY_HAND, [ORGANIZATION])).rows[0]?.cells;
          } finally {
            await client.query('ROLLBACK');
            client.release();
          }
        },
      },
      subject: { label: '`scanDrift`', run: async () => (await scanDrift(engine, ORGANIZATION)).cells },
      rounds: options.rounds,
      ...(rows[0] && { rows: rows[0].count }),
      goal: { ratio: 1.3 },
    });
    return [scan];
  },
};
