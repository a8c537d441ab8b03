/**
 * The parameter of a permission with scope `structures`: a set of structure codes. Kept in one canonical text, so that
 * equal text is an equal set: `''` none, `'*'` every structure, present and future, else codes sorted bytewise and
 * joined by commas. `'*'` swallows the rest, and is not the same as naming every structure (DOMAIN 1).
 */
export type Parameter = string;

/** The empty set, and the only parameter of a permission with scope `none`. */
export const NO_STRUCTURES: Parameter = '';

/** Every structure. */
export const ALL_STRUCTURES: Parameter = '*';

/** What a structure code may look like: no comma, no `*`, no white space at the ends. */
export const STRUCTURE_CODE = /^(?!\*$)[^,\s](?:[^,]*[^,\s])?$/;

/** Canonical text of a set of codes; order and duplicates do not matter. */
export function canonicalParameter(codes: Iterable<string>): Parameter {
  const set = new Set(codes);
  if (set.has(ALL_STRUCTURES)) return ALL_STRUCTURES;
  return [...set].sort(compareBytewise).join(',');
}

/** The codes of a parameter; `['*']` for every structure. */
export function parameterCodes(parameter: Parameter): string[] {
  return parameter === NO_STRUCTURES ? [] : parameter.split(',');
}

/** Orders texts as PostgreSQL's collation "C" does: by code point. */
export function compareBytewise(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
