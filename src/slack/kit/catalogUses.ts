import { type CatalogUses, totalUses, USE_KINDS } from '../../engine/core/catalogUses.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';

/** Uses named in one place; the rest are counted. */
export const USES_NAMED = 10;

/** How much of each kind uses something: "2 packages, 1 rule, 12 people". Empty where nothing does. */
export function countUses(texts: Texts, { counts }: CatalogUses): string {
  return USE_KINDS.flatMap((kind) => (counts[kind] ? [texts.catalog.uses[kind](counts[kind])] : [])).join(', ');
}

/** The same, with the first of them by name, and how many more there are. */
export function describeUses(texts: Texts, uses: CatalogUses): string {
  const names = uses.named
    .slice(0, USES_NAMED)
    .map(({ kind, id, name }) =>
      ['package', 'removed', 'reference'].includes(kind) ? `package:${id} ${escapeText(name)}` : escapeText(name),
    );
  const more = totalUses(uses) - names.length;
  return `${countUses(texts, uses)} (${names.join(', ')}${more > 0 ? texts.catalog.more(more) : ''})`;
}
