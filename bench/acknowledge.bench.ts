import { randomUUID } from 'node:crypto';
import { type Child, startChild } from './slack/child.ts';
import type { Listening, LoadOrder, LoadReport, LoopReport, StartServer, WorkReport } from './slack/messages.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { type Goal, isMet, type Measured, type Timing } from './support/compare.ts';
import { resetTarget } from './support/reset.ts';
import { peopleIds } from './support/world.ts';

/** How long the bot answers before it is measured: it has a hundred times the code of the bare one to compile. */
const WARM_UP_SECONDS = 12;

/** Latencies and event loop of one contender over all of its turns. */
interface Acknowledged {
  label: string;
  latencies: number[];
  longestMs: number;
}

interface Stand {
  load: Child;
  order: Omit<LoadOrder, 'port' | 'seconds'>;
}

/**
 * How soon slash commands are acknowledged, beside a bare Bolt app: idle, during bulk operations, and while reports and
 * notices go out. Servers, load and the fake Slack are processes of their own; contenders take turns.
 */
export const acknowledge: Bench = {
  name: 'acknowledge',
  async run(context) {
    const { options, url, database, say } = context;
    await resetTarget(database.pool);
    const children: Child[] = [];
    const start = (file: string) => {
      const child = startChild(new URL(`./slack/${file}.process.ts`, import.meta.url));
      children.push(child);
      return child;
    };
    try {
      const { port } = await start('fakeSlack').ask<Listening>({ do: 'start' });
      const apiUrl = `http://127.0.0.1:${port}/api/`;
      const order = { apiUrl, signingSecret: randomUUID(), rate: options.rate };
      const startServer: StartServer = { do: 'start', databaseUrl: url, ...order, delivers: false };
      const stand: Stand = { load: start('load'), order };
      const bare = start('bare');
      const bot = start('bot');
      const ports = {
        bare: (await bare.ask<Listening>(startServer)).port,
        bot: (await bot.ask<Listening>(startServer)).port,
      };
      const results = {
        bare: empty('bare Bolt `ack()`'),
        idle: empty('the bot'),
        busy: empty(`the bot, bulk operations on ${options.members} people`),
        delivering: empty('the bot, sending reports and notices'),
      };
      // Compiled code, open connections and cached profiles are what a running bot has
      await turn(stand, bare, ports.bare, 2, empty(''));
      bot.tell({ do: 'work', userIds: peopleIds(options.members) });
      await turn(stand, bot, ports.bot, WARM_UP_SECONDS, empty(''));
      let { operations } = await bot.ask<WorkReport>({ do: 'rest' });
      for (let round = 0; round < options.rounds; round++) {
        const seconds = Math.max(1, options.seconds / options.rounds);
        await turn(stand, bare, ports.bare, seconds, results.bare);
        await turn(stand, bot, ports.bot, seconds, results.idle);
        bot.tell({ do: 'work', userIds: peopleIds(options.members) });
        await turn(stand, bot, ports.bot, seconds, results.busy);
        operations += (await bot.ask<WorkReport>({ do: 'rest' })).operations;
      }
      say(`${operations} bulk operations were done meanwhile`);
      // The outbox is full of them now
      const deliverer = start('bot');
      const delivering = await deliverer.ask<Listening>({ ...startServer, delivers: true });
      await turn(stand, deliverer, delivering.port, 2, empty(''));
      await turn(stand, deliverer, delivering.port, options.seconds, results.delivering);
      return toMeasured(results, context);
    } finally {
      await Promise.all(children.map((child) => child.stop()));
      await resetTarget(database.pool);
    }
  },
};

async function turn(stand: Stand, server: Child, port: number, seconds: number, into: Acknowledged): Promise<void> {
  server.tell({ do: 'watch' });
  const { latencies, failures } = await stand.load.ask<LoadReport>({ ...stand.order, port, seconds });
  const { longestMs } = await server.ask<LoopReport>({ do: 'report' });
  if (failures > 0) throw new Error(`${failures} commands were not acknowledged`);
  into.latencies.push(...latencies);
  into.longestMs = Math.max(into.longestMs, longestMs);
}

function toMeasured(
  { bare, idle, busy, delivering }: Record<'bare' | 'idle' | 'busy' | 'delivering', Acknowledged>,
  { options: { rate, rounds } }: BenchContext,
): Measured[] {
  const contenders: [Acknowledged, Goal | null][] = [
    [idle, { ratio: 2 }],
    [busy, { ratio: 3 }],
    [delivering, null],
  ];
  return contenders.flatMap(([subject, goal]) => {
    const line = (what: string, of: (one: Acknowledged) => number, wanted: Goal | null): Measured => {
      const ratio = of(subject) / of(bare);
      const met = wanted && isMet(wanted, ratio, of(subject));
      const timings = { baseline: timing(bare, of(bare)), subject: timing(subject, of(subject)) };
      return { label: `acknowledgement at ${rate}/s, ${what}`, ...timings, ratio, rounds, goal: wanted, met };
    };
    return [
      line('p50', ({ latencies }) => percentile(latencies, 0.5), null),
      line('p99', ({ latencies }) => percentile(latencies, 0.99), goal),
      line('longest block of the event loop', ({ longestMs }) => longestMs, { ms: 50 }),
    ];
  });
}

function timing({ label, latencies }: Acknowledged, ms: number): Timing {
  const minMs = latencies.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return { label, ms, minMs, peakMemoryMb: null, rowsPerSecond: null };
}

function percentile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function empty(label: string): Acknowledged {
  return { label, latencies: [], longestMs: 0 };
}
