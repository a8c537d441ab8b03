const BARS = '▁▂▃▄▅▆▇█';

/** Numbers as a row of bars, the highest of them filling its own: `▁▁▃█`. */
export function trendBars(numbers: readonly number[]): string {
  const highest = Math.max(1, ...numbers);
  return numbers.map((number) => BARS[Math.round((number / highest) * (BARS.length - 1))] ?? BARS[0]).join('');
}
