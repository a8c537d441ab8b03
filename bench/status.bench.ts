import type pg from 'pg';
import { statusOfCode } from '../src/persistence/statusCode.ts';
import { countStatuses, selectStatuses } from '../src/persistence/statuses.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { LARGE_PACKAGE, ORGANIZATION, PERMISSIONS_PER_PACKAGE } from './support/world.ts';

/** The by-permission query: the rows on the package's permissions first, then what they mean for each member. */
const CELLS = `
  WITH wanted AS MATERIALIZED (
    SELECT permission_id, value, param, live FROM package_permissions WHERE organization_id = $1 AND package_number = $2
  ),
  person AS MATERIALIZED (
    SELECT s.user_id, u.founder, s.state AS assignment FROM assignments s
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
    WHERE s.organization_id = $1 AND s.package_number = $2
  ),
  held AS (
    SELECT user_id, permission_id, active, reason, package_number, value, param FROM app_auth
    WHERE organization_id = $1 AND permission_id = ANY (ARRAY(SELECT permission_id FROM wanted))
  ),
  by_profile AS MATERIALIZED (
    SELECT DISTINCT pu.user_id, pp.permission_id FROM profile_permissions pp
    JOIN profile_users pu ON pu.organization_id = pp.organization_id AND pu.profile_id = pp.profile_id
    WHERE pp.organization_id = $1 AND pp.permission_id = ANY (ARRAY(SELECT permission_id FROM wanted))
  ),
  by_rule AS MATERIALIZED (
    SELECT gm.user_id, r.permission_id FROM rules r
    JOIN group_members gm ON gm.organization_id = r.organization_id AND gm.group_id = r.group_id
    WHERE r.organization_id = $1 AND r.permission_id = ANY (ARRAY(SELECT permission_id FROM wanted))
    UNION
    SELECT u.id, r.permission_id FROM rules r
    JOIN structures s ON s.organization_id = r.organization_id AND r.structure_id = ANY (s.path)
    JOIN users u ON u.organization_id = s.organization_id AND u.structure_id = s.id
    WHERE r.organization_id = $1 AND r.permission_id = ANY (ARRAY(SELECT permission_id FROM wanted))
  ),
  cell AS (
    SELECT user_id, permission_id, assignment, live, CASE
      WHEN founder THEN 4
      WHEN active AND package_number <> $2 THEN 8
      WHEN active AND package_number = $2 AND NOT live THEN 12
      WHEN active AND package_number = $2 AND held.value = wanted.value AND held.param = wanted.param THEN 16
      WHEN active AND package_number = $2
        THEN 20 + (held.value <> wanted.value)::int + 2 * (held.param <> wanted.param)::int
      WHEN active AND NOT live THEN 24
      WHEN active AND held.value = wanted.value AND held.param = wanted.param THEN 28
      WHEN active THEN 32 + (held.value <> wanted.value)::int + 2 * (held.param <> wanted.param)::int
      WHEN reason = 'manual' THEN 36
      WHEN (user_id, permission_id) IN (SELECT user_id, permission_id FROM by_profile) THEN 40
      WHEN (user_id, permission_id) IN (SELECT user_id, permission_id FROM by_rule) THEN 44
      WHEN reason IS NOT NULL AND NOT live THEN 48
      WHEN assignment = 'former' THEN 52
      ELSE 56 END AS code
    FROM person CROSS JOIN wanted LEFT JOIN held USING (user_id, permission_id)
  )`;

const COUNTS = `${CELLS} SELECT assignment, live, code, count(*)::int AS cells FROM cell GROUP BY 1, 2, 3`;
const ROWS = `${CELLS} SELECT user_id, permission_id, live, code FROM cell ORDER BY 1, 2`;

/** The statuses of a whole package: counted by PostgreSQL, and every cell brought to Node. */
export const status: Bench = {
  name: 'status',
  async run({ options, database: { pool, prisma } }) {
    const values = [ORGANIZATION, LARGE_PACKAGE];
    const cells = PERMISSIONS_PER_PACKAGE * options.members;
    const counts = await compare({
      label: `status counts of ${cells} cells`,
      baseline: { label: 'SQL by permission', run: async () => (await pool.query(COUNTS, values)).rows },
      subject: { label: '`countStatuses`', run: () => countStatuses(prisma, ORGANIZATION, LARGE_PACKAGE) },
      rounds: options.rounds * 3,
      result: tally,
      rows: cells,
      goal: { ratio: 1.15 },
    });
    const rows = await compare({
      label: `statuses of ${cells} cells to Node`,
      baseline: { label: 'the same by the pg driver', run: async () => (await selectByHand(pool, values)).rows },
      subject: { label: '`selectStatuses`', run: () => selectStatuses(prisma, ORGANIZATION, LARGE_PACKAGE) },
      rounds: options.rounds,
      result: everyCell,
      rows: cells,
      goal: { ratio: 1.25 },
    });
    return [counts, rows];
  },
};

function selectByHand(pool: pg.Pool, values: unknown[]) {
  return pool.query<StatusRow>(ROWS, values);
}

interface StatusRow {
  user_id: number;
  permission_id: number;
  live: boolean;
  code: number;
}

/** What either gives, in the words of the product. */
interface Told {
  assignment?: string;
  cells?: number;
  userId?: number;
  permissionId?: number;
  kind?: string;
  divergence?: string | null;
}

function inWords(row: Told & Partial<StatusRow>): Told {
  return row.code === undefined ? row : { ...row, ...statusOfCode(row.code, row.live ?? true) };
}

function tally(given: unknown): Record<string, number> {
  const total: Record<string, number> = {};
  for (const row of given as Told[]) {
    const { assignment, kind, divergence, cells = 0 } = inWords(row);
    const key = `${assignment} ${kind} ${divergence}`;
    total[key] = (total[key] ?? 0) + cells;
  }
  return Object.fromEntries(Object.entries(total).sort());
}

function everyCell(given: unknown): string[] {
  return (given as (Told & Partial<StatusRow>)[]).map((row) => {
    const { kind, divergence } = inWords(row);
    return `${row.userId ?? row.user_id} ${row.permissionId ?? row.permission_id} ${kind} ${divergence}`;
  });
}
