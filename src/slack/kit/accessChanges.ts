import type { ChangedPerson } from '../../engine/core/changedPerson.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';
import { describePermission, describeValue } from './wording.ts';

/** Permissions named of one person; the rest are counted. */
const CELLS_NAMED = 8;

const CHANGES = ['gain', 'up', 'down', 'scope', 'loss'] as const;

/** How many people gain, lose, or get other values; a line for each that happens to somebody. */
export function changeCounts(texts: Texts, counts: Record<(typeof CHANGES)[number], number>): string[] {
  return CHANGES.filter((kind) => counts[kind] > 0).map((kind) => texts.sourcePreview.counts[kind](counts[kind]));
}

/** Somebody, with what changes for them, permission by permission. */
export function changedPerson(texts: Texts, { name, code, cells }: ChangedPerson): string {
  const words = texts.sourcePreview;
  const lines = cells.slice(0, CELLS_NAMED).map(({ change, before, after, ...permission }) => {
    const write = (held: typeof before) => (held ? describeValue(texts, held.value, held.param) : '');
    return words.cell[change](describePermission(texts, permission), write(after), write(before));
  });
  const more = cells.length - lines.length;
  return [
    words.person(escapeText(name), escapeText(code)),
    ...lines,
    ...(more > 0 ? [words.moreCells(more)] : []),
  ].join('\n');
}
