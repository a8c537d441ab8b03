import { searchText } from '../engine/core/searchText.ts';

/**
 * LIKE patterns of what somebody typed into a search box: every word must occur, in any order. No word: everything
 * matches. `%`, `_` and `\` stand for themselves.
 */
export function likePattern(typed: string): string[] {
  const words = searchText(typed).split(' ').filter(Boolean);
  return words.length === 0 ? ['%'] : words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}
