import type { Person } from '../../engine/readModels/search.ts';
import { option } from './blocks.ts';

/** A person as search boxes offer them. */
export function personOption({ userId, code, name, email }: Person) {
  return option(`${code} · ${name}`, String(userId), email);
}
