import type { PersonCard } from '../../engine/readModels/people.ts';
import { input, type ModalContent, section, usersSelect } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Choosing the Slack account of a person; the one with their e-mail is chosen already where Slack has it. */
export function linkView(texts: Texts, { person }: PersonCard, suggested: string | null): ModalContent {
  const words = texts.people.link;
  const found = suggested === null ? words.notFound : words.found;
  return {
    title: words.title,
    submit: words.submit,
    close: texts.common.cancel,
    blocks: [
      section(texts.people.card.heading(escapeText(person.name), escapeText(person.code))),
      section(person.email ? found(escapeText(person.email)) : words.noEmail),
      input('account', words.account, usersSelect(ACTIONS.personAccount, words.placeholder, suggested ?? undefined)),
    ],
  };
}
