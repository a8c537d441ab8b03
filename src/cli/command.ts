import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { StartupError } from '../database/startupError.ts';

/** A command of the command line, as far as it is its own. */
export interface CommandLine<Wanted> {
  usage: string;
  /** The options that it knows beside --help. */
  options?: NonNullable<ParseArgsConfig['options']>;
  /** What the arguments ask for. Where they are wrong: null, or anything thrown. */
  read: (positionals: readonly string[], values: Readonly<Record<string, unknown>>) => Wanted | null;
  /** Does it. @returns the exit code. */
  work: (wanted: Wanted) => Promise<number>;
  /** What is said of a failure, without a line break at its end; by default {@link messageOf}. */
  describeFailure?: (error: unknown, wanted: Wanted) => string;
  /** The exit code of a failure; 1 unless that means something else. */
  failureCode?: number;
}

/**
 * Runs a command with the arguments of this process, whose exit code it sets: what `work` returns, 0 for help, 2 for
 * wrong arguments.
 */
export async function runCommand<Wanted>(command: CommandLine<Wanted>): Promise<void> {
  dotenv.config({ quiet: true });
  process.exitCode = await exitCodeOf(command, process.argv.slice(2));
}

async function exitCodeOf<Wanted>(command: CommandLine<Wanted>, args: readonly string[]): Promise<number> {
  const asked = readArguments(command, args);
  if (asked === 'help') {
    process.stdout.write(command.usage);
    return 0;
  }
  if (asked === null) {
    process.stderr.write(command.usage);
    return 2;
  }
  try {
    return await command.work(asked.wanted);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // Whoever reads has seen enough, as with `| head`
    if (code === 'EPIPE' && syscall === 'write') return 0;
    process.stderr.write(`${command.describeFailure?.(error, asked.wanted) ?? messageOf(error)}\n`);
    return command.failureCode ?? 1;
  }
}

/** What the arguments ask for; null where they are wrong. */
function readArguments<Wanted>(
  { options, read }: CommandLine<Wanted>,
  args: readonly string[],
): { wanted: Wanted } | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    const wanted = read(positionals, values);
    return wanted === null ? null : { wanted };
  } catch {
    return null;
  }
}

/**
 * What is said of an error. What has a code was told by the system, Slack or the database; the rest is a fault of ours.
 */
export function messageOf(error: unknown): string {
  const { code, name, message, stack } = error as NodeJS.ErrnoException;
  if (name === 'AbortError') return 'Interrupted. What was written is incomplete.';
  return error instanceof StartupError || code !== undefined ? message : (stack ?? message);
}

/** The path that an argument means: npm changes into the project, and tells where it was called. */
export function pathOf(file: string): string {
  return resolve(process.env.INIT_CWD ?? '.', file);
}

/**
 * Opens a file for reading. Commands do so before they start anything.
 * @throws StartupError where it cannot be read.
 */
export async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(pathOf(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new StartupError(`${file} does not exist.`);
    if (code === 'EACCES') throw new StartupError(`${file} may not be read.`);
    throw error;
  }
}

/** A file as a stream, `-` being standard input. @throws StartupError where it cannot be read. */
export async function openSource(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  const handle = await openFile(file);
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new StartupError(`${file} is a folder, not a file.`);
  }
  return handle.createReadStream({ highWaterMark: 256 * 1024 });
}

/** A signal that Ctrl+C gives, so that what was started is stopped in order. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  return interrupted.signal;
}
