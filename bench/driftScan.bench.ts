import { scanDrift } from '../src/engine/operations/scanDrift.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { copyOrganization } from './support/copy.ts';

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

/** A copy of the seed in which one of fifty people drifts: in the seed itself hardly any membership is all in line. */
const QUIET = 3;

const BRING_IN_LINE = `
  INSERT INTO app_auth AS held (organization_id, user_id, permission_id, package_number, active, value, param)
  SELECT DISTINCT ON (s.user_id, pp.permission_id) s.organization_id, s.user_id, pp.permission_id, s.package_number, true,
         pp.value, pp.param
  FROM assignments s
  JOIN package_permissions pp ON pp.organization_id = s.organization_id AND pp.package_number = s.package_number AND pp.live
  WHERE s.organization_id = ${QUIET} AND s.state = 'active' AND s.user_id % 50 <> 0
  ORDER BY s.user_id, pp.permission_id, s.package_number
  ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
  SET package_number = EXCLUDED.package_number, active = true, reason = NULL, value = EXCLUDED.value, param = EXCLUDED.param`;

/** A full scan that finds everything as it is written down, as on most nights. */
export const driftScan: Bench = {
  name: 'driftScan',
  async run({ options, database: { pool }, engine }) {
    await copyOrganization(pool, {
      ...{ id: QUIET, people: options.users },
      change: () => pool.query(BRING_IN_LINE),
    });
    await scanDrift(engine, QUIET);
    await pool.query('VACUUM ANALYZE drift_cells');
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int FROM app_auth WHERE organization_id = ${QUIET}`,
    );
    const scan = await compare({
      label: `drift scan of ${options.packages} packages, ${options.users} people`,
      baseline: {
        label: 'app_auth-driven query, counts alone',
        run: async () => {
          const client = await pool.connect();
          try {
            await client.query(`BEGIN; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`);
            return (await client.query<{ cells: number }>(BY_HAND, [QUIET])).rows[0]?.cells;
          } finally {
            await client.query('ROLLBACK');
            client.release();
          }
        },
      },
      subject: { label: '`scanDrift`', run: async () => (await scanDrift(engine, QUIET)).cells },
      rounds: options.rounds,
      ...(rows[0] && { rows: rows[0].count }),
      goal: { ratio: 1.3 },
    });
    return [scan];
  },
};
