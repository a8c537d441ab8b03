import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { chooseServerHome, type ServerHome } from './dataDirectory.ts';
import { findPostgresBinaries, runProgram } from './postgresBinaries.ts';
import { StartupError } from './startupError.ts';

/** A running embedded server. */
export interface EmbeddedPostgres {
  /** Connection string of a database of the server, as its superuser. */
  urlOf(database: string): string;
  /** PostgreSQL's data directory. */
  directory: string;
  /** Something the person should know about where the data is. */
  notice: string | undefined;
  /** Stops the server; clients are disconnected, everything committed is kept. */
  stop(): Promise<void>;
  /** Stops the server, unless somebody is connected to `database`: another program of ours is at work then. */
  stopUnlessUsed(database: string): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** Extra `name=value` settings of the server. */
  settings?: readonly string[];
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'jit=off',
  'shared_buffers=256MB',
  'work_mem=32MB',
  'max_wal_size=2GB',
  'random_page_cost=1.1',
  'effective_io_concurrency=16',
];

/**
 * Starts the embedded PostgreSQL on `dataDir`, making a new cluster where there is none. A server that a killed
 * process left running is adopted; one that crashed recovers before this returns.
 * @throws StartupError with the last words of the server's log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = await chooseServerHome(options.dataDir, await findPostgresBinaries());
  const cluster = join(home.directory, 'cluster');
  const passwordFile = join(home.directory, 'password');
  if (!(await stat(join(cluster, 'PG_VERSION')).catch(() => null))) await initialize(home, cluster, passwordFile);
  const password = (await readFile(passwordFile, 'utf8').catch(() => brokenDirectory(home.directory))).trim();
  const running = await runningPort(home, cluster);
  const port = running ?? (await start(home, cluster, await freePort(), [...SETTINGS, ...(options.settings ?? [])]));
  const urlOf = (database: string) => `postgresql://quartermaster:${password}@127.0.0.1:${port}/${database}`;
  await assertAnswers(urlOf('postgres'), home.directory);
  const stop = async () => {
    await runProgram(home.binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], home.user);
  };
  return {
    ...{ urlOf, directory: cluster, notice: home.notice, stop },
    async stopUnlessUsed(database) {
      if (!(await isUsed(urlOf('postgres'), database))) await stop();
    },
  };
}

async function isUsed(url: string, database: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1 LIMIT 1', [database]);
    return found.rowCount !== 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates `database` on the server unless it exists. */
export async function ensureDatabase(server: EmbeddedPostgres, database: string): Promise<void> {
  const client = new pg.Client(server.urlOf('postgres'));
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function initialize(home: ServerHome, cluster: string, passwordFile: string): Promise<void> {
  if (await stat(cluster).catch(() => null)) brokenDirectory(home.directory);
  // Built aside and moved into place, so that a start that was killed half-way leaves nothing to trip over
  const unfinished = `${cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const password = randomBytes(24).toString('hex');
  const { code, output } = await withPasswordFile(password, home, (file) =>
    runProgram(
      home.binaries.initdb,
      [
        ...['-D', unfinished, '-U', 'quartermaster', '--pwfile', file, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-locale'],
      ],
      home.user,
    ),
  );
  if (code !== 0) throw new StartupError(`A new database could not be made in ${cluster}: ${lastLine(output)}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await rename(unfinished, cluster);
}

/** initdb reads the password from a file that its own user can read; it is gone afterwards. */
async function withPasswordFile<T>(password: string, home: ServerHome, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-'));
  const file = join(folder, 'password');
  try {
    await writeFile(file, password, { mode: 0o600 });
    if (home.user) {
      await chown(folder, home.user.uid, home.user.gid);
      await chown(file, home.user.uid, home.user.gid);
    }
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Port of a server that is already running on `cluster`; the fourth line of its pid file tells it. */
async function runningPort(home: ServerHome, cluster: string): Promise<number | null> {
  const { code } = await runProgram(home.binaries.pg_ctl, ['status', '-D', cluster], home.user);
  if (code !== 0) return null;
  const port = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

async function start(home: ServerHome, cluster: string, port: number, settings: readonly string[]): Promise<number> {
  const log = join(cluster, 'server.log');
  const flags = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`), '-c unix_socket_directories='].join(' ');
  const args = ['start', '-D', cluster, '-l', log, '-w', '-t', '120', '-o', flags];
  // The first start after a killed postmaster may fail while its children still leave; the second recovers
  for (const attempt of [1, 2]) {
    const { code, output } = await runProgram(home.binaries.pg_ctl, args, home.user);
    if (code === 0) return port;
    if (attempt === 2) {
      const said = lastLine(await readFile(log, 'utf8').catch(() => output));
      throw new StartupError(
        `The embedded PostgreSQL in ${cluster} does not start: ${said} (its log: ${log}). ` +
          'Restore a backup of that folder, or set DATA_DIR to an empty one to begin anew.',
      );
    }
  }
  return port;
}

async function assertAnswers(url: string, directory: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new StartupError(`The embedded PostgreSQL in ${directory} does not answer: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function brokenDirectory(directory: string): never {
  throw new StartupError(
    `${directory} holds something that is not a database of Quartermaster. ` +
      'Restore a backup of it, move it away, or set DATA_DIR to another folder.',
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
