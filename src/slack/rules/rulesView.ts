import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { GroupSummary, Rule } from '../../engine/readModels/rules.ts';
import {
  actions,
  type Block,
  button,
  context,
  input,
  type ModalContent,
  option,
  overflow,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { capitalized, escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue } from '../kit/wording.ts';

/** The actions of a rule's menu, in their order. */
export const RULE_MENU = ['edit', 'delete'] as const;

export interface RulesScreen {
  /** What the list holds: one of the two tabs. */
  list: { tab: 'rules'; rules: Rule[] } | { tab: 'groups'; groups: GroupSummary[] };
  total: number;
  text: string;
  page: number;
  note: string | undefined;
}

/** The rules, and the groups that they are for, each with a filter that stays while paging. */
export function rulesView(texts: Texts, actor: Actor, { list, total, text, page, note }: RulesScreen): ModalContent {
  const { tab } = list;
  const words = texts[tab];
  const manages = mayDo(actor, 'manage_catalog');
  const create = tab === 'rules' ? ACTIONS.newRule : ACTIONS.newGroup;
  const none = text ? texts.common.nothingFound(escapeText(text)) : words.empty;
  return {
    title: texts.rules.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      ...actions(
        'rules_tabs',
        (['rules', 'groups'] as const).map((each) =>
          button(
            `${ACTIONS.rulesTab}_${each}`,
            texts.rules.tabs[each],
            { tab: each },
            each === tab ? { style: 'primary' } : {},
          ),
        ),
      ),
      context(words.intro),
      // A redrawn input keeps what was typed unless its block is a new one
      input(
        `rules_filter_${tab}_${text}`,
        words.filter,
        textInput(ACTIONS.rulesFilter, { initial: text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      ...(manages ? actions('rules_actions', [button(create, words.create, {}, { style: 'primary' })]) : []),
      ...(total === 0 ? [section(none)] : rows(texts, list, manages)),
      ...pager(texts, ACTIONS.rulesPage, { page, total }),
    ],
  };
}

function rows(texts: Texts, list: RulesScreen['list'], manages: boolean): Block[] {
  return list.tab === 'rules'
    ? list.rules.map((rule) => ruleRow(texts, rule, manages))
    : list.groups.map((group) => groupRow(texts, group));
}

function ruleRow(texts: Texts, { id, name, audience, permission, value, param }: Rule, manages: boolean): Block {
  const words = texts.rules;
  const everyone = words[audience.kind](`*${escapeText(audience.name)}*`);
  const what = `${describePermission(texts, permission)} ${describeValue(texts, value, param)}`;
  const options = RULE_MENU.map((action) => option(words.menu[action], `${action}:${id}`));
  return section(
    words.row(escapeText(name), capitalized(everyone), what),
    manages ? { accessory: overflow(`${ACTIONS.ruleMenu}_${id}`, options) } : {},
  );
}

function groupRow(texts: Texts, { id, code, name, members, rules, slackUserGroupId }: GroupSummary): Block {
  const words = texts.groups;
  const counts = `${words.counts(members, rules)}${slackUserGroupId === null ? '' : ` · ${words.follows}`}`;
  return section(`${words.row(escapeText(name), escapeText(code))}\n_${counts}_`, {
    accessory: button(ACTIONS.openGroup, words.open, { groupId: id }),
  });
}
