import { randomUUID } from 'node:crypto';
import { chosenPeople, type FoundPeople } from '../../engine/readModels/chosenPeople.ts';
import { AttachmentError, MAX_FILE_BYTES } from './attachments.ts';
import { CodeListError, type ListedCode, readCodes } from './codeList.ts';
import { draftsOf } from './drafts.ts';
import type { FeatureKit } from './feature.ts';
import type { PeopleInputIds } from './ids.ts';
import type { Interaction, Submitted } from './interaction.ts';
import type { AttachedFile } from './payloads.ts';
import { type PeopleChoice, pastedCodes, readPeople, PeopleChoice as Stored } from './peopleChoice.ts';
import { MAX_PEOPLE } from './peopleInput.ts';
import { noteOf } from './screenRefs.ts';
import { escapeText, truncate } from './text.ts';
import type { Texts } from './texts/index.ts';

/** Of a code of nobody, this much is shown. */
const CODE_SHOWN = 40;

/** What a form asks about people. */
export interface PeopleQuestion {
  inputs: PeopleInputIds;
  /** A package whose active members alone count; null: everybody, and who left is refused. */
  memberOf: number | null;
}

/** What comes of the answer. */
export interface PeopleAnswered {
  /** The people chosen, never nobody, and how many of the structures and groups were left out because they left. */
  proceed(people: { userIds: number[]; leftOut: number }): Promise<unknown>;
  /** Draws the form again, with a note and what is in the draft. */
  askAgain(redrawn: { draft: string; note: string }): Promise<unknown>;
}

/** The forms under way that have to be drawn again. */
export function choiceDrafts({ engine }: Pick<FeatureKit, 'engine'>) {
  return draftsOf(engine, 'people_choice', Stored);
}

/**
 * Answers a submitted form of people: everybody who was chosen in any way, each once. What is wrong stands beside the
 * input it is about. A file is fetched after the acknowledgement, so what is wrong with it is told in the form drawn
 * again, in which everything else that was chosen is kept.
 */
export async function answerPeople(
  kit: Pick<FeatureKit, 'engine' | 'attachments'>,
  { identity, values }: Interaction,
  question: PeopleQuestion,
  answered: PeopleAnswered,
): Promise<Submitted> {
  const { engine, attachments } = kit;
  const { actor, texts } = identity;
  const { inputs, memberOf } = question;
  const { choice, file } = readPeople(values, inputs);
  const find = async (listed: readonly ListedCode[]) => {
    const selection = { ...choice, codes: pastedCodes(choice), fileCodes: listed.map(({ code }) => code) };
    return chosenPeople(engine, actor, selection, { limit: MAX_PEOPLE, memberOf });
  };

  const found = await find([]);
  const errors = errorsOf(texts, { found, choice, listed: [], file, question });
  if ((file?.size ?? 0) > MAX_FILE_BYTES) errors[inputs.file] = texts.inputs.file.tooLarge(file?.name ?? '');
  if (Object.keys(errors).length > 0) return { errors };
  if (!file) return { work: () => answered.proceed(found) };

  async function withFile(attached: AttachedFile): Promise<{ people: FoundPeople } | { note: string }> {
    try {
      const listed = await readCodes(await attachments.readText(attached));
      const people = await find(listed);
      const wrong = Object.values(errorsOf(texts, { found: people, choice, listed, file: null, question }));
      return wrong.length === 0 ? { people } : { note: wrong.join('\n') };
    } catch (error) {
      if (error instanceof AttachmentError) return { note: texts.inputs.file[error.problem](attached.name) };
      if (error instanceof CodeListError) return { note: texts.inputs.list[error.problem](attached.name, error.line) };
      throw error;
    }
  }
  return {
    work: async () => {
      const outcome = await withFile(file);
      if ('people' in outcome) {
        await answered.proceed(outcome.people);
        return;
      }
      const draft = randomUUID();
      await choiceDrafts(kit).save(identity, draft, choice);
      await answered.askAgain({ draft, note: noteOf(`:warning: ${escapeText(outcome.note)}`) });
    },
  };
}

interface Judged {
  found: FoundPeople;
  choice: PeopleChoice;
  listed: readonly ListedCode[];
  /** A file that has not been read yet: whom it names is not known. */
  file: AttachedFile | null;
  question: PeopleQuestion;
}

/** What is wrong with a choice, by the input it is about. */
function errorsOf(texts: Texts, { found, choice, listed, file, question }: Judged): Record<string, string> {
  const { inputs, memberOf } = question;
  const words = texts.inputs;
  const pasted = pastedCodes(choice);
  const errors: Record<string, string> = {};
  const { unknown, unknownInFile, left } = found;
  if (unknown.total > 0) {
    const named = unknown.places.map((place) => `“${truncate(pasted[place] ?? '', CODE_SHOWN)}”`).join(', ');
    errors[inputs.codes] = texts.assign.unknownCodes(named, unknown.total - unknown.places.length);
  }
  if (unknownInFile.total > 0) {
    const named = unknownInFile.places.map((place) => {
      const { line, code } = listed[place] ?? { line: 0, code: '' };
      return words.lineOf(line, truncate(code, CODE_SHOWN));
    });
    errors[inputs.file] = words.unknownInFile(named.join(', '), unknownInFile.total - named.length);
  }
  if (found.goneStructures > 0) errors[inputs.structures] = words.goneStructures(found.goneStructures);
  if (found.goneGroups > 0) errors[inputs.groups] = words.goneGroups(found.goneGroups);
  if (left && memberOf === null) {
    const input = { search: inputs.people, codes: inputs.codes, file: inputs.file }[left.by];
    errors[input] ??= texts.errors.person_left(left.name);
  }
  if (found.total > MAX_PEOPLE) {
    errors[largestInput({ choice, listed, question })] ??= texts.assign.tooMany(MAX_PEOPLE);
  }
  if (Object.keys(errors).length === 0 && found.total === 0 && file === null) {
    const isEmpty = [choice.userIds, pasted, choice.structureIds, choice.groupIds, listed].every(
      (each) => !each.length,
    );
    const nobody = memberOf === null ? words.nobodyThere(found.leftOut) : words.noMembers;
    errors[inputs.people] = isEmpty ? texts.assign.nobody : nobody;
  }
  return errors;
}

/** The input that brings the most people: where they are too many, it is the one to look at. */
function largestInput({
  choice,
  listed,
  question: { inputs },
}: Pick<Judged, 'choice' | 'listed' | 'question'>): string {
  if (listed.length > MAX_PEOPLE / 2) return inputs.file;
  if (choice.structureIds.length > 0) return inputs.structures;
  if (choice.groupIds.length > 0) return inputs.groups;
  return listed.length > 0 ? inputs.file : inputs.codes;
}
