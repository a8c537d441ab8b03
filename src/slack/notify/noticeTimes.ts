/** How fast, and how patiently, people are told; in milliseconds. */
export interface NoticeTimes {
  /** Between two messages in one channel: Slack wants no more than one a second. */
  messageEvery: number;
}

export const NOTICE_TIMES: NoticeTimes = { messageEvery: 1_000 };
