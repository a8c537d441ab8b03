import type { Transaction } from './database.ts';

/** Runs one statement with its parameters and gives the rows: what both Prisma and a plain pg client can do. */
export type RawQuery = (sql: string, parameters: readonly unknown[]) => Promise<unknown[]>;

/** The raw side of a Prisma transaction. */
export function rawQueryOf(transaction: Transaction): RawQuery {
  return (sql, parameters) => transaction.$queryRawUnsafe<unknown[]>(sql, ...parameters);
}
