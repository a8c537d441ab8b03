import pg from 'pg';
import { lockOrganization } from '../../src/persistence/organizationLock.ts';

/** A transaction of somebody else. */
export interface Held {
  /** Ends it. */
  release(): Promise<void>;
}

/** Keeps the writers of an organization waiting, as another operation would. */
export function holdOrganization(url: string, organizationId: number): Promise<Held> {
  return hold(url, (client) =>
    lockOrganization(async (sql, parameters) => (await client.query(sql, [...parameters])).rows, organizationId),
  );
}

/** Keeps everybody waiting who wants to change this row of `background_operations`. */
export function holdBackgroundRow(url: string, key: string): Promise<Held> {
  return hold(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM background_operations WHERE key = $1::uuid FOR UPDATE', [key]);
    if (rowCount !== 1) throw new Error(`There is no background operation ${key} to hold`);
  });
}

async function hold(url: string, take: (client: pg.Client) => Promise<unknown>): Promise<Held> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  await take(client);
  return {
    async release() {
      await client.query('COMMIT');
      await client.end();
    },
  };
}
