import type { UnassignmentPreview } from '../../engine/readModels/unassignment.ts';
import { type Block, checkboxes, context, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';

/** The confirmation of Remove Package Assignment: what goes, what stays, and what else can become of what goes. */
export function removeView(
  texts: Texts,
  preview: UnassignmentPreview,
  { leftOut, moved }: { leftOut: number; moved: boolean },
): ModalContent {
  const { person, package: pack, counts } = preview;
  const intro = person
    ? texts.remove.intro(escapeText(person.name), packageName(texts, pack), counts.taken)
    : texts.remove.introMany(counts.people, packageName(texts, pack), counts.taken);
  return {
    title: texts.remove.title,
    submit: texts.remove.confirm,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(texts.remove.moved)] : []),
      section(intro),
      ...(leftOut > 0 ? [context(texts.inputs.leftOut(leftOut))] : []),
      ...stayingBlocks(texts, preview),
      ...claimedBlocks(texts, preview),
      ...optionBlocks(texts, preview),
      ...(preview.options.left > 0 ? [context(texts.remove.left(preview.options.left))] : []),
      section(texts.assign.done.logOut),
    ],
  };
}

/** Whose row it is, where there are many people. */
function owner({ person }: UnassignmentPreview, row: { userName: string; userCode: string }): string {
  return person ? '' : `${escapeText(row.userName)} \`${escapeText(row.userCode)}\` · `;
}

function more(texts: Texts, rows: readonly { total: number }[]): Block[] {
  const unnamed = (rows[0]?.total ?? 0) - rows.length;
  return unnamed > 0 ? [context(texts.remove.more(unnamed))] : [];
}

function stayingBlocks(texts: Texts, preview: UnassignmentPreview): Block[] {
  const { staying } = preview;
  if (staying.length === 0) return [section(texts.remove.nothingStays)];
  const rows = staying.map((row) => {
    const source = row.packageNumber === null ? texts.remove.byHand : texts.remove.byPackage(row.packageNumber);
    const label = `${owner(preview, row)}${describePermission(texts, row.permission)}`;
    return texts.remove.stayingRow(label, describeValue(texts, row.value, row.param), source);
  });
  return [section([texts.remove.staying, ...rows].join('\n')), ...more(texts, staying)];
}

function claimedBlocks(texts: Texts, preview: UnassignmentPreview): Block[] {
  const { claimed } = preview;
  if (claimed.length === 0) return [];
  const rows = claimed.map((row) => {
    const label = `${owner(preview, row)}${describePermission(texts, row.permission)}`;
    return texts.remove.claimed(label, row.packageNumber, escapeText(row.packageName));
  });
  return [section([texts.remove.claimedIntro, ...rows].join('\n')), ...more(texts, claimed)];
}

/** Restore and hand-over, offered only where there is something that they would do. */
function optionBlocks(texts: Texts, { options: { restorable, claimed } }: UnassignmentPreview): Block[] {
  const offered = [
    ...(restorable > 0 ? [option(texts.remove.restore(restorable), 'restore')] : []),
    ...(claimed > 0 ? [option(texts.remove.handOver(claimed), 'hand_over')] : []),
  ];
  if (offered.length === 0) return [];
  return [
    input('remove_options', texts.remove.options, checkboxes(ACTIONS.removeOptions, offered, []), {
      optional: true,
      hint: texts.remove.optionsHint,
    }),
  ];
}
