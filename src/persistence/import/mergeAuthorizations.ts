import type pg from 'pg';
import { merge } from './merge.ts';
import { countsOf, type ImportCounts } from './summary.ts';

const ROWS = `
  SELECT r.user_id, r.permission_id, t.package_number, t.active, t.reason, t.value, t.param
  FROM import_rows r JOIN import_terms t ON t.id = r.terms`;

/** Writes the resolved authorizations. A row that changes is no longer what was accepted as a deviation. */
export async function mergeAuthorizations(
  client: pg.ClientBase,
  organizationId: number,
  total: number,
): Promise<ImportCounts> {
  await client.query(
    `DELETE FROM accepted_deviations d USING (${ROWS}) s, app_auth t
     WHERE d.organization_id = $1::int AND d.user_id = s.user_id AND d.permission_id = s.permission_id
       AND t.organization_id = $1::int AND t.user_id = s.user_id AND t.permission_id = s.permission_id
       AND (t.package_number, t.active, t.reason, t.value, t.param) IS DISTINCT FROM
           (s.package_number, s.active, s.reason, s.value, s.param)`,
    [organizationId],
  );
  const merged = await merge(client, organizationId, {
    table: 'app_auth',
    key: ['user_id', 'permission_id'],
    columns: ['package_number', 'active', 'reason', 'value', 'param'],
    from: ROWS,
    besides: { operation_id: 'NULL' },
  });
  return countsOf(total, merged.created, merged.changed);
}
