import { type Block, fileInput, input, multiExternalSelect, option, textInput } from './blocks.ts';
import type { PeopleInputIds } from './ids.ts';
import type { ShownPeople } from './peopleChoice.ts';
import { personOption } from './personOption.ts';
import type { Texts } from './texts/index.ts';

/** Endings of the files that are taken. */
export const LIST_ENDINGS = ['csv', 'txt'];

export interface PeopleForm {
  inputs: PeopleInputIds;
  shown: ShownPeople;
  /** Tells one drawing from another, because Slack keeps what stands in a block that it knows; empty at first. */
  drawing: string;
  pastedHint: string;
}

/** Every way of choosing people at once: by search, by structure, by group, by pasted codes, by a file of codes. */
export function peopleForm(texts: Texts, { inputs, shown, drawing, pastedHint }: PeopleForm): Block[] {
  const words = texts.inputs;
  const idOf = (name: string) => (drawing === '' ? name : `${name}_${drawing}`);
  const optional = { optional: true };
  const entries = (some: readonly { id: number; code: string; name: string }[]) =>
    some.map(({ id, code, name }) => option(`${code} · ${name}`, String(id)));
  return [
    input(
      idOf('people'),
      texts.assign.people,
      multiExternalSelect(inputs.people, texts.assign.peoplePlaceholder, shown.people.map(personOption)),
      optional,
    ),
    input(
      idOf('structures'),
      words.structures,
      multiExternalSelect(inputs.structures, words.placeholder, entries(shown.structures)),
      { ...optional, hint: words.structuresHint },
    ),
    input(
      idOf('groups'),
      words.groups,
      multiExternalSelect(inputs.groups, words.placeholder, entries(shown.groups)),
      optional,
    ),
    input(idOf('codes'), texts.assign.pasted, textInput(inputs.codes, { multiline: true, initial: shown.codes }), {
      ...optional,
      hint: pastedHint,
    }),
    input(idOf('file'), words.attach, fileInput(inputs.file, LIST_ENDINGS), { ...optional, hint: words.attachHint }),
  ];
}
