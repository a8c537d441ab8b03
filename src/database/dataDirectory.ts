import { createHash } from 'node:crypto';
import { chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import type { PostgresBinaries, SystemUser } from './postgresBinaries.ts';
import { StartupError } from './startupError.ts';

/** Where the embedded server lives, and as whom it runs. */
export interface ServerHome {
  /** PostgreSQL's own data directory. */
  directory: string;
  binaries: PostgresBinaries;
  user: SystemUser | undefined;
  /** Said to the person at start: set where the wished directory could not serve. */
  notice?: string;
}

/** Root's own place for what must be reachable by an unprivileged user. */
const SHARED_ROOT = '/var/lib/quartermaster';

/**
 * Chooses a data directory and binaries that the server can use. PostgreSQL refuses to run as root, so as root it runs
 * as `postgres` or `nobody`, who may not be able to enter a checkout in a private home: data and a copy of the binaries
 * then go to a shared place.
 */
export async function chooseServerHome(dataDir: string, binaries: PostgresBinaries): Promise<ServerHome> {
  const wished = resolve(dataDir, 'postgres');
  if (process.getuid?.() !== 0) {
    await makeDirectory(dataDir);
    return { directory: wished, binaries, user: undefined };
  }
  const user = await findUnprivilegedUser();
  const binariesReachable = await isReachableByOthers(dirname(binaries.pg_ctl));
  const dataReachable = await isReachableByOthers(dirname(resolve(dataDir)));
  const home: ServerHome = {
    directory: wished,
    binaries: binariesReachable ? binaries : await copyBinaries(binaries),
    user,
  };
  if (!dataReachable) {
    const name = createHash('sha256').update(wished).digest('hex').slice(0, 12);
    home.directory = join(SHARED_ROOT, `data-${name}`);
    home.notice =
      `PostgreSQL cannot run as root, and ${resolve(dataDir)} is closed to other users: ` +
      `the database is kept in ${home.directory} instead.`;
    await makeDirectory(SHARED_ROOT);
  } else {
    await makeDirectory(dataDir);
  }
  await makeDirectory(home.directory);
  await chown(home.directory, user.uid, user.gid);
  return home;
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new StartupError(
      `The data directory ${path} cannot be made (${(error as NodeJS.ErrnoException).code}). ` +
        'Set DATA_DIR to a folder that can be written.',
    );
  }
}

/** Whether a user without any right of their own can enter `path` (as far as it exists). */
async function isReachableByOthers(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found && (found.mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

async function findUnprivilegedUser(): Promise<SystemUser> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':');
    if (fields?.[2] && fields[3]) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new StartupError(
    'PostgreSQL cannot run as root and this machine has neither a "postgres" nor a "nobody" user. ' +
      'Start as another user, or set DATABASE_URL.',
  );
}

/** Copies the installed binaries to the shared place, once for each version of them. */
async function copyBinaries(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  const native = dirname(dirname(binaries.pg_ctl));
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const target = join(SHARED_ROOT, `postgresql-${version}`);
  if (!(await stat(target).catch(() => null))) {
    const unfinished = `${target}.${process.pid}`;
    await makeDirectory(SHARED_ROOT);
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    // Another start may have been first; its copy is as good
    await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return { initdb: join(target, 'bin', 'initdb'), pg_ctl: join(target, 'bin', 'pg_ctl') };
}
