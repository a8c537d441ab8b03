import type { Parameter } from './parameter.ts';

/** Value and parameter that somebody effectively has of a permission. */
export interface Held {
  value: string;
  param: Parameter;
}

/** How a change shows to the person: access won or lost, a higher or lower level, another parameter, or nothing. */
export type AccessChange = 'gain' | 'loss' | 'up' | 'down' | 'scope' | 'same';

export const ACCESS_CHANGES = ['gain', 'up', 'down', 'scope', 'loss', 'same'] as const satisfies AccessChange[];

/**
 * Compares effective access before and after a change. The level outweighs the parameter: a higher level with fewer
 * structures is `up`. `levels` are the permission's, lowest first; a value that is no level counts as below them all.
 */
export function accessChange(before: Held | null, after: Held | null, levels: readonly string[]): AccessChange {
  if (!before || !after) return before ? 'loss' : after ? 'gain' : 'same';
  const difference = levels.indexOf(after.value) - levels.indexOf(before.value);
  if (difference !== 0) return difference > 0 ? 'up' : 'down';
  return before.param === after.param ? 'same' : 'scope';
}
