import { newSecretId } from '../ids.ts';

const LIFETIME_MS = 30 * 60 * 1000;
const USES = 5;

/** Where an answer sent to a response_url goes. */
export interface ReplyTarget {
  userId: string;
  channelId: string;
  /** The message that held the clicked element; absent for a slash command. */
  messageTs: string | null;
  threadTs: string | null;
}

/** The response_urls handed out: five uses within thirty minutes. */
export class Replies {
  private readonly open = new Map<string, { target: ReplyTarget; uses: number; expiresAt: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** A new response_url id for this target. */
  issue(target: ReplyTarget): string {
    const id = newSecretId();
    this.open.set(id, { target, uses: 0, expiresAt: this.now() + LIFETIME_MS });
    return id;
  }

  /** Uses the id once, or tells why it cannot be used. */
  use(id: string): ReplyTarget | 'invalid_url' | 'expired_url' | 'used_url' {
    const entry = this.open.get(id);
    if (!entry) return 'invalid_url';
    if (this.now() > entry.expiresAt) return 'expired_url';
    if (entry.uses >= USES) return 'used_url';
    entry.uses += 1;
    return entry.target;
  }
}
