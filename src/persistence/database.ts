import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from './generated/client.ts';

export { Prisma };

/** The client, or the client inside a transaction: what every function of this folder takes first. */
export type Queryable = Prisma.TransactionClient;

/** A transaction that an operation opened. */
export type Transaction = Prisma.TransactionClient;

/** Begins a statement that reads little, whatever its parameters are: one plan fits every run of it. */
export const BRIEF = Prisma.raw('/* brief */');

/** The name under which a brief statement is kept prepared; empty for any other, which has none. */
function nameOfBrief(sql: string): string {
  return sql.trimStart().startsWith(BRIEF.sql)
    ? `brief_${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`
    : '';
}

export interface Database {
  prisma: PrismaClient;
  /** For COPY, which Prisma does not speak. */
  pool: pg.Pool;
  /** Lets work that nobody waits for end before the database is closed; whether it succeeds does not matter. */
  afterwards(work: Promise<unknown>): void;
  /** Waits for what goes on in the background, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens a pool on `url` and the Prisma client over it. Nothing here holds a session-level setting or lock, so a
 * transaction pooler may stand between.
 *
 * @param options.prepares keeps brief statements prepared, for a server that no pooler stands before: planning them
 *   takes longer than running them.
 */
export function openDatabase(
  url: string,
  options: { poolSize?: number; onError?: (error: Error) => void; prepares?: boolean } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    // Longer than the outbox's round, so that a running bot always shows as connected
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 15_000,
  });
  // An idle client whose server goes away emits an error that would otherwise end the process
  pool.on('error', (error) => options.onError?.(error));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, {
      disposeExternalPool: false,
      ...(options.prepares && { statementNameGenerator: ({ sql }) => nameOfBrief(sql) }),
    }),
  });
  const inBackground = new Set<Promise<unknown>>();
  return {
    prisma,
    pool,
    afterwards(work) {
      const settled: Promise<unknown> = work.catch(() => undefined).finally(() => inBackground.delete(settled));
      inBackground.add(settled);
    },
    async close() {
      await Promise.all(inBackground);
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
