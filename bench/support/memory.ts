const SAMPLE_MS = 10;

/** Watches the process's resident memory; `stop` gives its highest growth in MB. Collects garbage first, untimed. */
export function watchMemory(): { stop(): number } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return (peak - before) / 1024 / 1024;
    },
  };
}
