import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Goal, Measured } from './compare.ts';
import type { BenchOptions } from './options.ts';

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url));

/** Writes what a bench measured, with what it was measured on. */
export async function saveResults(
  name: string,
  measured: readonly Measured[],
  { options, server }: { options: BenchOptions; server: string },
): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const { users, packages, members, seconds, rate } = options;
  const machine = { node: process.version, server, processors: cpus().length, model: cpus()[0]?.model };
  const content = { name, at: new Date().toISOString(), machine, sizes: { users, packages, members, seconds, rate } };
  await writeFile(`${FOLDER}${name}.json`, `${JSON.stringify({ ...content, measured }, null, 2)}\n`);
}

/** The results as a Markdown table. */
export function toMarkdown(measured: readonly Measured[]): string {
  const head = [
    '| bench | baseline | time | subject | time (least) | rows/s | memory | ratio | goal | met |',
    '|---|---|--:|---|--:|--:|--:|--:|---|---|',
  ];
  const lines = measured.map(({ label, baseline, subject, ratio, goal, met }) => {
    const rows = subject.rowsPerSecond === null ? '' : subject.rowsPerSecond.toLocaleString('en');
    const own = `${formatMs(subject.ms)} (${formatMs(subject.minMs)})`;
    const memory = subject.peakMemoryMb === null ? '' : `+${Math.round(subject.peakMemoryMb)} MB`;
    const verdict = met === null ? '–' : met ? 'yes' : '**no**';
    return [
      ...[label, baseline.label, formatMs(baseline.ms), subject.label, own, rows, memory],
      ...[ratio.toFixed(2), goal ? formatGoal(goal) : '–', verdict],
    ].join(' | ');
  });
  return [...head, ...lines.map((line) => `| ${line} |`)].join('\n');
}

/** Milliseconds in words: seconds from one second on. */
export function formatMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function formatGoal({ ratio, ms }: Goal): string {
  return [...(ratio === undefined ? [] : [`≤ ${ratio} ×`]), ...(ms === undefined ? [] : [`≤ ${ms} ms`])].join(', ');
}
