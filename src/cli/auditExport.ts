import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { z } from 'zod';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { auditPages, findAuditedPerson } from '../engine/readModels/audit.ts';
import { AUDIT_FORMATS, auditFile } from '../export/auditFile.ts';
import { textsOf } from '../slack/kit/texts/index.ts';
import { configuredOrganization, teamOf } from './environment.ts';

const USAGE = `Usage: npm run -s audit:export -- [--from ISO] [--to ISO] [--person CODE] [--package N] [--kind KIND]
                                  [--format csv|jsonl]

Writes the audit trail, oldest first, to standard output: as CSV, or as JSON lines with everything that the records'
hashes are made of. --from is the first moment that counts and --to the first that does not, as 2026-05-03 (UTC) or
2026-05-03T12:00:00+02:00. --person is who did it, or whom it concerns.
`;

const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text))
  .nullable();

const Arguments = z.object({
  from: Moment,
  to: Moment,
  person: z.string().min(1).max(100).nullable(),
  packageNumber: z
    .string()
    .regex(/^(package:)?\d{1,9}$/)
    .transform((text) => Number(text.replace('package:', '')))
    .nullable(),
  kind: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .nullable(),
  format: z.enum(AUDIT_FORMATS),
});

type Wanted = z.infer<typeof Arguments>;

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
    await writeTrail(readConfig(process.env), wanted);
    return 0;
  } catch (error) {
    const { code, syscall, name, message, stack } = error as NodeJS.ErrnoException;
    // Whoever reads has seen enough, as with `| head`
    if (code === 'EPIPE' && syscall === 'write') return 0;
    const told = error instanceof StartupError || code !== undefined;
    const interrupted = name === 'AbortError' && 'Interrupted. What was written is incomplete.';
    process.stderr.write(`${interrupted || (told ? message : (stack ?? message))}\n`);
    return 1;
  }
}

/** What the arguments ask for; null where they are wrong. */
function wantedBy(args: readonly string[]): Wanted | 'help' | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ from: text, to: text, person: text, package: text, kind: text, format: text },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const { from = null, to = null, person = null, kind = null, format = 'csv' } = values;
    return Arguments.parse({ from, to, person, kind, format, packageNumber: values.package ?? null });
  } catch {
    return null;
  }
}

async function writeTrail(config: Config, { person, format, ...wanted }: Wanted): Promise<void> {
  const team = await teamOf(config);
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  const interrupted = new AbortController();
  // What was started is stopped in order
  process.once('SIGINT', () => interrupted.abort());
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    const engine = { database, now: () => new Date() };
    const organization = await configuredOrganization(engine, team);
    if (!organization) throw new StartupError('There is no organization yet, and so no trail. Import one first.');
    const { id, locale, timeZone } = organization;
    const found = person === null ? null : await findAuditedPerson(engine, id, person);
    if (person !== null && !found) throw new StartupError(`There is nobody with the personal code ${person}.`);
    const pages = auditPages(engine, id, { ...wanted, userId: found?.userId ?? null });
    const { content } = auditFile({ texts: textsOf(locale), timeZone }, format, pages);
    await pipeline(content, process.stdout, { signal: interrupted.signal, end: false });
  } finally {
    await close();
  }
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
