/** What a Web API call shall suffer instead of, or after, being answered. */
export interface Fault {
  method: string;
  times: number;
  /** HTTP status to answer with, such as 429 or 500. */
  status?: number | undefined;
  /** Seconds told in `Retry-After`. */
  retryAfter?: number | undefined;
  /** Slack error code to answer with. */
  error?: string | undefined;
  /** Process the call, then cut the connection: the caller cannot know what happened. */
  drop?: boolean | undefined;
}

/** The faults still to happen, by method. */
export class Faults {
  private pending: Fault[] = [];

  /** Adds a fault for the next `times` calls of its method. */
  add(fault: Fault): void {
    this.pending.push({ ...fault });
  }

  /** Forgets all faults. */
  clear(): void {
    this.pending = [];
  }

  /** The fault of this call, if any; uses it up by one. */
  take(method: string): Fault | undefined {
    const fault = this.pending.find((candidate) => candidate.method === method && candidate.times > 0);
    if (fault) fault.times -= 1;
    this.pending = this.pending.filter((candidate) => candidate.times > 0);
    return fault;
  }
}
