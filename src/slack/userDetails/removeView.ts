import type { RemovalPreview } from '../../engine/readModels/userDetails.ts';
import { type Block, type ModalContent, section } from '../kit/blocks.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';

/** The confirmation of Remove Package Assignment: what goes, and what stays because the package does not own it. */
export function removeView(texts: Texts, preview: RemovalPreview, moved: boolean): ModalContent {
  const { person, package: pack, taken } = preview;
  return {
    title: texts.remove.title,
    submit: texts.remove.confirm,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(texts.remove.moved)] : []),
      section(texts.remove.intro(escapeText(person.name), packageName(texts, pack), taken)),
      ...stayingBlocks(texts, preview),
      ...claimedBlocks(texts, preview),
      section(texts.assign.done.logOut),
    ],
  };
}

function stayingBlocks(texts: Texts, { staying }: RemovalPreview): Block[] {
  if (staying.length === 0) return [section(texts.remove.nothingStays)];
  const rows = staying.map(({ permission, value, param, packageNumber }) => {
    const source = packageNumber === null ? texts.remove.byHand : texts.remove.byPackage(packageNumber);
    return texts.remove.stayingRow(describePermission(texts, permission), describeValue(texts, value, param), source);
  });
  return [section([texts.remove.staying, ...rows].join('\n'))];
}

function claimedBlocks(texts: Texts, { claimed }: RemovalPreview): Block[] {
  if (claimed.length === 0) return [];
  const rows = claimed.map(({ permission, packageNumber, packageName: name }) =>
    texts.remove.claimed(permission ? describePermission(texts, permission) : '?', packageNumber, escapeText(name)),
  );
  return [section([texts.remove.claimedIntro, ...rows].join('\n'))];
}
