import { z } from 'zod';
import { grantOverview, grantsInApplication } from '../../engine/readModels/manualGrants.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { chosenOption, typedText } from '../kit/payloads.ts';
import { findMentioned } from '../kit/people.ts';
import { personOption } from '../kit/personOption.ts';
import { type ManageState, manageState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { applicationView } from './applicationView.ts';
import { grantPersonView, manageView } from './manageView.ts';

/**
 * Manage Permissions: whose, and what they have in every application. One window shows the applications and each of
 * them in turn, because a stack holds three: a package, this, and what is being changed.
 */
export const registerManage: Feature = ({ engine, screens, listeners, subcommands }) => {
  screens.register(SCREENS.grantPerson, async ({ actor, texts }) => {
    requireMay(actor, 'manage_permissions');
    return grantPersonView(texts);
  });

  screens.register(SCREENS.manage, async ({ actor, texts }, state) => {
    const { userId, application, note } = state;
    if (application) {
      const held = await grantsInApplication(engine, actor, userId, application.id);
      return applicationView(texts, held, { page: application.page, note });
    }
    const wanted = { text: state.text, offset: state.page * PAGE_SIZE, limit: PAGE_SIZE };
    const overview = await grantOverview(engine, actor, userId, wanted);
    const { page } = pageOf(state.page, overview.total);
    if (page === state.page) return manageView(texts, overview, state);
    // Applications went away meanwhile: the last page there is
    const offset = page * PAGE_SIZE;
    return manageView(texts, await grantOverview(engine, actor, userId, { ...wanted, offset }), { ...state, page });
  });

  subcommands.add({
    name: 'grant',
    help: 'grant',
    needs: 'manage_permissions',
    opensModal: true,
    async run({ identity, stage }, rest) {
      if (rest === '') return stage.show(SCREENS.grantPerson, {});
      const { userId } = await findMentioned(engine, identity, rest);
      await stage.show(SCREENS.manage, manageState(userId));
    },
  });
  listeners.action(
    ACTIONS.manage,
    {
      opens: 'fromOutside',
      value: z.object({ userId: z.number().int().optional(), number: z.number().int().positive().optional() }),
    },
    async ({ identity, stage }, { userId, number }) => {
      requireMay(identity.actor, 'manage_permissions');
      if (userId === undefined) return stage.show(SCREENS.grantPerson, {});
      return stage.show(SCREENS.manage, manageState(userId, number));
    },
  );
  listeners.suggestions(ACTIONS.managePerson, async ({ actor }, typed) =>
    (await searchAs(engine, actor).people(typed, 100)).map(personOption),
  );
  listeners.submission(SCREENS.grantPerson, async ({ identity, values }) => {
    const userId = Number(chosenOption(values, ACTIONS.managePerson) ?? 'none');
    if (!Number.isInteger(userId)) return { errors: { [ACTIONS.managePerson]: identity.texts.manage.choosePerson } };
    return { drawn: await screens.draw(identity, SCREENS.manage, manageState(userId)) };
  });

  const filtered = (state: ManageState, text: string) => ({
    ...{ ...state, text: text.slice(0, 200), page: 0, application: null, note: undefined },
  });
  listeners.action(ACTIONS.manageFilter, { value: z.string() }, ({ stage, view }, text) =>
    stage.replace(SCREENS.manage, filtered(getState(SCREENS.manage, view), text)),
  );
  listeners.submission(SCREENS.manage, async ({ identity, values }, state) => {
    const text = typedText(values, ACTIONS.manageFilter);
    return { drawn: await screens.draw(identity, SCREENS.manage, filtered(state, text)) };
  });
  listeners.action(
    /^manage_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    ({ stage, view }, { page }) => {
      const { application, ...state } = getState(SCREENS.manage, view);
      const turned = application ? { application: { ...application, page } } : { application, page };
      return stage.replace(SCREENS.manage, { ...state, ...turned, note: undefined });
    },
  );
  listeners.action(
    ACTIONS.manageApplication,
    { value: z.object({ id: z.number().int() }) },
    ({ stage, view }, { id }) =>
      stage.replace(SCREENS.manage, {
        ...getState(SCREENS.manage, view),
        ...{ application: { id, page: 0 }, note: undefined },
      }),
  );
  listeners.action(ACTIONS.manageBack, { value: z.unknown() }, ({ stage, view }) => {
    const { userId, from, application, ...list } = getState(SCREENS.manage, view);
    if (application !== null || from === undefined) {
      const origin = from === undefined ? {} : { from };
      return stage.replace(SCREENS.manage, { ...list, ...origin, userId, application: null, note: undefined });
    }
    return stage.replace(SCREENS.details, { number: from, userId });
  });
};
