import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { StartupError } from '../database/startupError.ts';
import { queueLog } from './queueLog.ts';

/** Processes that start at once install the queue in turn: its own migrations do not stand a first start of two. */
const INSTALL_LOCK = 7_210_516;

const SILENT = { debug: () => undefined, warn: () => undefined };

/**
 * Brings the queue's own schema (`graphile_worker`) up to date, after our migrations.
 * @throws StartupError where it cannot.
 */
export async function installQueue(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 15_000 });
  // A connection that breaks fails its query; without a listener it would end the process too
  pool.on('error', () => undefined);
  try {
    const turn = await pool.connect();
    try {
      await turn.query('BEGIN');
      await turn.query('SELECT pg_advisory_xact_lock($1)', [INSTALL_LOCK]);
      await runMigrations({ pgPool: pool, logger: queueLog(SILENT) });
      await turn.query('COMMIT');
    } finally {
      turn.release(true);
    }
  } catch (error) {
    throw new StartupError(
      `The job queue could not be installed in the database: ${(error as Error).message}. ` +
        'The database user must be allowed to create the schema graphile_worker.',
    );
  } finally {
    await pool.end();
  }
}
