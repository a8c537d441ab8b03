import type pg from 'pg';
import { SEEDED_ROWS } from './seedSql.ts';
import { ORGANIZATION, TARGET_PACKAGE, TARGET_PERMISSIONS } from './world.ts';

/** Tables that only operations write; the trail is append-only, so its guards stand aside for a moment. */
const WRITTEN = [
  'operations',
  'operation_changes',
  'audit_records',
  'outbox',
  'accepted_deviations',
  'access_bursts',
  'access_burst_before',
  'access_burst_cells',
  'unread_histories',
  'drift_marks',
];
const GUARDED = ['operations', 'operation_changes', 'audit_records'];

/**
 * Undoes everything that assigning the target package has done, and leaves tables and statistics as after a quiet night.
 * `members` become members again, with the package's rows, where a bench is to take them away; or former ones.
 */
export async function resetTarget(
  pool: pg.Pool,
  members: readonly number[] = [],
  state: 'active' | 'former' = 'active',
): Promise<void> {
  const client = await pool.connect();
  try {
    const guard = (verb: string) => GUARDED.map((table) => `ALTER TABLE ${table} ${verb} TRIGGER USER`).join('; ');
    await client.query(`${guard('DISABLE')}; TRUNCATE ${WRITTEN.join(', ')} CASCADE; ${guard('ENABLE')}`);
    await client.query('DELETE FROM app_auth WHERE organization_id = $1 AND permission_id = ANY ($2::int[])', [
      ORGANIZATION,
      TARGET_PERMISSIONS,
    ]);
    await client.query(`INSERT INTO app_auth SELECT * FROM ${SEEDED_ROWS}`);
    await client.query('DELETE FROM assignments WHERE organization_id = $1 AND package_number = $2', [
      ORGANIZATION,
      TARGET_PACKAGE,
    ]);
    if (members.length > 0) await makeMembers(client, members, state);
    await client.query('VACUUM ANALYZE app_auth');
    await client.query('VACUUM ANALYZE assignments');
    await client.query(`ANALYZE ${WRITTEN.join(', ')}`);
    // Needs a right that the owner of a database may lack; without it the runs are only less even
    await client.query('CHECKPOINT').catch(() => undefined);
  } finally {
    client.release();
  }
}

async function makeMembers(
  client: pg.PoolClient,
  members: readonly number[],
  state: 'active' | 'former',
): Promise<void> {
  await client.query(
    `INSERT INTO assignments (organization_id, package_number, user_id, state)
     SELECT $1, $2, unnest($3::int[]), $4::assignment_state`,
    [ORGANIZATION, TARGET_PACKAGE, members, state],
  );
  await client.query(
    `INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, active, reason, value, param)
     SELECT $1, m.user_id, pp.permission_id, $2, $4 = 'active',
            CASE WHEN $4 = 'former' THEN 'unassignment'::inactive_reason END, pp.value, pp.param
     FROM unnest($3::int[]) AS m(user_id)
     JOIN package_permissions pp ON pp.organization_id = $1 AND pp.package_number = $2
     ON CONFLICT DO NOTHING`,
    [ORGANIZATION, TARGET_PACKAGE, members, state],
  );
}

/** Everything that an assignment or its end leaves on the target's rows, as one digest. */
export async function digestTarget(pool: pg.Pool): Promise<unknown> {
  const { rows } = await pool.query(
    `SELECT (SELECT count(*)::int FROM app_auth WHERE organization_id = $1 AND permission_id = ANY ($2::int[])) AS rows,
            (SELECT md5(string_agg(concat_ws(':', user_id, permission_id, package_number, active, reason, value, param),
                                   ';' ORDER BY user_id, permission_id))
             FROM app_auth WHERE organization_id = $1 AND permission_id = ANY ($2::int[])) AS content,
            (SELECT md5(string_agg(concat_ws(':', user_id, state), ';' ORDER BY user_id))
             FROM assignments WHERE organization_id = $1 AND package_number = $3) AS members`,
    [ORGANIZATION, TARGET_PERMISSIONS, TARGET_PACKAGE],
  );
  return rows[0];
}
