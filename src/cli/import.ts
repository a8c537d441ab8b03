import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import {
  ImportError,
  type ImportProgress,
  type ImportSummary,
  importOrganization,
} from '../engine/operations/importOrganization.ts';
import { teamOf } from './environment.ts';

const USAGE = `Usage: npm run import -- FILE

Imports an organization from a JSON file (- reads standard input): all of it, or nothing where the file has a problem.
Importing the same file again changes nothing. The database and the Slack workspace are those that the bot would use.
`;

/** Runs the command. @returns its exit code: 0 done, 1 refused or failed, 2 wrong arguments. */
async function run(args: readonly string[]): Promise<number> {
  const file = fileOf(args);
  if (file === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (file === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const source = await openSource(file);
    // The import rolls back when its source breaks off, and what was started is stopped in order
    process.once('SIGINT', () => source.destroy(new StartupError('Interrupted. Nothing was imported.')));
    const summary = await importFrom(source, readConfig(process.env));
    process.stdout.write(describeSummary(summary));
    return 0;
  } catch (error) {
    process.stderr.write(describeFailure(file, error));
    return 1;
  }
}

/** The file that the arguments name; null where they are wrong. */
function fileOf(args: readonly string[]): string | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    return positionals.length === 1 ? (positionals[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** Opens the file before anything is started. npm changes into the project, and tells where it was called. */
async function openSource(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  const handle = await open(resolve(process.env.INIT_CWD ?? '.', file));
  return handle.createReadStream({ highWaterMark: 256 * 1024 });
}

async function importFrom(source: AsyncIterable<Buffer>, config: Config): Promise<ImportSummary> {
  const target = { slackTeamId: await teamOf(config) };
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    return await importOrganization({ database, source, target, now: new Date(), onProgress: showProgress });
  } finally {
    await close();
  }
}

function showProgress({ section, rows }: ImportProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${section}: ${rows.toLocaleString('en')}`);
}

function clearProgress(): string {
  return process.stderr.isTTY ? '\r\u001b[K' : '';
}

function describeSummary({ organizationName, sections, operationId }: ImportSummary): string {
  const rows = Object.entries(sections).map(([section, counts]) => [
    section.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    ...[counts.created, counts.changed, counts.unchanged].map((count) => count.toLocaleString('en')),
  ]);
  const table = [['', 'created', 'changed', 'unchanged'], ...rows].map(([section = '', ...counts]) =>
    [section.padEnd(20), ...counts.map((count) => count.padStart(12))].join('').trimEnd(),
  );
  const end = operationId === null ? 'Nothing changed.' : `Recorded as operation ${operationId}.`;
  process.stderr.write(clearProgress());
  return `Imported ${organizationName}.\n\n${table.join('\n')}\n\n${end}\n`;
}

function describeFailure(file: string, error: unknown): string {
  return `${clearProgress()}${messageOf(file, error)}\n`;
}

function messageOf(file: string, error: unknown): string {
  if (error instanceof StartupError) return error.message;
  if (error instanceof ImportError) {
    const more = error.total - error.problems.length;
    return [
      ...error.problems.map(({ place, message }) => `${place}: ${message}`),
      ...(more > 0 ? [`… and ${more.toLocaleString('en')} more.`] : []),
      `Nothing was imported: ${error.message}.`,
    ].join('\n');
  }
  const { code, syscall, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall === 'open') return `${file} does not exist.`;
  if (code === 'EISDIR') return `${file} is a folder, not a file.`;
  if (code === 'EACCES' && syscall === 'open') return `${file} may not be read.`;
  // What has a code was told by the system, Slack or the database; anything else is a fault of ours
  if (code !== undefined) return `Nothing was imported: ${message}`;
  return `Nothing was imported. ${stack ?? String(error)}`;
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
