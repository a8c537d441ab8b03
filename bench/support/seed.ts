import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/database/embeddedPostgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { installQueue } from '../../src/jobs/installQueue.ts';
import type { BenchOptions } from './options.ts';
import { seedStatements } from './seedSql.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** A server with the database of the wished sizes. */
export interface SeededDatabase {
  url: string;
  /** Stops the embedded server; the seed stays for the next run. */
  close(): Promise<void>;
}

/** Opens the seeded database, making it where it is missing, unfinished, or of other migrations. */
export async function openSeeded(options: BenchOptions, say: (line: string) => void): Promise<SeededDatabase> {
  const server = options.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: options.dataDir });
  const statements = seedStatements(options);
  const name = `bench_${createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 12)}`;
  const url = server?.urlOf(name) ?? withDatabase(options.databaseUrl ?? '', name);
  const maintenance = server?.urlOf('postgres') ?? options.databaseUrl ?? '';
  try {
    if (options.fresh || !(await isComplete(url))) {
      say(`Seeding ${options.users} people and ${options.packages} packages…`);
      await onServer(maintenance, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
      if (server) await ensureDatabase(server, name);
      else await onServer(maintenance, [`CREATE DATABASE ${name}`]);
      await migrate(url, MIGRATIONS);
      await installQueue(url);
      await onServer(url, [...statements, 'CREATE TABLE bench_complete ()']);
    }
    return { url, close: async () => server?.stopUnlessUsed(name) };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** Whether the seed was finished, on today's migrations. */
async function isComplete(url: string): Promise<boolean> {
  try {
    await migrate(url, MIGRATIONS);
    await installQueue(url);
    await onServer(url, ['SELECT FROM bench_complete']);
    return true;
  } catch {
    return false;
  }
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
