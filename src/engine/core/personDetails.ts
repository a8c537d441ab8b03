import { ELEMENTS } from './importFormat.ts';

/** What is said of a person; `structure` is the code of one. */
export interface PersonDetails {
  code: string;
  name: string;
  email: string;
  structure: string;
}

export type PersonField = keyof PersonDetails;

/** What can be wrong with what is said of a person, judged by itself. */
export type FieldProblem = 'empty' | 'too_long' | 'not_a_code' | 'unprintable' | 'not_an_email';

/** The longest texts, as the import takes them. */
export const LONGEST = { code: 100, name: 300, email: 320, structure: 100 } as const satisfies Record<
  PersonField,
  number
>;

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** What is wrong with one field; null where nothing is. An e-mail may be missing. */
export function fieldProblem(field: PersonField, value: string): FieldProblem | null {
  if (value.trim() === '') return field === 'email' ? null : 'empty';
  if (value.length > LONGEST[field]) return 'too_long';
  const isCode = field === 'code' || field === 'structure';
  if (!ELEMENTS.users.shape[field].safeParse(value).success) return isCode ? 'not_a_code' : 'unprintable';
  return field === 'email' && !EMAIL.test(value) ? 'not_an_email' : null;
}
