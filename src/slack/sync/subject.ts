import type { SyncSubject } from '../../engine/readModels/sync.ts';
import { type Block, section } from '../kit/blocks.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';

/** What a sync is about: the package, and the permission or the person where it is about one alone. */
export function subjectBlocks(texts: Texts, { package: pack, permission, person }: SyncSubject): Block[] {
  const lines = [
    packageName(texts, pack),
    ...(person ? [`*${escapeText(person.name)}* \`${escapeText(person.code)}\``] : []),
    ...(permission
      ? [
          `${describePermission(texts, permission)}: ${texts.why.packageSays(describeValue(texts, permission.value, permission.param))}`,
        ]
      : []),
  ];
  return [section(lines.join('\n'))];
}
