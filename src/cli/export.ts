import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type Config, readConfig } from '../config.ts';
import { StartupError } from '../database/startupError.ts';
import { EngineError } from '../engine/errors.ts';
import { exportsOf } from '../engine/readModels/exports.ts';
import type { CsvFile } from '../export/csvFile.ts';
import { EXPORT_KINDS, organizationCsv, type WantedExport } from '../export/organizationCsv.ts';
import { textsOf } from '../slack/kit/texts/index.ts';
import { interruption, messageOf, pathOf, runCommand } from './command.ts';
import { configuredOrganization, teamOf, withEngine } from './environment.ts';

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

/** Writes an export. @returns how many lines it has. */
async function writeExport(config: Config, wanted: WantedExport, out: string | null): Promise<number> {
  const team = await teamOf(config);
  return withEngine(config, async (engine) => {
    const interrupted = interruption();
    const organization = await configuredOrganization(engine, team);
    if (!organization) throw new StartupError('There is no organization to export yet. Import one first.');
    const { id, locale, timeZone } = organization;
    const file = await organizationCsv(exportsOf(engine, id), { texts: textsOf(locale), timeZone }, wanted);
    await write(file, out, interrupted);
    return file.lines();
  });
}

async function write({ content }: CsvFile, out: string | null, signal: AbortSignal): Promise<void> {
  const target: Writable = out === null ? process.stdout : createWriteStream(pathOf(out));
  await pipeline(content, target, { signal, end: out !== null });
}

function describeFailure(error: unknown): string {
  if (error instanceof EngineError && error.code === 'package_not_found') {
    return `There is no package with the number ${(error as EngineError<'package_not_found'>).details.wanted}.`;
  }
  return messageOf(error);
}

await runCommand({
  usage: USAGE,
  options: { package: { type: 'string' }, out: { type: 'string' } },
  read: ([kind, ...more], { package: number = null, out = null }) =>
    more.length > 0 ? null : Arguments.parse({ kind, number, out }),
  async work(wanted) {
    const lines = await writeExport(readConfig(process.env), wanted, wanted.out);
    const count = `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}`;
    if (wanted.out !== null) process.stderr.write(`Wrote ${wanted.out}: ${count}.\n`);
    return 0;
  },
  describeFailure,
});
