import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { SourceMember } from '../../engine/readModels/profiles.ts';
import type { Group } from '../../engine/readModels/rules.ts';
import {
  actions,
  type Block,
  button,
  context,
  divider,
  header,
  input,
  type ModalContent,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface GroupScreen {
  group: Group;
  /** Names of the rules that are for it. */
  rules: string[];
  members: { members: SourceMember[]; total: number };
  text: string;
  page: number;
  note: string | undefined;
}

/** A group: its members, the rules that are for it, and where its members come from. */
export function groupView(texts: Texts, actor: Actor, screen: GroupScreen): ModalContent {
  const { group, rules, members, text, page, note } = screen;
  const words = texts.groups;
  const manages = mayDo(actor, 'manage_catalog');
  const byHand = manages && group.slackUserGroupId === null;
  const none = text ? texts.common.nothingFound(escapeText(text)) : words.nobody;
  const value = (userId: number) => ({ purpose: 'leave_group', id: group.id, userId });
  return {
    title: words.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      header(group.name),
      context(
        `\`${escapeText(group.code)}\``,
        rules.length > 0 ? words.usedBy(rules.map(escapeText).join(', ')) : words.unused,
      ),
      ...(group.slackUserGroupId === null ? [] : [section(words.followsNote(group.slackUserGroupId))]),
      ...buttons(texts, manages, screen),
      divider(),
      input(
        `group_filter_${text}`,
        words.filterMembers,
        textInput(ACTIONS.groupFilter, { initial: text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      ...(members.total === 0
        ? [section(none)]
        : members.members.map(({ userId, code, name, founder }) =>
            section(
              `${texts.sourcePreview.person(escapeText(name), escapeText(code))}${founder ? `\n_${texts.profiles.founder}_` : ''}`,
              byHand ? { accessory: button(ACTIONS.moveOne, words.remove, value(userId)) } : {},
            ),
          )),
      ...pager(texts, ACTIONS.groupPage, { page, total: members.total }),
    ],
  };
}

function buttons(texts: Texts, manages: boolean, { group, members, text }: GroupScreen): Block[] {
  const words = texts.groups;
  const { id, slackUserGroupId } = group;
  const choose = (purpose: 'join_group' | 'leave_group', label: string, style = {}) =>
    button(`${ACTIONS.chooseSourcePeople}_${purpose}`, label, { purpose, id }, style);
  const detach = button(
    ACTIONS.detachGroup,
    words.detach,
    { groupId: id },
    {
      confirm: { title: group.name, text: words.detachConfirm, confirm: words.detach, deny: texts.common.cancel },
    },
  );
  const byHand = [
    choose('join_group', words.add, { style: 'primary' }),
    ...(members.total > 0 || text ? [choose('leave_group', words.removeMany)] : []),
    button(ACTIONS.followGroup, words.follow, { groupId: id }),
  ];
  const following = [button(ACTIONS.refreshGroup, words.refresh, { groupId: id }, { style: 'primary' }), detach];
  return actions('group_actions', [
    ...(manages ? (slackUserGroupId === null ? byHand : following) : []),
    ...(manages ? [button(ACTIONS.editGroup, words.rename, { groupId: id })] : []),
    ...(manages ? [button(ACTIONS.deleteGroup, words.delete, { groupId: id }, { style: 'danger' })] : []),
    button(`${ACTIONS.rulesTab}_groups`, words.all, { tab: 'groups' }),
  ]);
}
