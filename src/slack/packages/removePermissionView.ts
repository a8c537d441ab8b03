import type { RemovalHolder, RemovalPageView } from '../../engine/readModels/removal.ts';
import {
  actions,
  type Block,
  button,
  context,
  divider,
  input,
  type ModalContent,
  option,
  section,
  staticSelect,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';
import type { RemovalDraft } from './removalDraft.ts';

export interface RemovalScreen {
  view: RemovalPageView;
  draft: RemovalDraft;
  page: number;
  /** Changes with each redrawing, because Slack keeps what stands in a block that it knows. */
  revision: number;
  /** The world changed between the last look and the confirmation. */
  moved: boolean;
}

/** Who of those that have the permission through the package loses it, and who keeps it. */
export function removePermissionView(texts: Texts, screen: RemovalScreen): ModalContent {
  const { view, moved } = screen;
  const label = texts.removePermission;
  const { removed, elsewhere, kept } = view.counts;
  return {
    title: label.title,
    submit: label.confirm,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(label.moved)] : []),
      section(label.intro(`*${describePermission(texts, view.permission)}*`, packageName(texts, view.package))),
      ...(view.permission.main ? [section(label.isMain(escapeText(view.permission.applicationName)))] : []),
      ...(removed + kept === 0
        ? [section(label.nobody)]
        : [
            section(label.counts(removed, kept)),
            ...(elsewhere > 0 ? [context(label.elsewhere(elsewhere))] : []),
            ...holderBlocks(texts, screen),
          ]),
    ],
  };
}

function holderBlocks(texts: Texts, { view, draft, page, revision }: RemovalScreen): Block[] {
  const controls = ['all', 'none', ...(draft.search ? (['filter'] as const) : [])] as const;
  return [
    ...actions(
      `removal_controls_${revision}`,
      controls.map((control) =>
        button(
          `${ACTIONS.removalControl}_${control}`,
          texts.removePermission.controls[control],
          { control },
          draft.control === control ? { style: 'primary' } : {},
        ),
      ),
    ),
    input(
      `removal_filter_${revision}`,
      texts.show.filterMembers,
      textInput(ACTIONS.removalFilter, { initial: draft.search, max: 200, onEnter: true }),
      { optional: true, dispatch: true },
    ),
    divider(),
    ...(view.total === 0 ? [section(texts.common.nothingFound(escapeText(draft.search)))] : []),
    ...view.holders.map((holder) => holderRow(texts, holder, revision)),
    ...pager(texts, ACTIONS.removalPage, { page, total: view.total, size: PAGE_SIZE }),
  ];
}

function holderRow(texts: Texts, holder: RemovalHolder, revision: number): Block {
  const { userId, userCode, userName, value, param, chosen } = holder;
  const choices = [
    option(texts.removePermission.remove, `remove:${userId}`),
    option(texts.removePermission.keep, `keep:${userId}`),
  ];
  const initial = `${chosen ? 'remove' : 'keep'}:${userId}`;
  const text = `*${escapeText(userName)}* \`${escapeText(userCode)}\`\n${describeValue(texts, value, param)}`;
  return section(text, {
    id: `removal_${userId}_${revision}`,
    accessory: staticSelect(`${ACTIONS.removalChoice}_${userId}`, choices, initial),
  });
}
