import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { assignPackage } from '../src/engine/operations/assignPackage.ts';
import { countPreflight } from '../src/persistence/assignCells.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { digestTarget, resetTarget } from './support/reset.ts';
import { ADMIN, ORGANIZATION, PERMISSIONS_PER_PACKAGE, peopleIds, TARGET_PACKAGE } from './support/world.ts';

/** The people who would join, and what stands in the way of what the package gives; used by both statements below. */
const PERSON_AND_WANTED = `
  person AS (
    SELECT u.id AS user_id FROM users u
    WHERE u.organization_id = $1 AND u.id = ANY ($3::int[]) AND NOT u.founder
      AND NOT EXISTS (SELECT FROM assignments s WHERE s.organization_id = $1 AND s.package_number = $2
                      AND s.user_id = u.id AND s.state = 'active')
  ),
  wanted AS (
    SELECT permission_id, value, param FROM package_permissions
    WHERE organization_id = $1 AND package_number = $2 AND live
  )`;

const PREFLIGHT = `
  WITH ${PERSON_AND_WANTED},
  granted AS (
    SELECT pu.user_id, pp.permission_id FROM profile_users pu
    JOIN profile_permissions pp ON pp.organization_id = pu.organization_id AND pp.profile_id = pu.profile_id
    WHERE pu.organization_id = $1 AND pp.permission_id IN (SELECT permission_id FROM wanted)
    UNION
    SELECT gm.user_id, r.permission_id FROM rules r
    JOIN group_members gm ON gm.organization_id = r.organization_id AND gm.group_id = r.group_id
    WHERE r.organization_id = $1 AND r.permission_id IN (SELECT permission_id FROM wanted)
    UNION
    SELECT u.id, r.permission_id FROM rules r
    JOIN structures s ON s.organization_id = r.organization_id AND r.structure_id = ANY (s.path)
    JOIN users u ON u.organization_id = s.organization_id AND u.structure_id = s.id
    WHERE r.organization_id = $1 AND r.permission_id IN (SELECT permission_id FROM wanted)
  )
  SELECT count(*)::int AS cells,
         count(*) FILTER (WHERE held.active AND held.package_number IS DISTINCT FROM $2 OR held.reason = 'manual'
                            OR granted.user_id IS NOT NULL)::int AS conflicts
  FROM person CROSS JOIN wanted
  LEFT JOIN app_auth held ON held.organization_id = $1 AND held.user_id = person.user_id
    AND held.permission_id = wanted.permission_id
  LEFT JOIN granted ON granted.user_id = person.user_id AND granted.permission_id = wanted.permission_id`;

const WRITE = `
  WITH ${PERSON_AND_WANTED},
  joined AS (
    INSERT INTO assignments (organization_id, package_number, user_id, state)
    SELECT $1, $2, user_id, 'active' FROM person ORDER BY user_id
    ON CONFLICT (organization_id, package_number, user_id) DO UPDATE SET state = 'active'
  )
  INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, active, value, param)
  SELECT $1, user_id, permission_id, $2, true, value, param FROM person CROSS JOIN wanted
  ORDER BY user_id, permission_id
  ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
  SET package_number = EXCLUDED.package_number, active = true, reason = NULL, value = EXCLUDED.value,
      param = EXCLUDED.param`;

/** Assigning a package of 20 permissions, from the confirmed plan to the commit. */
export const assign: Bench = {
  name: 'assign',
  async run({ options, database: { pool, prisma }, engine }) {
    const userIds = peopleIds(options.members);
    const target = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, userIds };
    const command = { actor: ADMIN, number: TARGET_PACKAGE, userIds };
    const values = [ORGANIZATION, TARGET_PACKAGE, userIds];
    const cells = PERMISSIONS_PER_PACKAGE * options.members;
    const size = `${PERMISSIONS_PER_PACKAGE} × ${options.members}`;
    await resetTarget(pool);
    let planHash = (await countPreflight(prisma, target)).hash;
    const choices = { keepPackage: true, exceptions: [] };
    const preflight = await compare({
      label: `preflight of ${size}`,
      baseline: { label: 'SQL query', run: async () => (await pool.query(PREFLIGHT, values)).rows[0]?.conflicts },
      subject: { label: '`countPreflight`', run: async () => (await countPreflight(prisma, target)).conflicts },
      rounds: options.rounds,
      rows: cells,
    });
    const common = {
      baseline: { label: 'preflight query + INSERT … SELECT', run: () => writeByHand(pool, values) },
      subject: {
        label: '`assignPackage`',
        run: () => assignPackage(engine, { ...command, key: randomUUID(), choices, planHash }),
      },
      rounds: options.rounds,
      result: () => digestTarget(pool),
      rows: cells,
      goal: { ratio: 1.5 },
    };
    const written = await compare({ ...common, label: `assign ${size}`, reset: () => resetTarget(pool) });
    const again = await compare({
      ...common,
      label: `assign ${size} former members`,
      reset: async () => {
        await resetTarget(pool, userIds, 'former');
        planHash = (await countPreflight(prisma, target)).hash;
      },
    });
    await resetTarget(pool);
    return [preflight, written, again];
  },
};

async function writeByHand(pool: pg.Pool, values: unknown[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(PREFLIGHT, values);
    await client.query(WRITE, values);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
