import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { listPeople, PEOPLE_FILTERS, personCard } from '../../engine/readModels/people.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE } from '../kit/paging.ts';
import { typedText } from '../kit/payloads.ts';
import { findMentioned, splitMention } from '../kit/people.ts';
import { personState, SCREENS } from '../kit/screenRefs.ts';
import { getState, stateOf } from '../kit/screens.ts';
import { createLinkAccount } from './linkAccount.ts';
import { peopleListView } from './peopleListView.ts';
import { personView } from './personView.ts';
import { registerFile } from './registerFile.ts';
import { registerForm } from './registerForm.ts';
import { registerLeft } from './registerLeft.ts';
import { registerLinks } from './registerLinks.ts';

const Page = z.object({ page: z.number().int().min(0) });
const Person = z.object({ userId: z.number().int() });
const EVERYBODY = { text: '', filter: 'everybody', page: 0 } as const;

/**
 * The people of the organization: the list, and one person's card; what can be done about them is registered beside.
 */
export function registerPeople(client: WebClient): Feature {
  return (kit) => {
    registerDirectory(kit);
    const accounts = { link: createLinkAccount(kit.engine, client) };
    registerForm(accounts)(kit);
    registerLinks(client, accounts)(kit);
    registerLeft(kit);
    registerFile(kit);
  };
}

const registerDirectory: Feature = ({ engine, screens, listeners, subcommands }) => {
  screens.register(SCREENS.people, async ({ actor, texts }, { text, filter, page, note }) => {
    const load = (wanted: number) =>
      listPeople(engine, actor, { text, filter, offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await load(page);
    if (found.people.length > 0 || page === 0) {
      return peopleListView(texts, actor, { ...found, text, filter, page, note });
    }
    // People went away meanwhile: the list begins anew
    return peopleListView(texts, actor, { ...(await load(0)), text, filter, page: 0, note });
  });
  screens.register(SCREENS.person, async ({ actor, texts }, state) =>
    personView(texts, actor, await personCard(engine, actor, state.userId), state),
  );

  subcommands.add({
    name: 'people',
    help: 'people',
    needs: 'view',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const person = splitMention(rest).mention
        ? await findMentioned(engine, identity, rest)
        : rest && (await searchAs(engine, identity.actor).person({ code: rest }));
      if (person) return stage.show(SCREENS.person, personState(person.userId));
      return stage.show(SCREENS.people, { ...EVERYBODY, text: rest.slice(0, 200) });
    },
  });
  listeners.action(
    ACTIONS.openPeople,
    { opens: 'fromOutside', value: z.object({ filter: z.enum(PEOPLE_FILTERS).default('everybody') }) },
    async ({ identity, stage }, { filter }) => {
      requireMay(identity.actor, 'view');
      await stage.show(SCREENS.people, { ...EVERYBODY, filter });
    },
  );
  listeners.action(ACTIONS.peopleFilter, { value: z.string() }, ({ stage, view }, text) =>
    stage.replace(SCREENS.people, {
      ...getState(SCREENS.people, view),
      ...{ text: text.slice(0, 200), page: 0, note: undefined },
    }),
  );
  listeners.submission(SCREENS.people, async ({ identity, values }, state) => {
    const text = typedText(values, ACTIONS.peopleFilter).slice(0, 200);
    return { drawn: await screens.draw(identity, SCREENS.people, { ...state, text, page: 0, note: undefined }) };
  });
  listeners.action(ACTIONS.peopleWho, { value: z.enum(PEOPLE_FILTERS) }, ({ stage, view }, filter) =>
    stage.replace(SCREENS.people, { ...getState(SCREENS.people, view), filter, page: 0, note: undefined }),
  );
  listeners.action(/^people_page_/, { value: Page }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.people, { ...getState(SCREENS.people, view), page, note: undefined }),
  );

  listeners.action(ACTIONS.openPerson, { opens: 'fromOutside', value: Person }, ({ stage, view }, { userId }) => {
    const { note: _told, ...list } = stateOf(SCREENS.people, view) ?? {};
    const from = 'text' in list ? { list } : {};
    return stage.show(SCREENS.person, { ...personState(userId), ...from });
  });
  listeners.action(
    /^person_tab_/,
    { value: Person.extend({ tab: z.enum(['overview', 'packages', 'access', 'sources', 'changes']) }) },
    ({ stage, view }, { tab }) =>
      stage.replace(SCREENS.person, { ...getState(SCREENS.person, view), tab, page: 0, note: undefined }),
  );
  listeners.action(/^person_page_/, { value: Page }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.person, { ...getState(SCREENS.person, view), page, note: undefined }),
  );
  listeners.action(ACTIONS.personBack, { value: z.unknown() }, ({ stage, view }) =>
    stage.replace(SCREENS.people, getState(SCREENS.person, view).list ?? EVERYBODY),
  );
};
