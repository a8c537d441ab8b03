import type pg from 'pg';

/** How one table takes over what the file says. */
export interface Merge {
  table: string;
  /** Columns that identify a row within the organization. */
  key: readonly string[];
  /** Columns that the file decides. */
  columns: readonly string[];
  /** A query that gives key and columns. */
  from: string;
  /** What a changed row is set to besides, and what a new row gets besides: constants, by column. */
  besides?: Readonly<Record<string, string>>;
  /** A column whose values of the written rows are wanted. */
  returning?: string;
}

/** Rows written by a merge, and their `returning` values where asked for. */
export interface Merged {
  created: number;
  changed: number;
  createdIds: number[];
  changedIds: number[];
}

/**
 * Updates the rows that differ and inserts those that are missing; a row that is the same already is not even locked.
 * The organization's lock is held, so that nobody else writes between the two statements.
 */
export async function merge(client: pg.ClientBase, organizationId: number, spec: Merge): Promise<Merged> {
  const changed = await client.query(updateOf(spec), [organizationId]);
  const created = await client.query(insertOf(spec), [organizationId]);
  return {
    created: created.rowCount ?? 0,
    changed: changed.rowCount ?? 0,
    createdIds: created.rows.map(({ id }: { id: number }) => id),
    changedIds: changed.rows.map(({ id }: { id: number }) => id),
  };
}

function updateOf({ table, key, columns, from, besides = {}, returning }: Merge): string {
  if (columns.length === 0) return 'SELECT WHERE $1::int IS NULL';
  const assignments = [
    ...columns.map((column) => `${column} = s.${column}`),
    ...Object.entries(besides).map(([column, value]) => `${column} = ${value}`),
  ];
  return `
    UPDATE ${table} t SET ${assignments.join(', ')}
    FROM (${from}) s
    WHERE t.organization_id = $1::int AND ${matching(key)}
      AND (${columns.map((column) => `t.${column}`).join(', ')}) IS DISTINCT FROM
          (${columns.map((column) => `s.${column}`).join(', ')})
    ${returning ? `RETURNING t.${returning} AS id` : ''}`;
}

function insertOf({ table, key, columns, from, besides = {}, returning }: Merge): string {
  const own = [...key, ...columns];
  return `
    INSERT INTO ${table} (organization_id, ${[...own, ...Object.keys(besides)].join(', ')})
    SELECT $1::int, ${[...own.map((column) => `s.${column}`), ...Object.values(besides)].join(', ')}
    FROM (${from}) s
    WHERE NOT EXISTS (SELECT FROM ${table} t WHERE t.organization_id = $1::int AND ${matching(key)})
    ORDER BY ${key.map((column) => `s.${column}`).join(', ')}
    ${returning ? `RETURNING ${returning} AS id` : ''}`;
}

function matching(key: readonly string[]): string {
  return key.map((column) => `t.${column} = s.${column}`).join(' AND ');
}

/** A list that belongs to an element: what the file does not list is taken out of it. */
export interface OwnedList extends Omit<Merge, 'returning' | 'besides'> {
  /** The key column that holds the owner's id. */
  owner: string;
  /** A query of the ids of the owners that the file has. */
  owners: string;
}

/** Makes owned lists exactly what the file says. @returns the owners whose list changed. */
export async function mergeOwnedList(
  client: pg.ClientBase,
  organizationId: number,
  { owner, owners, ...spec }: OwnedList,
): Promise<number[]> {
  const removed = await client.query<{ id: number }>(
    `DELETE FROM ${spec.table} t
     WHERE t.organization_id = $1::int AND t.${owner} IN (${owners})
       AND NOT EXISTS (SELECT FROM (${spec.from}) s WHERE ${matching(spec.key)})
     RETURNING t.${owner} AS id`,
    [organizationId],
  );
  const { createdIds, changedIds } = await merge(client, organizationId, { ...spec, returning: owner });
  return [...new Set([...removed.rows.map(({ id }) => id), ...createdIds, ...changedIds])];
}
