import type { PeopleFileProblem } from '../../engine/core/peopleFile.ts';
import { truncate } from './text.ts';
import type { Texts } from './texts/index.ts';

/** Of what stands in a wrong cell, this much is shown. */
const SHOWN = 60;

/** One problem of a list of people in a sentence, with its line and column; nothing is escaped. */
export function describePeopleProblem({ people: { list } }: Texts, problem: PeopleFileProblem): string {
  const { line, column, kind, value } = problem;
  const place = list.at(line, column && list.columns[column]);
  return `${place}: ${list.problems[kind](truncate(value, SHOWN))}`;
}
