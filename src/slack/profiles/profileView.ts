import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { ProfilePermission, ProfileView, SourceMember } from '../../engine/readModels/profiles.ts';
import {
  actions,
  type Block,
  button,
  context,
  divider,
  header,
  input,
  type ModalContent,
  option,
  overflow,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PERMISSIONS_PER_PAGE, pageOf, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeName, describeValue } from '../kit/wording.ts';

/** The actions of a permission's menu, in their order. */
export const PROFILE_PERMISSION_MENU = ['change', 'remove'] as const;

export interface ProfileScreen {
  shown: ProfileView;
  tab: 'permissions' | 'people';
  text: string;
  page: number;
  note: string | undefined;
  /** The people of the page; empty on the other tab. */
  members: { members: SourceMember[]; total: number };
}

/** A profile: what it gives, who has it, and what the person may do about it. */
export function profileView(texts: Texts, actor: Actor, screen: ProfileScreen): ModalContent {
  const { shown, tab, note } = screen;
  const { profile, lacksMain } = shown;
  const words = texts.profiles;
  return {
    title: words.title,
    ...(tab === 'people' && { submit: texts.common.search }),
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      header(profile.name),
      context(words.of(escapeText(profile.applicationName))),
      ...buttons(texts, actor, shown),
      ...tabs(texts, screen),
      divider(),
      ...(lacksMain === null
        ? []
        : [section(words.lacksMain(escapeText(profile.applicationName), escapeText(lacksMain)))]),
      ...(tab === 'permissions' ? permissionBlocks(texts, actor, screen) : peopleBlocks(texts, actor, screen)),
    ],
  };
}

function buttons(texts: Texts, actor: Actor, { profile, people }: ProfileView): Block[] {
  const words = texts.profiles;
  const { id } = profile;
  const defines = mayDo(actor, 'define_profiles');
  const assigns = mayDo(actor, 'assign_profiles');
  const choose = (purpose: 'assign_profile' | 'unassign_profile', text: string, style = {}) =>
    button(`${ACTIONS.chooseSourcePeople}_${purpose}`, text, { purpose, id }, style);
  return actions('profile_actions', [
    ...(assigns ? [choose('assign_profile', words.assign, { style: 'primary' })] : []),
    ...(assigns && people > 0 ? [choose('unassign_profile', words.unassignMany)] : []),
    ...(defines ? [button(ACTIONS.addProfilePermission, words.addPermission, { profileId: id })] : []),
    ...(defines ? [button(ACTIONS.renameProfile, words.rename, { profileId: id })] : []),
    ...(defines ? [button(ACTIONS.deleteProfile, words.delete, { profileId: id }, { style: 'danger' })] : []),
    button(ACTIONS.openProfiles, words.all),
  ]);
}

function tabs(texts: Texts, { shown: { profile, permissions, people }, tab: current }: ProfileScreen): Block[] {
  const counts = { permissions: permissions.length, people };
  return actions(
    'profile_tabs',
    (['permissions', 'people'] as const).map((tab) =>
      button(
        `${ACTIONS.profileTab}_${tab}`,
        `${texts.profiles.tabs[tab]} (${counts[tab]})`,
        { profileId: profile.id, tab },
        tab === current ? { style: 'primary' } : {},
      ),
    ),
  );
}

function permissionBlocks(texts: Texts, actor: Actor, { shown, page: wanted }: ProfileScreen): Block[] {
  const { permissions, profile } = shown;
  if (permissions.length === 0) return [section(texts.profiles.noPermissions)];
  const { page, offset } = pageOf(wanted, permissions.length, PERMISSIONS_PER_PAGE);
  return [
    ...permissions
      .slice(offset, offset + PERMISSIONS_PER_PAGE)
      .map((permission) =>
        section(
          `*${describeName(texts, permission)}*\n${describeValue(texts, permission.value, permission.param)}`,
          mayDo(actor, 'define_profiles') ? permissionMenu(texts, profile.id, permission) : {},
        ),
      ),
    ...pager(texts, ACTIONS.profilePage, { page, total: permissions.length, size: PERMISSIONS_PER_PAGE }),
  ];
}

function permissionMenu(texts: Texts, profileId: number, { id, levels, scope }: ProfilePermission) {
  const isSwitch = levels.length === 1 && scope === 'none';
  const options = PROFILE_PERMISSION_MENU.filter((action) => action !== 'change' || !isSwitch).map((action) =>
    option(texts.profiles.menu[action], `${action}:${profileId}:${id}`),
  );
  return { accessory: overflow(`${ACTIONS.profilePermissionMenu}_${id}`, options) };
}

function peopleBlocks(texts: Texts, actor: Actor, { shown, members, text, page }: ProfileScreen): Block[] {
  const words = texts.profiles;
  const { id } = shown.profile;
  const none = text ? texts.common.nothingFound(escapeText(text)) : words.nobody;
  const value = (userId: number) => ({ purpose: 'unassign_profile', id, userId });
  return [
    input(
      `profile_people_${text}`,
      words.filterPeople,
      textInput(ACTIONS.profilePeopleFilter, { initial: text, max: 200, onEnter: true }),
      { optional: true, dispatch: true },
    ),
    ...(members.total === 0
      ? [section(none)]
      : members.members.map(({ userId, code, name, founder }) =>
          section(
            `${texts.sourcePreview.person(escapeText(name), escapeText(code))}${founder ? `\n_${words.founder}_` : ''}`,
            mayDo(actor, 'assign_profiles')
              ? { accessory: button(ACTIONS.moveOne, words.unassign, value(userId)) }
              : {},
          ),
        )),
    ...pager(texts, ACTIONS.profilePage, { page, total: members.total }),
  ];
}
