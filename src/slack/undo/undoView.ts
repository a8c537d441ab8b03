import { OPERATION_KINDS } from '../../engine/core/operationKinds.ts';
import type { RecentOperation, UndoPreview } from '../../engine/readModels/undo.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** What somebody may undo, newest first. */
export function undoListView(
  texts: Texts,
  hours: number,
  { operations, total, page }: { operations: readonly RecentOperation[]; total: number; page: number },
): ModalContent {
  return {
    title: texts.undo.title,
    close: texts.common.close,
    blocks: [
      context(texts.undo.intro(hours)),
      ...(operations.length === 0 ? [section(texts.undo.nothing)] : []),
      ...operations.map((operation) =>
        section(describeOperation(texts, operation), {
          accessory: button(ACTIONS.undo, texts.undo.button, { operationId: operation.operationId }),
        }),
      ),
      ...pager(texts, ACTIONS.undoPage, { page, total, size: PAGE_SIZE }),
    ],
  };
}

/** What undoing would bring back, and what stays because it has changed since. */
export function undoReviewView(texts: Texts, preview: UndoPreview, moved: boolean): ModalContent {
  const { operation, counts } = preview;
  const isAboutPackage = counts.rows + counts.memberships + counts.changed + counts.left === 0;
  const changesNothing = OPERATION_KINDS[operation.kind].undo === 'cells' && counts.rows + counts.memberships === 0;
  return {
    title: texts.undo.reviewTitle,
    ...(!(changesNothing && counts.left > 0) && { submit: texts.undo.confirm }),
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(texts.undo.moved)] : []),
      section(describeOperation(texts, operation)),
      divider(),
      ...(counts.rows > 0 ? [section(texts.undo.rows(counts.rows))] : []),
      ...(counts.memberships > 0 ? [section(texts.undo.memberships(counts.memberships))] : []),
      ...(isAboutPackage || operation.kind === 'remove_permission' ? [section(texts.undo.package)] : []),
      ...changedBlocks(texts, preview),
      ...leftBlocks(texts, preview),
      ...(counts.rows > 0 ? [context(texts.assign.done.logOut)] : []),
      ...actions('undo_back', [button(ACTIONS.openUndo, texts.undo.back)]),
    ],
  };
}

function changedBlocks(texts: Texts, { counts, changed }: UndoPreview): Block[] {
  if (counts.changed === 0) return [];
  const rows = changed.map(({ userName, userCode, permission, by, at }) =>
    texts.undo.changedRow(
      ...([escapeText(userName), escapeText(userCode), escapeText(permission)] as const),
      ...([by && escapeText(by), at ? texts.moment(at) : ''] as const),
    ),
  );
  const more = counts.changed - changed.length;
  return [
    section([texts.undo.changed(counts.changed), ...rows].join('\n')),
    ...(more > 0 ? [context(texts.undo.more(more))] : []),
  ];
}

function leftBlocks(texts: Texts, { counts, left }: UndoPreview): Block[] {
  if (counts.left === 0) return [];
  const rows = left.map(({ userName, userCode, leftAt }) =>
    texts.undo.leftRow(escapeText(userName), escapeText(userCode), texts.moment(leftAt)),
  );
  const more = counts.left - left.length;
  return [
    section([texts.undo.left(counts.left), ...rows].join('\n')),
    ...(more > 0 ? [context(texts.undo.more(more))] : []),
  ];
}

function describeOperation(texts: Texts, operation: RecentOperation): string {
  const { kind, packageNumber, packageName: name, people, person, by, at } = operation;
  const about = packageNumber === null ? '' : packageName(texts, { number: packageNumber, name: name ?? '' });
  const counted = people > 0 ? texts.common.people(people) : '';
  const whom = person ? `${escapeText(person.name)} \`${escapeText(person.code)}\`` : counted;
  return texts.undo.row(texts.undo.kinds[kind], about, whom, by ? escapeText(by) : '', texts.moment(at));
}
