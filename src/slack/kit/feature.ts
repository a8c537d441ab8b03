import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { Approvals } from './approvals.ts';
import type { Attachments } from './attachments.ts';
import type { Background } from './background.ts';
import type { Listeners } from './listeners.ts';
import type { Screens } from './screens.ts';
import type { Subcommand } from './subcommands.ts';

/** What a feature gets to register itself with. */
export interface FeatureKit {
  engine: EngineContext;
  screens: Screens;
  listeners: Listeners;
  subcommands: { add(subcommand: Subcommand): void; all(): readonly Subcommand[] };
  /** Leaves large operations to a worker. */
  background: Background;
  /** Has asked for what needs approval. */
  approvals: Approvals;
  /** Fetches what people attach in forms. */
  attachments: Attachments;
  /** The slash command, e.g. `/package`. */
  command: string;
  /** How long after an operation it can be undone. */
  undoLimitMs: number;
  /** Called after a confirmed operation, so that Slack hears of it without waiting for the next round. */
  onOperation: () => void;
}

/** Registers one feature: its screens, subcommands and listeners. */
export type Feature = (kit: FeatureKit) => void;
