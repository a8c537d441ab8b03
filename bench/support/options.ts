import { parseArgs } from 'node:util';

/** The command line asks for something that there is not. */
export class UsageError extends Error {}

/** What a run is asked to do. */
export interface BenchOptions {
  /** Benches to run, by name; empty: all. */
  names: string[];
  users: number;
  packages: number;
  /** Members of the large package, and people in one assignment. */
  members: number;
  /** How often baseline and subject alternate in the heavy benches. */
  rounds: number;
  /** Seconds of requests per contender of the acknowledgement bench, and their rate. */
  seconds: number;
  rate: number;
  dataDir: string;
  /** Absent: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  /** Seeds anew even where the seed of these sizes is there. */
  fresh: boolean;
}

export const USAGE = `npm run bench [name…] [-- flags]

  --users N         people of the organization (20000)
  --packages N      packages of 20 permissions each (100)
  --members N       members of the large package, and people assigned at once (10000)
  --rounds N        alternations of baseline and subject, at least 5 (5)
  --seconds N       seconds of requests for each acknowledgement measure (20)
  --rate N          requests per second (50)
  --data-dir PATH   where the embedded PostgreSQL keeps the seeds (.data/bench)
  --database-url U  a PostgreSQL server of your own; databases named bench_… are made there
  --fresh           seed anew`;

/** Reads the command line. @throws UsageError for an unknown flag or a number that is none. */
export function readOptions(args: string[]): BenchOptions {
  try {
    return parseOptions(args);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function parseOptions(args: string[]): BenchOptions {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      users: text('20000'),
      packages: text('100'),
      members: text('10000'),
      rounds: text('5'),
      seconds: text('20'),
      rate: text('50'),
      'data-dir': text('.data/bench'),
      'database-url': { type: 'string' },
      fresh: { type: 'boolean', default: false },
    },
  });
  const sizes = {
    users: atLeast('users', values.users, 200),
    packages: atLeast('packages', values.packages, 4),
    members: atLeast('members', values.members, 100),
  };
  if (sizes.members > sizes.users - 100) throw new RangeError('--members must leave 100 of --users');
  return {
    names: positionals,
    ...sizes,
    rounds: atLeast('rounds', values.rounds, 5),
    seconds: atLeast('seconds', values.seconds, 1),
    rate: atLeast('rate', values.rate, 1),
    dataDir: values['data-dir'],
    databaseUrl: values['database-url'],
    fresh: values.fresh,
  };
}

function atLeast(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new RangeError(`--${name} must be a whole number from ${least}`);
  return value;
}
