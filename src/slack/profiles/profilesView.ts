import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { ProfileSummary } from '../../engine/readModels/profiles.ts';
import type { Application } from '../../engine/readModels/search.ts';
import {
  actions,
  button,
  context,
  externalSelect,
  input,
  type ModalContent,
  option,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface ProfilesScreen {
  profiles: ProfileSummary[];
  total: number;
  text: string;
  application: Application | null;
  page: number;
  note: string | undefined;
}

/** The list of profiles, by text and application, with filters that stay while paging. */
export function profilesView(texts: Texts, actor: Actor, screen: ProfilesScreen): ModalContent {
  const { profiles, total, text, application, page, note } = screen;
  const words = texts.profiles;
  const none =
    text || application ? texts.common.nothingFound(escapeText(text || (application?.name ?? ''))) : words.empty;
  return {
    title: words.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      context(words.intro),
      // A redrawn input keeps what was typed unless its block is a new one
      input(
        `profiles_filter_${text}`,
        words.filter,
        textInput(ACTIONS.profilesFilter, { initial: text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      input(
        `profiles_application_${application?.id ?? 0}`,
        words.application,
        externalSelect(
          ACTIONS.profilesApplication,
          words.anyApplication,
          application ? option(application.name, String(application.id)) : undefined,
        ),
        { optional: true, dispatch: true },
      ),
      ...(mayDo(actor, 'define_profiles')
        ? actions('profiles_actions', [button(ACTIONS.newProfile, words.create, {}, { style: 'primary' })])
        : []),
      ...(profiles.length === 0 ? [section(none)] : profiles.map((profile) => profileRow(texts, profile))),
      ...pager(texts, ACTIONS.profilesPage, { page, total }),
    ],
  };
}

/** In place of the list, where every application is in Simple App Mode. */
export function noProfilesView(texts: Texts): ModalContent {
  return { title: texts.profiles.title, close: texts.common.close, blocks: [section(texts.profiles.allSimple)] };
}

function profileRow(texts: Texts, { id, name, applicationName, permissions, people }: ProfileSummary) {
  const words = texts.profiles;
  const head = words.row(escapeText(name), escapeText(applicationName));
  return section(`${head}\n_${words.counts(permissions, people)}_`, {
    accessory: button(ACTIONS.openProfile, words.open, { profileId: id }),
  });
}
