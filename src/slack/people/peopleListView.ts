import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { ListedPerson, PeopleFilter } from '../../engine/readModels/people.ts';
import {
  actions,
  button,
  context,
  input,
  type ModalContent,
  option,
  section,
  staticSelect,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface PeopleListScreen {
  people: ListedPerson[];
  total: number;
  text: string;
  filter: PeopleFilter;
  page: number;
  note: string | undefined;
}

/** The people of the organization, found by a filter that stays, with what is odd about each of them. */
export function peopleListView(texts: Texts, actor: Actor, screen: PeopleListScreen): ModalContent {
  const { people, total, text, filter, page, note } = screen;
  const manages = mayDo(actor, 'manage_catalog');
  const choices = (Object.keys(texts.people.who) as PeopleFilter[]).map((who) => option(texts.people.who[who], who));
  const none = text ? texts.common.nothingFound(escapeText(text)) : texts.people.empty[filter];
  return {
    title: texts.people.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      input(
        // A redrawn input keeps what was typed unless its block is a new one
        `people_filter_${text}`,
        texts.people.filter,
        textInput(ACTIONS.peopleFilter, { initial: text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      ...actions(`people_actions_${filter}`, [
        staticSelect(ACTIONS.peopleWho, choices, filter),
        ...(manages
          ? [
              button(ACTIONS.newPerson, texts.people.create, {}, { style: 'primary' }),
              button(ACTIONS.matchPeople, texts.people.match),
              button(ACTIONS.updatePeople, texts.people.update),
            ]
          : []),
      ]),
      ...(people.length === 0 ? [section(none)] : [context(texts.people.total(total))]),
      ...people.map((person) => personRow(texts, person)),
      ...pager(texts, ACTIONS.peoplePage, { page, total }),
    ],
  };
}

function personRow(texts: Texts, person: ListedPerson) {
  const { userId, code, name, email, slackUserId, founder, leftAt, structureName, stillHas } = person;
  const about = [
    escapeText(structureName),
    ...(email ? [escapeText(email)] : []),
    slackUserId ? `<@${slackUserId}>` : texts.people.noSlack,
    ...(founder ? [texts.people.founder] : []),
    ...(leftAt ? [texts.people.left] : []),
    ...(stillHas ? [texts.people.stillHas] : []),
  ].join(' · ');
  return section(texts.people.row(escapeText(name), escapeText(code), about), {
    accessory: button(ACTIONS.openPerson, texts.people.open, { userId }),
  });
}
