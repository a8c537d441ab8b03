import type { FieldProblem } from './personDetails.ts';
import { searchText } from './searchText.ts';

/** The columns of a list of people. `left` may be missing. */
export const PEOPLE_COLUMNS = ['code', 'name', 'email', 'structure', 'left'] as const;

export type PeopleColumn = (typeof PEOPLE_COLUMNS)[number];

/** How columns may be headed, accents and letter case ignored. */
const HEADINGS: Record<PeopleColumn, readonly string[]> = {
  code: ['code', 'personal code', 'codigo', 'codigo personal'],
  name: ['name', 'nombre'],
  email: ['email', 'e-mail', 'mail', 'correo', 'correo electronico'],
  structure: ['structure', 'structure code', 'estructura'],
  left: ['left', 'baja'],
};

/** The column of a heading; null where it is none. */
export function columnOf(heading: string): PeopleColumn | null {
  const wanted = searchText(heading);
  return PEOPLE_COLUMNS.find((column) => HEADINGS[column].includes(wanted)) ?? null;
}

/** Headings of a column of personal codes in a list of nothing else than people, beside those of {@link HEADINGS}. */
const CODE_HEADINGS = ['user', 'usuario', 'user code', 'codigo de usuario'];

/** Whether a heading stands over personal codes. */
export function isCodeHeading(heading: string): boolean {
  return columnOf(heading) === 'code' || CODE_HEADINGS.includes(searchText(heading));
}

const ANSWERS: Record<string, boolean> = {
  yes: true,
  si: true,
  true: true,
  1: true,
  no: false,
  false: false,
  0: false,
};

/** Whether a cell of the column `left` says yes or no; null where it is empty, undefined where it is neither. */
export function answerOf(cell: string): boolean | null | undefined {
  const text = searchText(cell);
  if (text === '') return null;
  return Object.hasOwn(ANSWERS, text) ? ANSWERS[text] : undefined;
}

/** What can be wrong with a list of people. */
export type PeopleFileProblemKind =
  | FieldProblem
  | 'missing_column'
  | 'unknown_column'
  | 'repeated_column'
  | 'fields'
  | 'not_yes_or_no'
  | 'repeated_code'
  | 'unknown_structure'
  | 'malformed'
  | 'nobody';

/** One thing wrong: on which line, in which column, with what stands there. */
export interface PeopleFileProblem {
  line: number;
  column: PeopleColumn | null;
  kind: PeopleFileProblemKind;
  /** What stands there, or what it should be, depending on the kind. */
  value: string;
}

/** Problems told; the rest are counted. */
const TOLD = 100;

/** Gathers problems in the order of the file, in bounded memory. */
export class PeopleFileProblems {
  readonly first: PeopleFileProblem[] = [];
  total = 0;

  add(problem: PeopleFileProblem, count = 1): void {
    this.total += count;
    if (this.first.length < TOLD) this.first.push(problem);
  }

  /** @throws PeopleFileError where there is any problem. */
  throwIfAny(): void {
    if (this.total > 0)
      throw new PeopleFileError(
        [...this.first].sort((a, b) => a.line - b.line),
        this.total,
      );
  }
}

/** A list of people that was refused; nothing of it was applied. */
export class PeopleFileError extends Error {
  override name = 'PeopleFileError';
  readonly problems: readonly PeopleFileProblem[];
  readonly total: number;

  constructor(problems: readonly PeopleFileProblem[], total: number) {
    super(`the list has ${total} problems`);
    this.problems = problems;
    this.total = total;
  }
}
