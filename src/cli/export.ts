import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { z } from 'zod';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { EngineError } from '../engine/errors.ts';
import { exportsOf } from '../engine/readModels/exports.ts';
import type { CsvFile } from '../export/csvFile.ts';
import { EXPORT_KINDS, organizationCsv, type WantedExport } from '../export/organizationCsv.ts';
import { textsOf } from '../slack/kit/texts/index.ts';
import { configuredOrganization, teamOf } from './environment.ts';

const USAGE = `Usage: npm run -s export -- statuses|drift|access [--package N] [--out FILE]

Writes CSV (UTF-8, RFC 4180) of the statuses of members, of what has drifted, or of everybody's effective access, to
standard output or into a file. Statuses and drift are of one package, or of all of them.
`;

const Arguments = z
  .object({
    kind: z.enum(EXPORT_KINDS),
    number: z
      .string()
      .regex(/^(package:)?\d{1,9}$/)
      .transform((text) => Number(text.replace('package:', '')))
      .nullable(),
    out: z.string().min(1).nullable(),
  })
  .refine(({ kind, number }) => kind !== 'access' || number === null);

/** Runs the command. @returns its exit code: 0 done, 1 failed, 2 wrong arguments. */
async function run(args: readonly string[]): Promise<number> {
  const wanted = wantedBy(args);
  if (wanted === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (wanted === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const lines = await writeExport(readConfig(process.env), wanted, wanted.out);
    const count = `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}`;
    if (wanted.out !== null) process.stderr.write(`Wrote ${wanted.out}: ${count}.\n`);
    return 0;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // Whoever reads has seen enough, as with `| head`
    if (code === 'EPIPE' && syscall === 'write') return 0;
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

/** What the arguments ask for; null where they are wrong. */
function wantedBy(args: readonly string[]): z.infer<typeof Arguments> | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { package: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    if (positionals.length !== 1) return null;
    return Arguments.parse({ kind: positionals[0], number: values.package ?? null, out: values.out ?? null });
  } catch {
    return null;
  }
}

/** Writes an export. @returns how many lines it has. */
async function writeExport(config: Config, wanted: WantedExport, out: string | null): Promise<number> {
  const team = await teamOf(config);
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  const interrupted = new AbortController();
  // What was started is stopped in order
  process.once('SIGINT', () => interrupted.abort());
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    const engine = { database, now: () => new Date() };
    const organization = await configuredOrganization(engine, team);
    if (!organization) throw new StartupError('There is no organization to export yet. Import one first.');
    const { id, locale, timeZone } = organization;
    const file = await organizationCsv(exportsOf(engine, id), { texts: textsOf(locale), timeZone }, wanted);
    await write(file, out, interrupted.signal);
    return file.lines();
  } finally {
    await close();
  }
}

async function write({ content }: CsvFile, out: string | null, signal: AbortSignal): Promise<void> {
  // npm changes into the project, and tells where it was called
  const target: Writable = out === null ? process.stdout : createWriteStream(resolve(process.env.INIT_CWD ?? '.', out));
  await pipeline(content, target, { signal, end: out !== null });
}

function messageOf(error: unknown): string {
  if (error instanceof EngineError && error.code === 'package_not_found') {
    return `There is no package with the number ${(error as EngineError<'package_not_found'>).details.wanted}.`;
  }
  const { code, name, message, stack } = error as NodeJS.ErrnoException;
  if (name === 'AbortError') return 'Interrupted. What was written is incomplete.';
  // What has a code was told by the system, Slack or the database; anything else is a fault of ours
  return error instanceof StartupError || code !== undefined ? message : (stack ?? message);
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
