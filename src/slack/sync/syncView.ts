import { SYNCABLE } from '../../engine/core/cellChoices.ts';
import { DRIFT_KINDS } from '../../engine/core/driftKind.ts';
import type { SyncPageView, SyncRow, SyncTally } from '../../engine/readModels/sync.ts';
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
import { whyText } from '../kit/why.ts';
import { badgeOf, describePermission } from '../kit/wording.ts';
import { subjectBlocks } from './subject.ts';
import { isTouched, type SyncDraft } from './syncDraft.ts';

export interface SyncScreen {
  view: SyncPageView;
  draft: SyncDraft;
  page: number;
  /** Changes with each redrawing, because Slack keeps what stands in a block that it knows. */
  revision: number;
  note: string | undefined;
}

const CONTROLS = ['defaults', 'eligible', 'divergent', 'none'] as const;

/** Who of the members is brought back to the package: Sync or Skip for each, with controls for many at once. */
export function syncView(texts: Texts, screen: SyncScreen): ModalContent {
  const { view, draft, page } = screen;
  return {
    title: texts.sync.title,
    submit: texts.sync.review,
    close: texts.common.close,
    blocks: [
      ...(screen.note ? [section(screen.note)] : []),
      ...subjectBlocks(texts, view),
      ...(view.package.state === 'disabled' ? [section(texts.show.disabledNote)] : []),
      ...(isTouched(draft) && screen.revision === 0 ? [context(texts.sync.continued)] : []),
      section(tallyText(texts, view.tally)),
      ...controlBlocks(texts, screen),
      divider(),
      ...(view.rows.length === 0
        ? [section(draft.search ? texts.common.nothingFound(escapeText(draft.search)) : texts.sync.nobody)]
        : view.rows.flatMap((row) => memberRow(texts, row, screen))),
      ...pager(texts, ACTIONS.syncPage, { page, total: view.total, size: PAGE_SIZE }),
    ],
  };
}

function tallyText(texts: Texts, tally: readonly SyncTally[]): string {
  const sum = (of: (each: SyncTally) => number) => tally.reduce((total, each) => total + of(each), 0);
  const chosen = sum((each) => each.chosen);
  const eligible = sum((each) => each.eligible);
  return texts.sync.tally(chosen, eligible - chosen, sum((each) => each.cells) - eligible);
}

function controlBlocks(texts: Texts, { view, draft, revision }: SyncScreen): Block[] {
  const statuses = view.tally.map(({ kind, cells }) =>
    option(texts.sync.statusCount(texts.statuses[kind], cells), kind),
  );
  const all = view.tally.reduce((sum, { cells }) => sum + cells, 0);
  const drifting = view.tally.reduce((sum, { kind, cells }) => sum + (DRIFT_KINDS.includes(kind) ? cells : 0), 0);
  const shown = [
    option(texts.sync.statusCount(texts.sync.everyStatus, all), 'all'),
    option(texts.sync.statusCount(texts.sync.driftOnly, drifting), 'drift'),
    ...(draft.seenOperationId > 0 ? [option(texts.sync.changedOnly, 'changed')] : []),
    ...statuses,
  ];
  const pressed = (control: SyncDraft['control']) => (draft.control === control ? { style: 'primary' as const } : {});
  const filters = draft.shown !== 'changed' && (draft.shown !== 'all' || draft.search !== '');
  return [
    ...actions(`sync_controls_${revision}`, [
      ...CONTROLS.map((control) =>
        button(`${ACTIONS.syncControl}_${control}`, texts.sync.controls[control], { control }, pressed(control)),
      ),
      ...(filters
        ? [
            button(
              `${ACTIONS.syncControl}_filter`,
              texts.sync.controls.filter,
              { control: 'filter' },
              pressed('filter'),
            ),
          ]
        : []),
    ]),
    ...(draft.exceptions.length > 0 ? [context(texts.sync.exceptions(draft.exceptions.length))] : []),
    ...actions(`sync_status_${revision}`, [staticSelect(ACTIONS.syncStatus, shown, draft.shown)]),
    input(
      `sync_filter_${revision}`,
      texts.show.filterMembers,
      textInput(ACTIONS.syncFilter, { initial: draft.search, max: 200, onEnter: true }),
      { optional: true, dispatch: true },
    ),
  ];
}

function memberRow(texts: Texts, row: SyncRow, { view, revision }: SyncScreen): Block[] {
  const { userId, permissionId, userName, userCode, chosen, status, facts } = row;
  const who = view.person ? '' : `*${escapeText(userName)}* \`${escapeText(userCode)}\``;
  const what = view.permission ? '' : describePermission(texts, row.permission);
  const head = [who, what].filter(Boolean).join(' · ');
  const text = `${head}${head ? '\n' : ''}*${badgeOf(texts, status, facts)}* — ${whyText(texts, row)}`;
  const id = `sync_${userId}_${permissionId}_${revision}`;
  const why = button(ACTIONS.openWhy, texts.explain.button, { userId, applicationId: row.permission.applicationId });
  if (chosen === null || !SYNCABLE.includes(status.kind)) return [section(text, { id, accessory: why })];
  const choices = [
    option(texts.sync.sync, `sync:${userId}:${permissionId}`),
    option(texts.sync.skip, `skip:${userId}:${permissionId}`),
  ];
  const initial = `${chosen ? 'sync' : 'skip'}:${userId}:${permissionId}`;
  const choice = staticSelect(`${ACTIONS.syncChoice}_${userId}_${permissionId}`, choices, initial);
  return [section(text, { id: `${id}_text` }), ...actions(id, [choice, why])];
}
