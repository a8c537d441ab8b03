import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A new id in Slack's form: a letter for the kind, then ten letters and digits. */
export function newId(prefix: string): string {
  let id = prefix;
  for (let index = 0; index < 10; index += 1) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** An id nobody can guess, for addresses that need no other credential. */
export function newSecretId(): string {
  return randomBytes(18).toString('base64url');
}

/** A short id, as Slack gives to blocks and elements that bring none. */
export function newShortId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

/** Makes message timestamps: `seconds.microseconds`, each later than the one before. */
export function timestamps(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}
