import { fileURLToPath } from 'node:url';
import { installQueue } from '../jobs/installQueue.ts';
import { type Database, openDatabase } from '../persistence/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from './embeddedPostgres.ts';
import { migrate } from './migrate.ts';

export interface ConfiguredDatabase {
  database: Database;
  /** Something the person should know about where the data is. */
  notice: string | undefined;
  /** Closes the connections, and stops the embedded server unless another program of ours uses it. */
  close(): Promise<void>;
}

const DATABASE_NAME = 'quartermaster';
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/**
 * Opens the database that the configuration names, the embedded one by default, and brings its schema up to date.
 * @throws StartupError where it cannot.
 */
export async function openConfiguredDatabase(
  { databaseUrl, dataDir }: { databaseUrl: string | undefined; dataDir: string },
  onError: (error: Error) => void,
): Promise<ConfiguredDatabase> {
  const server = databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir }) : null;
  try {
    if (server) await ensureDatabase(server, DATABASE_NAME);
    const url = server?.urlOf(DATABASE_NAME) ?? databaseUrl ?? '';
    await migrate(url, MIGRATIONS);
    await installQueue(url);
    const database = openDatabase(url, { onError, prepares: server !== null });
    return {
      database,
      notice: server?.notice,
      async close() {
        await database.close();
        await server?.stopUnlessUsed(DATABASE_NAME);
      },
    };
  } catch (error) {
    await server?.stopUnlessUsed(DATABASE_NAME);
    throw error;
  }
}
