import { z } from 'zod';
import type { RawQuery } from '../rawQuery.ts';
import { report } from './checkFile.ts';
import type { ProblemList } from './problems.ts';

/** Tables whose rows hold a value and a parameter of a permission, and how one of their rows is called. */
const GRANTED_BY = [
  { table: 'app_auth', word: 'authorizations' },
  { table: 'package_permissions', word: 'package permissions' },
  { table: 'profile_permissions', word: 'profile permissions' },
  { table: 'rules', word: 'rules' },
];

const Narrowed = z.array(z.object({ id: z.number() }));

/** Permissions that lose a level, or no longer take structures. To be asked before anything is merged. */
export async function findNarrowedPermissions(query: RawQuery, organizationId: number): Promise<number[]> {
  const rows = await query(
    `SELECT t.id
     FROM import_permission_ids k
     JOIN permissions t ON t.organization_id = $1::int AND t.id = k.id
     WHERE NOT t.levels <@ k.levels OR (t.scope = 'structures' AND k.scope = 'none')`,
    [organizationId],
  );
  return Narrowed.parse(rows).map(({ id }) => id);
}

/**
 * Nothing that the file does not list may still hold what its permission lost. To be asked when everything has been
 * merged: what is wrong then is not of the file.
 */
export async function checkLeftOvers(
  query: RawQuery,
  organizationId: number,
  narrowed: readonly number[],
  problems: ProblemList,
): Promise<void> {
  if (narrowed.length === 0) return;
  for (const { table, word } of GRANTED_BY) {
    await report(
      query,
      `SELECT k.i, k.j, format('applications[%s].permissions[%s].levels', k.i, k.j) AS place,
              format('"%s" is still the value of %s ${word} that this file does not list', t.value, count(*)) AS message
       FROM import_permission_ids k
       JOIN ${table} t ON t.organization_id = $1::int AND t.permission_id = k.id AND t.value <> ALL (k.levels)
       WHERE k.id = ANY ($2::int[])
       GROUP BY k.i, k.j, t.value
       UNION ALL
       SELECT k.i, k.j, format('applications[%s].permissions[%s].scope', k.i, k.j),
              format('%s ${word} that this file does not list still name structures', count(*))
       FROM import_permission_ids k
       JOIN ${table} t ON t.organization_id = $1::int AND t.permission_id = k.id AND t.param <> ''
       WHERE k.id = ANY ($2::int[]) AND k.scope = 'none'
       GROUP BY k.i, k.j`,
      [organizationId, narrowed],
      problems,
    );
  }
}
