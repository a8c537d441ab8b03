import type pg from 'pg';
import { ORGANIZATION } from './world.ts';

/** A further organization: the first people of the seed, and everything that they have. */
export interface Copy {
  id: number;
  people: number;
  /** Told of it after it was made, before anything is measured. */
  change?: (pool: pg.Pool) => Promise<unknown>;
}

/** Makes a copy of the seeded organization, unless it is there. */
export async function copyOrganization(pool: pg.Pool, { id, people, change }: Copy): Promise<void> {
  const { rowCount } = await pool.query('SELECT FROM organizations WHERE id = $1', [id]);
  if (rowCount === 1) return;
  await pool.query(
    `INSERT INTO organizations (id, name, time_zone, locale) VALUES ($1::int, 'Copy ' || $1::int, 'Europe/Madrid', 'en')`,
    [id],
  );
  const copied = [
    ...[
      { table: 'structures', of: '' },
      { table: 'users', of: `AND id <= ${people}` },
    ],
    ...['applications', 'permissions', 'packages', 'package_permissions'].map((table) => ({ table, of: '' })),
    ...['assignments', 'app_auth'].map((table) => ({ table, of: `AND user_id <= ${people}` })),
  ];
  for (const { table, of } of copied) {
    await pool.query(`
      CREATE TEMPORARY TABLE copied AS SELECT * FROM ${table} WHERE organization_id = ${ORGANIZATION} ${of};
      UPDATE copied SET organization_id = ${id};
      INSERT INTO ${table} SELECT * FROM copied;
      DROP TABLE copied`);
  }
  await change?.(pool);
  await pool.query('VACUUM ANALYZE');
}
