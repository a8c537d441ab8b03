import type { ModalView } from '@slack/types';
import type { Block } from './blocks.ts';
import type { Identified, Identity } from './identify.ts';
import type { Values } from './payloads.ts';
import type { OpenView } from './screens.ts';
import type { Stage } from './stage.ts';

/** Somebody identified, who did something, and the ways to answer. */
export interface Interaction {
  identity: Identity;
  stage: Stage;
  /** The view it happened in. */
  view: OpenView | undefined;
  /** What the inputs of that view hold. */
  values: Values;
  /** Answers privately, where a modal would be too much. */
  whisper(text: string): Promise<void>;
  /** Lets work go on that nobody waits for, with the window free again; where it goes wrong, that is whispered. */
  later(what: string, work: () => Promise<unknown>): void;
}

/**
 * The answer to a submitted view: errors beside inputs (by action id), or what to do after the window has been
 * answered.
 */
export type Submitted =
  | { errors: Record<string, string> }
  /** Another drawing of a screen, quick enough to be the answer itself. */
  | { drawn: ModalView }
  /** `close` takes the view away at once; else a "Working…" view stands in until `work` draws over it. */
  | { close?: boolean; work: () => Promise<unknown> };

/** What somebody who may not use the bot is told: words, or more than words. */
export type Explanation = string | { title: string; blocks: Block[] };
export type ExplainRefusal = (refused: Extract<Identified, { refusal: unknown }>) => Promise<Explanation>;
