import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type Config, readConfig } from '../config.ts';
import { StartupError } from '../database/startupError.ts';
import { auditPages, findAuditedPerson } from '../engine/readModels/audit.ts';
import { AUDIT_FORMATS, auditFile } from '../export/auditFile.ts';
import { textsOf } from '../slack/kit/texts/index.ts';
import { interruption, runCommand } from './command.ts';
import { configuredOrganization, teamOf, withEngine } from './environment.ts';

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

async function writeTrail(config: Config, { person, format, ...wanted }: Wanted): Promise<void> {
  const team = await teamOf(config);
  await withEngine(config, async (engine) => {
    const signal = interruption();
    const organization = await configuredOrganization(engine, team);
    if (!organization) throw new StartupError('There is no organization yet, and so no trail. Import one first.');
    const { id, locale, timeZone } = organization;
    const found = person === null ? null : await findAuditedPerson(engine, id, person);
    if (person !== null && !found) throw new StartupError(`There is nobody with the personal code ${person}.`);
    const pages = auditPages(engine, id, { ...wanted, userId: found?.userId ?? null });
    const { content } = auditFile({ texts: textsOf(locale), timeZone }, format, pages);
    await pipeline(content, process.stdout, { signal, end: false });
  });
}

const text = { type: 'string' } as const;

await runCommand({
  usage: USAGE,
  options: { from: text, to: text, person: text, package: text, kind: text, format: text },
  read(
    positionals,
    { from = null, to = null, person = null, package: packageNumber = null, kind = null, format = 'csv' },
  ) {
    return positionals.length > 0 ? null : Arguments.parse({ from, to, person, kind, format, packageNumber });
  },
  async work(wanted) {
    await writeTrail(readConfig(process.env), wanted);
    return 0;
  },
});
