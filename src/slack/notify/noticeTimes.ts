/** How fast, and how patiently, people are told; in milliseconds. */
export interface NoticeTimes {
  /** Between two messages in one channel: Slack wants no more than one a second. */
  messageEvery: number;
  /** Changes of somebody’s access are told once it has been quiet for so long. */
  noticeQuiet: number;
  /** Where it does not become quiet, they are told after this. */
  noticeLongest: number;
}

export const NOTICE_TIMES: NoticeTimes = { messageEvery: 1_000, noticeQuiet: 30_000, noticeLongest: 5 * 60_000 };
