import { SlackError } from '../api/errors.ts';
import { newSecretId } from '../ids.ts';

const LIFETIME_MS = 3000;

interface Trigger {
  userId: string;
  viewId: string | null;
  expiresAt: number;
  exchanged: boolean;
}

/** Hands out trigger ids that live three seconds and work once. */
export class Triggers {
  private readonly triggers = new Map<string, Trigger>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** A trigger for this person; `viewId` is the modal it comes from, if any. */
  issue(userId: string, viewId: string | null = null): string {
    const id = `${Math.floor(this.now())}.${newSecretId()}`;
    this.triggers.set(id, { userId, viewId, expiresAt: this.now() + LIFETIME_MS, exchanged: false });
    return id;
  }

  /** Looks a trigger up without using it. Throws as Slack does when it is unknown, used or too old. */
  check(id: string): { userId: string; viewId: string | null } {
    const trigger = this.triggers.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.exchanged) throw new SlackError('exchanged_trigger_id');
    if (this.now() > trigger.expiresAt) throw new SlackError('expired_trigger_id');
    return trigger;
  }

  /** Marks the trigger as used. */
  exchange(id: string): void {
    const trigger = this.triggers.get(id);
    if (trigger) trigger.exchanged = true;
  }
}
