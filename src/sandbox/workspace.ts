import { newId, newSecretId, timestamps } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { SandboxOptions } from './options.ts';
import { Conversations } from './store/conversations.ts';
import { Directory } from './store/directory.ts';
import { Faults } from './store/faults.ts';
import { Files } from './store/files.ts';
import { Replies } from './store/replies.ts';
import { Revisions } from './store/revisions.ts';
import { Triggers } from './store/triggers.ts';
import { Views } from './store/views.ts';

/** A short notice in the corner of a person's screen. */
export interface Toast {
  id: string;
  userId: string;
  text: string;
  /** Unix milliseconds. */
  at: number;
}

/** A Web API call of the app, kept so that developers and tests can look back. */
export interface RecordedCall {
  method: string;
  args: JsonObject;
  ok: boolean;
  error: string | null;
}

const KEPT_CALLS = 500;
const KEPT_TOASTS = 50;

/** The whole state of one local workspace. */
export interface Workspace {
  readonly options: SandboxOptions;
  readonly now: () => number;
  readonly nextTs: () => string;
  readonly botId: string;
  /** The old verification token, still part of every payload. */
  readonly verificationToken: string;
  readonly revisions: Revisions;
  readonly directory: Directory;
  readonly conversations: Conversations;
  readonly views: Views;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly replies: Replies;
  readonly faults: Faults;
  readonly toasts: Toast[];
  readonly calls: RecordedCall[];
}

/** A fresh workspace as the options describe it. */
export function createWorkspace(options: SandboxOptions): Workspace {
  const now = options.now ?? Date.now;
  return {
    options,
    now,
    nextTs: timestamps(now),
    botId: `B${options.bot.userId.slice(1)}`,
    verificationToken: newSecretId(),
    revisions: new Revisions(),
    directory: new Directory(options),
    conversations: new Conversations(options),
    views: new Views(),
    files: new Files(),
    triggers: new Triggers(now),
    replies: new Replies(now),
    faults: new Faults(),
    toasts: [],
    calls: [],
  };
}

/** Shows a short notice to one person. */
export function addToast(workspace: Workspace, userId: string, text: string): void {
  workspace.toasts.push({ id: newId('N'), userId, text, at: workspace.now() });
  if (workspace.toasts.length > KEPT_TOASTS) workspace.toasts.shift();
  workspace.revisions.bump();
}

/** Remembers a Web API call. */
export function recordCall(workspace: Workspace, call: RecordedCall): void {
  workspace.calls.push(call);
  if (workspace.calls.length > KEPT_CALLS) workspace.calls.shift();
}
