const DAY_MS = 86_400_000;

/** The moment at which a day (`2026-05-03`) begins in a time zone, also where its clocks skip or repeat midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const clock = clockOf(timeZone);
  // The zone's offset can change during the day: one of those before and after it leads to its first moment
  const candidates = [midnight - DAY_MS, midnight + DAY_MS]
    .map((around) => midnight - (clock(around) - around))
    .sort((a, b) => a - b);
  const first = candidates.find((at) => dayOf(clock(at)) === day);
  return new Date(first ?? candidates[0] ?? midnight);
}

/** The moment at which the day after `day` begins. */
export function endOfDay(day: string, timeZone: string): Date {
  return startOfDay(dayOf(Date.parse(`${day}T00:00:00Z`) + DAY_MS), timeZone);
}

/** The day that it is in a time zone at a moment. */
export function dayAt(at: Date, timeZone: string): string {
  return dayOf(clockOf(timeZone)(at.getTime()));
}

function dayOf(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}

/** What a clock in the zone shows at a moment, as if it were UTC. */
function clockOf(timeZone: string): (at: number) => number {
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en', { timeZone, ...numeric, ...time });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}
