import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { PeopleFileError } from '../engine/core/peopleFile.ts';
import { EngineError } from '../engine/errors.ts';
import {
  type PeopleDifference,
  type PeopleUpdateDone,
  previewPeopleUpdate,
  updatePeople,
} from '../engine/operations/updatePeople.ts';
import { describePeopleProblem } from '../slack/kit/peopleProblem.ts';
import { textsOf } from '../slack/kit/texts/index.ts';
import { configuredOrganization, teamOf } from './environment.ts';

const USAGE = `Usage: npm run people -- FILE [--dry-run]

Creates and changes people from a CSV file (- reads standard input): all of them, or nobody where the file has a problem.
The first line has the headings code, name, email, structure (its code) and, if wanted, left (yes or no), in any order;
fields are separated by commas, semicolons or tabs. Who is not in the file is left alone.

--dry-run  tells what would change, and changes nothing.
`;

interface Wanted {
  file: string;
  dryRun: boolean;
}

/** Runs the command. @returns its exit code: 0 done, 1 refused or failed, 2 wrong arguments. */
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
    const source = await openSource(wanted.file);
    process.once('SIGINT', () => source.destroy(new StartupError('Interrupted. Nothing was changed.')));
    process.stdout.write(describe(await update(source, readConfig(process.env), wanted), wanted));
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(wanted.file, error)}\n`);
    return 1;
  }
}

/** What the arguments ask for; null where they are wrong. */
function wantedBy(args: readonly string[]): Wanted | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 ? null : { file, dryRun: values['dry-run'] ?? false };
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

async function update(source: AsyncIterable<Buffer>, config: Config, { dryRun }: Wanted): Promise<PeopleUpdateDone> {
  const team = await teamOf(config);
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    const engine = { database, now: () => new Date() };
    const organization = await configuredOrganization(engine, team);
    if (!organization) throw new StartupError('There is no organization yet. Import one first.');
    const list = { organizationId: organization.id, userId: null, source };
    if (dryRun) return { ...(await previewPeopleUpdate(engine, list)), operationId: null };
    return await updatePeople(engine, list, { key: randomUUID(), planHash: null });
  } finally {
    await close();
  }
}

function describe({ counts, first, operationId }: PeopleUpdateDone, { dryRun }: Wanted): string {
  const rows = (['created', 'changed', 'left', 'returned', 'unchanged'] as const).map(
    (kind) => `${kind.padEnd(12)}${counts[kind].toLocaleString('en').padStart(12)}`,
  );
  const differing = counts.created + counts.changed + counts.left + counts.returned;
  const shown = dryRun ? ['', ...first.map(describeDifference), ...(differing > first.length ? ['…'] : [])] : [];
  const recorded = operationId === null ? 'Nothing changed.' : `Recorded as operation ${operationId}.`;
  const end = dryRun ? 'Dry run: nothing was changed.' : recorded;
  return `${[...rows, ...(first.length > 0 ? shown : []), '', end].join('\n')}\n`;
}

function describeDifference(difference: PeopleDifference): string {
  const { code, name, email, structure, hasLeft, leftWas } = difference;
  const left = hasLeft === leftWas ? [] : [hasLeft ? 'left' : 'came back'];
  if (difference.created) return `${code}: new, ${[name, email, structure, ...left].filter(Boolean).join(', ')}`;
  const pairs = [
    ['name', difference.nameWas, name],
    ['email', difference.emailWas, email],
    ['structure', difference.structureWas, structure],
  ] as const;
  const changes = pairs
    .filter(([, before, after]) => before !== after)
    .map(([column, before, after]) => `${column} ${before || '(none)'} → ${after || '(none)'}`);
  return `${code}: ${[...changes, ...left].join('; ')}`;
}

function messageOf(file: string, error: unknown): string {
  const texts = textsOf('en');
  if (error instanceof PeopleFileError) {
    const more = error.total - error.problems.length;
    return [
      ...error.problems.map((problem) => describePeopleProblem(texts, problem)),
      ...(more > 0 ? [`… and ${more.toLocaleString('en')} more.`] : []),
      `Nothing was changed: the file has ${error.total === 1 ? '1 problem' : `${error.total} problems`}.`,
    ].join('\n');
  }
  if (error instanceof StartupError) return error.message;
  if (error instanceof EngineError && error.code === 'last_administrator') return texts.errors.last_administrator;
  const { code, syscall, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall === 'open') return `${file} does not exist.`;
  if (code === 'EISDIR') return `${file} is a folder, not a file.`;
  if (code === 'EACCES' && syscall === 'open') return `${file} may not be read.`;
  // What has a code was told by the system, Slack or the database; anything else is a fault of ours
  return `Nothing was changed: ${code !== undefined ? message : (stack ?? message)}`;
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
