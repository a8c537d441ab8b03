import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Config, readConfig } from '../config.ts';
import { StartupError } from '../database/startupError.ts';
import { findAssignmentRecord } from '../engine/readModels/assignmentReport.ts';
import { assignmentPdf } from '../slack/notify/assignmentReport.ts';
import { pathOf, runCommand } from './command.ts';
import { configuredOrganization, teamOf, withEngine } from './environment.ts';

const USAGE = `Usage: npm run report -- OPERATION FILE

Prints the PDF report of an assignment again, from stored data, the same to the byte. OPERATION is the number in the
name of the file that was delivered: package-1-assignment-OPERATION.pdf.
`;

async function printReport(config: Config, operation: number, target: string): Promise<void> {
  const team = await teamOf(config);
  await withEngine(config, async (engine) => {
    const organization = await configuredOrganization(engine, team);
    const record = organization && (await findAssignmentRecord(engine, organization.id, operation));
    if (!record) throw new StartupError(`There is no assignment with the number ${operation} in this organization.`);
    await pipeline(assignmentPdf(record), createWriteStream(target));
  });
}

await runCommand({
  usage: USAGE,
  read: ([operation = '', file = '', ...more]) =>
    /^\d{1,9}$/.test(operation) && file !== '' && more.length === 0 ? { operation: Number(operation), file } : null,
  async work({ operation, file }) {
    await printReport(readConfig(process.env), operation, pathOf(file));
    process.stdout.write(`Wrote ${file}.\n`);
    return 0;
  },
});
