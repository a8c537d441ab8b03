/** What the bench and its child processes tell each other. */

/** Starts a server; it answers with {@link Listening}. */
export interface StartServer {
  do: 'start';
  databaseUrl: string;
  /** Where the fake Slack answers, with a slash at the end. */
  apiUrl: string;
  signingSecret: string;
  /** Whether the bot delivers reports and notices. */
  delivers: boolean;
}

export interface Listening {
  port: number;
}

/** Begins to watch the event loop, `report` ends it. `work` has the bot assign and unassign without pause, until `rest`. */
export type ServerOrder = StartServer | { do: 'watch' | 'report' | 'rest' } | StartWork;

export interface StartWork {
  do: 'work';
  userIds: number[];
}

/** Answer to `report`. */
export interface LoopReport {
  /** Longest time that the event loop was blocked. */
  longestMs: number;
}

/** Answer to `rest`: how many bulk operations were finished. */
export interface WorkReport {
  operations: number;
}

export interface LoadOrder {
  port: number;
  rate: number;
  seconds: number;
  signingSecret: string;
  apiUrl: string;
}

export interface LoadReport {
  /** From the moment a request was sent until its acknowledgement was read. */
  latencies: number[];
  /** Requests that were not answered with 200. */
  failures: number;
}
