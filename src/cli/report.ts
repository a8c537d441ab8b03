import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import dotenv from 'dotenv';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { findAssignmentRecord } from '../engine/readModels/assignmentReport.ts';
import { assignmentPdf } from '../slack/notify/assignmentReport.ts';
import { configuredOrganization, teamOf } from './environment.ts';

const USAGE = `Usage: npm run report -- OPERATION FILE

Prints the PDF report of an assignment again, from stored data, the same to the byte. OPERATION is the number in the
name of the file that was delivered: package-1-assignment-OPERATION.pdf.
`;

/** Runs the command. @returns its exit code: 0 done, 1 failed, 2 wrong arguments. */
async function run([operation = '', file = '', ...rest]: readonly string[]): Promise<number> {
  if (!/^\d{1,9}$/.test(operation) || file === '' || rest.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    // npm changes into the project, and tells where it was called
    const target = resolve(process.env.INIT_CWD ?? '.', file);
    await printReport(readConfig(process.env), Number(operation), target);
    process.stdout.write(`Wrote ${file}.\n`);
    return 0;
  } catch (error) {
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const told = error instanceof StartupError || code !== undefined;
    process.stderr.write(`${told ? message : (stack ?? message)}\n`);
    return 1;
  }
}

async function printReport(config: Config, operation: number, target: string): Promise<void> {
  const team = await teamOf(config);
  const { database, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    const engine = { database, now: () => new Date() };
    const organization = await configuredOrganization(engine, team);
    const record = organization && (await findAssignmentRecord(engine, organization.id, operation));
    if (!record) throw new StartupError(`There is no assignment with the number ${operation} in this organization.`);
    await pipeline(assignmentPdf(record), createWriteStream(target));
  } finally {
    await close();
  }
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
