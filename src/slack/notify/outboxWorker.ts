import { noteChannelTrouble } from '../../engine/operations/channelTroubles.ts';
import { type Delivery, postponeDelivery, settleDelivery, takeDelivery } from '../../engine/operations/deliveries.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { slackErrorOf } from '../kit/errorText.ts';
import { ChannelTrouble } from './channelTrouble.ts';
import { notYetOf, PutOff } from './putOff.ts';

/** Delivers one message. Throws to have it tried again; `lastAttempt` is when to tell people that it failed. */
export type Deliver = (delivery: Delivery, lastAttempt: boolean) => Promise<void>;

export interface OutboxWorker {
  /** Looks for messages now instead of at the next round. */
  poke(): void;
  /** Resolves when nothing is due any more: what was enqueued before the call has been delivered or put off. */
  idle(): Promise<void>;
  /** Stops after the delivery under way. */
  stop(): Promise<void>;
}

const ROUND_MS = 5_000;
const ATTEMPTS = 6;

/** The process that takes messages, as others know it. */
export interface Claimant {
  id: string;
  /** Resolves at its first sign of life: what it took before that, nobody would know to be left behind if it died. */
  known: Promise<void>;
}

/** How messages of some kinds are delivered. */
export type Deliveries = Partial<Record<Delivery['kind'], Deliver>>;

/**
 * Delivers what operations left in the outbox, one message after another; any number of processes may do so. Takes the
 * kinds that `deliver` names. `claimant` is who gives signs of life, so that another goes on should it die.
 */
export function startOutboxWorker(
  engine: EngineContext,
  deliver: Deliveries,
  onError: (error: unknown) => void,
  claimant: Claimant | null = null,
): OutboxWorker {
  const kinds = Object.keys(deliver) as Delivery['kind'][];
  let stopped = false;
  let letGo: () => void = () => undefined;
  const stopping = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let running: Promise<void> | null = null;
  let again = false;
  const wakes = new Set<NodeJS.Timeout>();

  async function drain(): Promise<void> {
    await Promise.race([claimant?.known, stopping]);
    do {
      again = false;
      for (;;) {
        const delivery = stopped ? null : await takeDelivery(engine, kinds, claimant?.id ?? null);
        if (!delivery) break;
        await attempt(delivery);
      }
    } while (again && !stopped);
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const lastAttempt = delivery.attempts >= ATTEMPTS;
    try {
      await deliver[delivery.kind]?.(delivery, lastAttempt);
      await settleDelivery(engine, delivery, null);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const notYet = notYetOf(error);
      if (notYet !== null) {
        const channel = error instanceof PutOff && error.channel !== null ? { channel: error.channel } : {};
        await postponeDelivery(engine, delivery, { afterMs: notYet, error: message, uncounted: true, ...channel });
        wakeAfter(notYet);
      } else if (error instanceof ChannelTrouble) {
        const trouble = { channel: error.channel, problem: slackErrorOf(error) };
        await noteChannelTrouble(engine, delivery.organizationId, trouble);
        await settleDelivery(engine, delivery, message);
      } else if (lastAttempt) {
        onError(error);
        await settleDelivery(engine, delivery, message);
      } else {
        await postponeDelivery(engine, delivery, { afterMs: 1000 * 4 ** delivery.attempts, error: message });
      }
    }
  }

  /** A round would come too late for a message that is to go out every second. */
  function wakeAfter(ms: number): void {
    if (ms >= ROUND_MS || stopped) return;
    const wake = setTimeout(() => {
      wakes.delete(wake);
      poke();
    }, ms);
    wakes.add(wake.unref());
  }

  function poke(): void {
    if (stopped) return;
    again = true;
    running ??= drain()
      .catch(onError)
      .finally(() => {
        running = null;
      });
  }

  const timer = setInterval(poke, ROUND_MS);
  timer.unref();
  poke();
  return {
    poke,
    async idle() {
      poke();
      while (running) await running;
    },
    async stop() {
      stopped = true;
      letGo();
      clearInterval(timer);
      for (const wake of wakes) clearTimeout(wake);
      await running;
    },
  };
}

/** Several workers as one: so that what somebody waits for does not stand behind ten thousand notices. */
export function joinOutboxWorkers(workers: readonly OutboxWorker[]): OutboxWorker {
  return {
    poke: () => {
      for (const worker of workers) worker.poke();
    },
    async idle() {
      await Promise.all(workers.map((worker) => worker.idle()));
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
