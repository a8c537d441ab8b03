import { randomUUID } from 'node:crypto';
import { type Config, readConfig } from '../config.ts';
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
import { messageOf, openSource, runCommand } from './command.ts';
import { configuredOrganization, teamOf, withEngine } from './environment.ts';

const USAGE = `Usage: npm run people -- FILE [--dry-run]

Creates and changes people from a CSV file (- reads standard input): all of them, or nobody where the file has a problem.
The first line has the headings code, name, email, structure (its code) and, if wanted, left (yes or no), in any order;
fields are separated by commas, semicolons or tabs. People who are not in the file are left alone.

--dry-run  tells what would change, and changes nothing.
`;

interface Wanted {
  file: string;
  dryRun: boolean;
}

async function update(source: AsyncIterable<Buffer>, config: Config, { dryRun }: Wanted): Promise<PeopleUpdateDone> {
  const team = await teamOf(config);
  return withEngine(config, async (engine) => {
    const organization = await configuredOrganization(engine, team);
    if (!organization) throw new StartupError('There is no organization yet. Import one first.');
    const list = { organizationId: organization.id, userId: null, source };
    if (dryRun) return { ...(await previewPeopleUpdate(engine, list)), operationId: null };
    return await updatePeople(engine, list, { key: randomUUID(), planHash: null });
  });
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

function describeFailure(error: unknown): string {
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
  return `Nothing was changed: ${messageOf(error)}`;
}

await runCommand({
  usage: USAGE,
  options: { 'dry-run': { type: 'boolean' } },
  read: ([file, ...more], values): Wanted | null =>
    file === undefined || more.length > 0 ? null : { file, dryRun: values['dry-run'] === true },
  async work(wanted) {
    const source = await openSource(wanted.file);
    process.once('SIGINT', () => source.destroy(new StartupError('Interrupted. Nothing was changed.')));
    process.stdout.write(describe(await update(source, readConfig(process.env), wanted), wanted));
    return 0;
  },
  describeFailure,
});
