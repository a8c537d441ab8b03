/** How often and how long, in milliseconds. */
export interface JobTimes {
  /** Looking for jobs where the database does not call: a transaction pooler swallows its notices. */
  poll: number;
  /** Between two signs of life. */
  beat: number;
  /** Silence after which a worker counts as dead; several times `beat`. */
  deadAfter: number;
  /** How long a stop waits for the jobs under way; then they are left to the next start. */
  stopWithin: number;
}

export const JOB_TIMES: JobTimes = { poll: 2_000, beat: 5_000, deadAfter: 30_000, stopWithin: 30_000 };
