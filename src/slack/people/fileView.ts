import type { PeopleFileProblem } from '../../engine/core/peopleFile.ts';
import type { PeopleDifference, PeopleUpdateCounts } from '../../engine/operations/updatePeople.ts';
import { actions, button, context, fileInput, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { LIST_ENDINGS } from '../kit/peopleForm.ts';
import { describePeopleProblem } from '../kit/peopleProblem.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { paragraphs } from './paragraphs.ts';

/** Problems told one by one; the rest are counted. */
const PROBLEMS_SHOWN = 30;

export interface FileForm {
  /** What was pasted before. */
  text: string;
  /** Lines of the file that was attached before; null where none was. */
  attachedLines: number | null;
  note: string | undefined;
}

/** Asks for a list of people, pasted or as a file. */
export function fileView(texts: Texts, { text, attachedLines, note }: FileForm): ModalContent {
  const words = texts.people.list;
  return {
    title: words.title,
    submit: words.check,
    close: texts.common.cancel,
    blocks: [
      ...(note ? [section(note)] : []),
      ...(attachedLines === null ? [] : [context(texts.inputs.attached(attachedLines))]),
      input(
        'people_list',
        words.input,
        textInput(ACTIONS.peopleList, { multiline: true, placeholder: words.placeholder, initial: text }),
        { optional: true, hint: words.hint },
      ),
      input('people_list_file', texts.inputs.attachList, fileInput(ACTIONS.peopleListFile, LIST_ENDINGS), {
        optional: true,
        hint: texts.inputs.attachListHint,
      }),
      context(words.tooLong),
    ],
  };
}

/** What is wrong with a list, with the way back to it. */
export function fileProblemsView(
  texts: Texts,
  { problems, total }: { problems: readonly PeopleFileProblem[]; total: number },
): ModalContent {
  const words = texts.people.list;
  const shown = problems.slice(0, PROBLEMS_SHOWN);
  const more = total - shown.length;
  return {
    title: words.reviewTitle,
    close: texts.common.cancel,
    blocks: [
      section(words.wrong(total)),
      ...paragraphs(shown.map((problem) => `• ${escapeText(describePeopleProblem(texts, problem))}`)),
      ...(more > 0 ? [context(words.more(more))] : []),
      ...actions('people_correct', [button(ACTIONS.correctPeople, words.back, {}, { style: 'primary' })]),
    ],
  };
}

export interface FileReview {
  counts: PeopleUpdateCounts;
  first: readonly PeopleDifference[];
  moved: boolean;
}

/** What a list would change: how many, and the first differences. */
export function fileReviewView(texts: Texts, { counts, first, moved }: FileReview): ModalContent {
  const words = texts.people.list;
  const { created, changed, left, returned } = counts;
  const isIdle = created + changed + left + returned === 0;
  const differing = created + changed + left + returned;
  return {
    title: words.reviewTitle,
    ...(!isIdle && { submit: words.confirm }),
    close: isIdle ? texts.common.close : texts.common.cancel,
    blocks: [
      ...(moved ? [section(words.moved)] : []),
      section(countLines(texts, counts).join('\n')),
      ...(isIdle ? [section(words.nothing)] : paragraphs(first.map((each) => differenceLine(texts, each)))),
      ...(differing > first.length && first.length > 0 ? [context('…')] : []),
      ...actions('people_correct', [button(ACTIONS.correctPeople, words.back)]),
    ],
  };
}

/** The counts of an update, one a line; what did not happen is not told. */
export function countLines(texts: Texts, counts: Omit<PeopleUpdateCounts, 'hash'>): string[] {
  const { counts: words } = texts.people.list;
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => words[kind](counts[kind]));
}

function differenceLine(texts: Texts, difference: PeopleDifference): string {
  const words = texts.people.list;
  const { code, name, email, structure, hasLeft, leftWas } = difference;
  const left = hasLeft !== leftWas ? [hasLeft ? words.leaves : words.returns] : [];
  const shown = (value: string | null) => (value ? escapeText(value) : words.nothingWritten);
  if (difference.created) {
    const about = [shown(email), escapeText(structure), ...left].join(', ');
    return words.created(escapeText(code), escapeText(name), about);
  }
  const pairs = [
    [words.columns.name, difference.nameWas, name],
    [words.columns.email, difference.emailWas, email],
    [words.columns.structure, difference.structureWas, structure],
  ] as const;
  const changes = pairs
    .filter(([, before, after]) => before !== after)
    .map(([column, before, after]) => words.difference(column, shown(before), shown(after)));
  return words.changed(escapeText(code), escapeText(name), [...changes, ...left].join('; '));
}
