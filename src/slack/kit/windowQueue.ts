import type { OpenView } from './screens.ts';

/** Lets what happens in one window happen in turn. */
export interface WindowQueue {
  /**
   * Runs `work` when everything that began before it in the same window has ended; at once where there is no window.
   */
  inTurn(view: OpenView | undefined, work: () => Promise<void>): Promise<void>;
}

/** One thing at a time in a window, in the order in which it was done: a choice is stored before it is confirmed. */
export function createWindowQueue(): WindowQueue {
  const windows = new Map<string, Promise<void>>();
  return {
    inTurn(view: OpenView | undefined, work: () => Promise<void>): Promise<void> {
      const window = view?.root_view_id ?? view?.id;
      if (window === undefined) return work();
      const done = (windows.get(window) ?? Promise.resolve()).then(work);
      const settled = done
        .catch(() => undefined)
        .then(() => {
          if (windows.get(window) === settled) windows.delete(window);
        });
      windows.set(window, settled);
      return done;
    },
  };
}
