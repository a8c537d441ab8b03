import { findActorBySlackId } from '../src/engine/readModels/organizations.ts';
import { openDatabase } from '../src/persistence/database.ts';
import { acknowledge } from './acknowledge.bench.ts';
import { approval } from './approval.bench.ts';
import { assign } from './assign.bench.ts';
import { delivery } from './delivery.bench.ts';
import { driftMark } from './driftMark.bench.ts';
import { driftScan } from './driftScan.bench.ts';
import { members } from './members.bench.ts';
import { person } from './person.bench.ts';
import { prismaRows } from './prismaRows.bench.ts';
import { status } from './status.bench.ts';
import type { Bench } from './support/bench.ts';
import type { Measured } from './support/compare.ts';
import { type BenchOptions, readOptions, USAGE, UsageError } from './support/options.ts';
import { formatMs, saveResults, toMarkdown } from './support/results.ts';
import { openSeeded } from './support/seed.ts';
import { ADMIN_SLACK_ID, ORGANIZATION } from './support/world.ts';
import { sync } from './sync.bench.ts';
import { unassign } from './unassign.bench.ts';

const BENCHES: readonly Bench[] = [
  assign,
  unassign,
  sync,
  status,
  members,
  person,
  driftScan,
  driftMark,
  prismaRows,
  acknowledge,
  delivery,
  approval,
];

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Runs the benches asked for, one after another, and prints their results as a Markdown table. */
async function main(options: BenchOptions): Promise<void> {
  const unknown = options.names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    throw new UsageError(`No bench ${unknown.join(', ')}. There are: ${BENCHES.map(({ name }) => name).join(', ')}.`);
  }
  const chosen = BENCHES.filter(({ name }) => options.names.length === 0 || options.names.includes(name));
  const seeded = await openSeeded(options, say);
  const database = openDatabase(seeded.url, { prepares: true });
  try {
    const engine = { database, now: () => new Date() };
    const actor = await findActorBySlackId(engine, ORGANIZATION, ADMIN_SLACK_ID);
    if (!actor) throw new Error('The seed has no administrator.');
    const { rows } = await database.pool.query<{ server: string }>(
      `SELECT current_setting('server_version') AS server`,
    );
    const all: Measured[] = [];
    for (const bench of chosen) {
      const measured = await bench.run({ options, url: seeded.url, database, engine, actor, say });
      for (const { label, baseline, subject, ratio } of measured) {
        say(`${label}: ${formatMs(baseline.ms)} → ${formatMs(subject.ms)}, ratio ${ratio.toFixed(2)}`);
      }
      await saveResults(bench.name, measured, { options, server: `PostgreSQL ${rows[0]?.server}` });
      all.push(...measured);
    }
    process.stdout.write(`${toMarkdown(all)}\n`);
  } finally {
    await database.close();
    await seeded.close();
  }
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (error instanceof UsageError) say(`${error.message}\n\n${USAGE}`);
  else say(String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
