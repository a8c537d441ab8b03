import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopReport } from './messages.ts';

/** Measures how long the event loop of this process was blocked between `watch` and `report`. */
export function createLoopWatch(): { watch(): void; report(): LoopReport } {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  return {
    watch() {
      delay.reset();
      delay.enable();
    },
    report() {
      delay.disable();
      return { longestMs: delay.max / 1e6 };
    },
  };
}
