import { createHash } from 'node:crypto';

/** A UUID made of a text by a rule of our own (version 8): the same text always gives the same one. */
export function derivedKey(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
