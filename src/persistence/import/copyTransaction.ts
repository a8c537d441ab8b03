import type pg from 'pg';
import type { Database } from '../database.ts';
import type { RawQuery } from '../rawQuery.ts';
import { CopyWriter } from './copyWriter.ts';

/** A transaction on a connection of its own: Prisma's take no COPY. */
export interface CopyTransaction {
  client: pg.PoolClient;
  query: RawQuery;
  writer: CopyWriter;
}

/**
 * Runs `work` in one transaction that can copy whole files into tables.
 * @param work returns its result, and whether what it did is to be kept; what it throws takes everything back.
 */
export async function inCopyTransaction<T>(
  { pool }: Database,
  work: (transaction: CopyTransaction) => Promise<{ result: T; keep: boolean }>,
): Promise<T> {
  const client = await pool.connect();
  const writer = new CopyWriter(client);
  const query: RawQuery = async (sql, parameters) => (await client.query(sql, [...parameters])).rows;
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const { result, keep } = await work({ client, query, writer });
    await client.query(keep ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (error) {
    await writer.settle();
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
