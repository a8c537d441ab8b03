import { LONGEST } from '../../engine/core/personDetails.ts';
import type { PersonCard } from '../../engine/readModels/people.ts';
import {
  type Block,
  externalSelect,
  input,
  type ModalContent,
  option,
  section,
  textInput,
  usersSelect,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** The form of a person's details; a new one also takes the code, which stays, and a Slack account. */
export function personFormView(texts: Texts, card: PersonCard | null): ModalContent {
  const words = texts.people.form;
  const { person, structureCode, structureName } = card ?? {};
  const structure = structureCode ? option(`${structureCode} · ${structureName}`, structureCode) : undefined;
  return {
    title: card ? words.editTitle : words.newTitle,
    submit: card ? texts.common.save : words.create,
    close: texts.common.cancel,
    blocks: [
      ...(person
        ? [section(texts.people.card.heading(escapeText(person.name), escapeText(person.code)))]
        : [input('code', words.code, textInput(ACTIONS.personCode, { max: LONGEST.code }), { hint: words.codeHint })]),
      input(
        'name',
        words.name,
        textInput(ACTIONS.personName, { max: LONGEST.name, ...(person && { initial: person.name }) }),
      ),
      input(
        'email',
        words.email,
        textInput(ACTIONS.personEmail, { max: LONGEST.email, ...(person && { initial: person.email }) }),
        { optional: true },
      ),
      input(
        'structure',
        words.structure,
        externalSelect(ACTIONS.personStructure, words.structurePlaceholder, structure),
      ),
      ...(person ? [] : accountInput(texts)),
    ],
  };
}

function accountInput(texts: Texts): Block[] {
  const { slack, slackHint } = texts.people.form;
  const select = usersSelect(ACTIONS.personAccount, texts.people.link.placeholder);
  return [input('account', slack, select, { optional: true, hint: slackHint })];
}
