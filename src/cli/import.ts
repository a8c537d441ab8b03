import { type Config, readConfig } from '../config.ts';
import { StartupError } from '../database/startupError.ts';
import {
  ImportError,
  type ImportProgress,
  type ImportSummary,
  importOrganization,
} from '../engine/operations/importOrganization.ts';
import { messageOf, openSource, runCommand } from './command.ts';
import { teamOf, withEngine } from './environment.ts';

const USAGE = `Usage: npm run import -- FILE

Imports an organization from a JSON file (- reads standard input): all of it, or nothing where the file has a problem.
Importing the same file again changes nothing. The database and the Slack workspace are those that the bot would use.
`;

async function importFrom(source: AsyncIterable<Buffer>, config: Config): Promise<ImportSummary> {
  const target = { slackTeamId: await teamOf(config) };
  return withEngine(config, ({ database, now }) =>
    importOrganization({ database, source, target, now: now(), onProgress: showProgress }),
  );
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

function describeFailure(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  if (error instanceof ImportError) {
    const more = error.total - error.problems.length;
    return [
      ...error.problems.map(({ place, message }) => `${place}: ${message}`),
      ...(more > 0 ? [`… and ${more.toLocaleString('en')} more.`] : []),
      `Nothing was imported: ${error.message}.`,
    ].join('\n');
  }
  return `Nothing was imported: ${messageOf(error)}`;
}

await runCommand({
  usage: USAGE,
  read: (positionals) => (positionals.length === 1 ? (positionals[0] ?? null) : null),
  async work(file) {
    const source = await openSource(file);
    // The import rolls back when its source breaks off, and what was started is stopped in order
    process.once('SIGINT', () => source.destroy(new StartupError('Interrupted. Nothing was imported.')));
    process.stdout.write(describeSummary(await importFrom(source, readConfig(process.env))));
    return 0;
  },
  describeFailure: (error) => `${clearProgress()}${describeFailure(error)}`,
});
