import { z } from 'zod';
import {
  listProfilePeople,
  listProfiles,
  offersProfiles,
  profileApplications,
  showProfile,
} from '../../engine/readModels/profiles.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { chosenOption, typedText, type Values } from '../kit/payloads.ts';
import { profileState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { noProfilesView, profilesView } from './profilesView.ts';
import { profileView } from './profileView.ts';
import { registerProfileForm } from './registerProfileForm.ts';
import { registerProfilePermission } from './registerProfilePermission.ts';

const Page = z.object({ page: z.number().int().min(0) });
const Id = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const NOTHING = { text: '', applicationId: null, page: 0 };

/** Profiles: the list, and one profile with what it gives and who has it. */
export const registerProfiles: Feature = (kit) => {
  const { engine, screens, listeners, subcommands } = kit;
  registerProfileForm(kit);
  registerProfilePermission(kit);

  screens.register(SCREENS.profiles, async ({ actor, texts }, { text, applicationId, page: wanted, note }) => {
    if (!(await offersProfiles(engine, actor))) return noProfilesView(texts);
    const list = (page: number) =>
      listProfiles(engine, actor, { text, applicationId, offset: page * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await list(wanted);
    const { page } = pageOf(wanted, found.total);
    const application = applicationId === null ? null : await searchAs(engine, actor).application(applicationId);
    return profilesView(texts, actor, {
      ...(page === wanted ? found : await list(page)),
      ...{ text, application, page, note },
    });
  });

  screens.register(SCREENS.profile, async ({ actor, texts }, { profileId, tab, text, page: wanted, note }) => {
    const shown = await showProfile(engine, actor, profileId);
    if (tab === 'permissions') {
      return profileView(texts, actor, { shown, tab, text, page: wanted, note, members: { members: [], total: 0 } });
    }
    const { page, offset } = pageOf(wanted, shown.people);
    const members = await listProfilePeople(engine, actor, profileId, { text, offset, limit: PAGE_SIZE });
    return profileView(texts, actor, { shown, tab, text, page, note, members });
  });

  subcommands.add({
    name: 'profiles',
    help: 'profiles',
    needs: 'view',
    missing: async ({ actor, texts }) => ((await offersProfiles(engine, actor)) ? null : texts.profiles.missing),
    opensModal: true,
    run: ({ stage }, rest) => stage.show(SCREENS.profiles, { ...NOTHING, text: rest.slice(0, 200) }),
  });
  listeners.action(ACTIONS.openProfiles, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.profiles, NOTHING),
  );

  /** Both filters, as they stand in the window. */
  const filters = (values: Values) => ({
    text: typedText(values, ACTIONS.profilesFilter).slice(0, 200),
    applicationId: Id.nullable().catch(null).parse(chosenOption(values, ACTIONS.profilesApplication)),
    page: 0,
  });
  for (const filter of [ACTIONS.profilesFilter, ACTIONS.profilesApplication]) {
    listeners.action(filter, { value: z.unknown() }, ({ stage, values }) =>
      stage.replace(SCREENS.profiles, filters(values)),
    );
  }
  // Inputs oblige a modal to have a submit button: it searches too
  listeners.submission(SCREENS.profiles, async ({ identity, values }) => ({
    drawn: await screens.draw(identity, SCREENS.profiles, filters(values)),
  }));
  listeners.suggestions(ACTIONS.profilesApplication, async ({ actor }, typed) =>
    (await profileApplications(engine, actor, typed)).map(({ id, name }) => option(name, String(id))),
  );
  listeners.action(/^profiles_page_/, { value: Page }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.profiles, { ...getState(SCREENS.profiles, view), page, note: undefined }),
  );

  listeners.action(
    ACTIONS.openProfile,
    { value: z.object({ profileId: z.number().int().positive() }) },
    ({ stage }, { profileId }) => stage.replace(SCREENS.profile, profileState(profileId)),
  );
  listeners.action(
    /^profile_tab_/,
    { value: z.object({ profileId: z.number().int().positive(), tab: z.enum(['permissions', 'people']) }) },
    ({ stage }, { profileId, tab }) => stage.replace(SCREENS.profile, { ...profileState(profileId), tab }),
  );
  listeners.action(ACTIONS.profilePeopleFilter, { value: z.string() }, ({ stage, view }, text) =>
    stage.replace(SCREENS.profile, {
      ...getState(SCREENS.profile, view),
      ...{ text: text.slice(0, 200), page: 0, note: undefined },
    }),
  );
  listeners.submission(SCREENS.profile, async ({ identity, values }, state) => {
    const text = typedText(values, ACTIONS.profilePeopleFilter).slice(0, 200);
    return { drawn: await screens.draw(identity, SCREENS.profile, { ...state, text, page: 0, note: undefined }) };
  });
  listeners.action(/^profile_page_/, { value: Page }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.profile, { ...getState(SCREENS.profile, view), page, note: undefined }),
  );
};
