/** Counts changes of the workspace, so that clients can wait for the next one. */
export class Revisions {
  private value = 1;
  private readonly listeners = new Set<(revision: number) => void>();

  /** The number of the last change. */
  get current(): number {
    return this.value;
  }

  /** Tells everybody who waits that something changed. */
  bump(): void {
    this.value += 1;
    for (const listener of [...this.listeners]) listener(this.value);
  }

  /** Calls the listener at each change until the returned function is called. */
  subscribe(listener: (revision: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves as soon as the revision is above `after`, or when the time is over or the signal aborts. */
  async waitBeyond(after: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.value > after || timeoutMs <= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        unsubscribe();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, timeoutMs);
      const unsubscribe = this.subscribe((revision) => {
        if (revision > after) finish();
      });
      signal.addEventListener('abort', finish);
    });
  }
}
