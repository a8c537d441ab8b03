import { isDeepStrictEqual } from 'node:util';
import { watchMemory } from './memory.ts';

/** One way of doing a job. `run` alone is timed. */
export interface Contender {
  label: string;
  run: () => Promise<unknown>;
}

export interface Comparison {
  label: string;
  baseline: Contender;
  subject: Contender;
  rounds: number;
  /** Before each timed run, untimed: puts the database into the same state. */
  reset?: () => Promise<unknown>;
  /** What must be equal after either has run; by default what `run` gave. `null`: they do different work on purpose. */
  result?: ((given: unknown) => unknown) | null;
  /** Rows that the job writes or reads. */
  rows?: number;
  goal?: Goal;
}

/** Highest ratio to the baseline, and highest median of the subject. */
export interface Goal {
  ratio?: number;
  ms?: number;
}

export interface Timing {
  label: string;
  /** The median, or the statistic that the line's label names. */
  ms: number;
  minMs: number;
  /** Highest growth of the process's resident memory during a run; null where another process works. */
  peakMemoryMb: number | null;
  rowsPerSecond: number | null;
}

/** A line of the results. */
export interface Measured {
  label: string;
  baseline: Timing;
  subject: Timing;
  ratio: number;
  rounds: number;
  goal: Goal | null;
  /** Null where there is no goal. */
  met: boolean | null;
}

/**
 * Runs both once to warm up, requires that their results are equal, then lets them alternate, each first in turn.
 * @throws Error where the results differ.
 */
export async function compare(comparison: Comparison): Promise<Measured> {
  const { label, baseline, subject, rounds, goal = null } = comparison;
  await requireEqual(comparison);
  const times = { baseline: [] as Sample[], subject: [] as Sample[] };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['baseline', 'subject'] as const) : (['subject', 'baseline'] as const);
    for (const side of order) {
      await comparison.reset?.();
      times[side].push(await sample(comparison[side]));
    }
  }
  const timings = {
    baseline: toTiming(baseline.label, times.baseline, comparison.rows),
    subject: toTiming(subject.label, times.subject, comparison.rows),
  };
  const ratio = timings.subject.ms / timings.baseline.ms;
  return { label, ...timings, ratio, rounds, goal, met: goal && isMet(goal, ratio, timings.subject.ms) };
}

async function requireEqual({ label, baseline, subject, reset, result }: Comparison): Promise<void> {
  const results: unknown[] = [];
  for (const contender of [baseline, subject]) {
    await reset?.();
    const given = await contender.run();
    results.push(result === null ? null : result ? await result(given) : given);
  }
  if (isDeepStrictEqual(results[0], results[1])) return;
  const shown = results.map((each) => JSON.stringify(each)?.slice(0, 300));
  throw new Error(`${label}: "${baseline.label}" and "${subject.label}" differ: ${shown.join(' / ')}`);
}

interface Sample {
  ms: number;
  memoryMb: number;
}

async function sample({ run }: Contender): Promise<Sample> {
  const memory = watchMemory();
  const started = performance.now();
  await run();
  const ms = performance.now() - started;
  return { ms, memoryMb: memory.stop() };
}

function toTiming(label: string, samples: readonly Sample[], rows: number | undefined): Timing {
  const middle = median(samples.map(({ ms }) => ms));
  return {
    label,
    ms: middle,
    minMs: Math.min(...samples.map(({ ms }) => ms)),
    peakMemoryMb: Math.max(...samples.map(({ memoryMb }) => memoryMb)),
    rowsPerSecond: rows === undefined ? null : Math.round((rows * 1000) / middle),
  };
}

/** Whether a goal is reached. */
export function isMet({ ratio: most = Infinity, ms: longest = Infinity }: Goal, ratio: number, ms: number): boolean {
  return ratio <= most && ms <= longest;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}
