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

/** Keeps everybody waiting who wants to write into a table. */
export function holdTable(url: string, table: string): Promise<Held> {
  return hold(url, (client) => client.query(`LOCK TABLE ${table} IN SHARE MODE`));
}

/** Lets no worker begin a job of an organization; nobody waits for it. */
export function holdJobs(url: string, organizationId: number): Promise<Held> {
  return hold(url, async (client) => {
    const queue = `organization:${organizationId}`;
    const known = 'SELECT FROM graphile_worker._private_job_queues WHERE queue_name = $1 FOR UPDATE';
    if ((await client.query(known, [queue])).rowCount === 1) return;
    // Whoever puts in the first job would wait for a queue that is not committed
    await client.query('INSERT INTO graphile_worker._private_job_queues (queue_name) VALUES ($1)', [queue]);
    await client.query('COMMIT');
    await client.query('BEGIN');
    await client.query(known, [queue]);
  });
}

/** Keeps a worker waiting that wants to tell the queue that this job is done. */
export function holdJob(url: string, key: string): Promise<Held> {
  return hold(url, async (client) => {
    const job = 'SELECT FROM graphile_worker._private_jobs WHERE key = $1 FOR UPDATE';
    if ((await client.query(job, [key])).rowCount !== 1) throw new Error(`There is no job ${key} to hold`);
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
