import type pg from 'pg';
import { mergeOwnedList } from './merge.ts';
import { countsOfOwners, type ImportCounts } from './summary.ts';

/** Makes the meta-permissions of each listed administrator exactly what the file says. */
export async function mergeAdministrators(
  client: pg.ClientBase,
  organizationId: number,
  total: number,
): Promise<ImportCounts> {
  const owners = 'SELECT u.id FROM import_administrators a JOIN import_user_ids u ON u.code = a.user_code';
  const before = await client.query<{ id: number }>(
    `SELECT DISTINCT user_id AS id FROM meta_permissions WHERE organization_id = $1::int AND user_id IN (${owners})`,
    [organizationId],
  );
  const touched = await mergeOwnedList(client, organizationId, {
    table: 'meta_permissions',
    key: ['user_id', 'meta_permission'],
    columns: [],
    from: `SELECT u.id AS user_id, m.meta_permission
           FROM import_meta_permissions m
           JOIN import_administrators a ON a.i = m.i
           JOIN import_user_ids u ON u.code = a.user_code`,
    owner: 'user_id',
    owners,
  });
  const administered = new Set(before.rows.map(({ id }) => id));
  const created = touched.filter((id) => !administered.has(id));
  return countsOfOwners(total, created, touched);
}
