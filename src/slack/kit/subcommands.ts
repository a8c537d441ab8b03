import { distance } from 'fastest-levenshtein';
import type { MetaPermission } from '../../engine/core/metaPermissions.ts';
import type { Identity } from './identify.ts';
import type { Interaction } from './interaction.ts';
import type { Texts } from './texts/index.ts';

/** One word after the slash command. */
export interface Subcommand {
  /** The word; empty for the bare command. */
  name: string;
  /** Which entry of the help describes it. */
  help: keyof Texts['help']['commands'];
  /** What it needs; null where everybody may. */
  needs: MetaPermission | null;
  /** Why the organization has nothing of the kind, whoever asks; null where it has. */
  missing?: (identity: Identity) => Promise<string | null>;
  /**
   * Whether it answers with a modal (opened while the rest is still being found out) or with a private message; it may
   * depend on what was typed after the word.
   */
  opensModal: boolean | ((rest: string) => boolean);
  run(interaction: Interaction, rest: string): Promise<void>;
}

/** Whether what was typed after a subcommand's word is answered with a modal. */
export function answersWithModal(subcommand: Subcommand | undefined, rest: string): boolean {
  const opens = subcommand?.opensModal ?? false;
  return typeof opens === 'boolean' ? opens : opens(rest);
}

/** Splits what was typed after the command into the word and the rest. */
export function splitCommand(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { word: word.toLowerCase(), rest: rest.trim() };
}

/** The subcommand that somebody probably meant: the nearest by letters changed, at most two. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const ranked = words
    .filter((word) => word !== '')
    .map((word) => ({ word, changes: word.startsWith(typed) ? 0 : distance(typed, word) }))
    .sort((a, b) => a.changes - b.changes);
  const best = ranked[0];
  return best && typed !== '' && best.changes <= 2 ? best.word : null;
}
