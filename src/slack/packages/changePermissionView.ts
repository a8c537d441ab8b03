import type { PackageRecord } from '../../engine/readModels/packages.ts';
import type { CatalogPermission, Structure } from '../../engine/readModels/search.ts';
import { context, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import { levelBlocks } from '../kit/levelSelect.ts';
import { structurePicker } from '../kit/structurePicker.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, packageName } from '../kit/wording.ts';
import type { ChangePermissionDraft } from './changePermissionDraft.ts';

export interface ChangePermissionScreen {
  package: PackageRecord;
  permission: CatalogPermission;
  draft: ChangePermissionDraft;
  /** The structures that the filter shows, one page of them. */
  structures: { structures: Structure[]; total: number };
  revision: number;
}

/** Another value and parameter for a permission that the package has. */
export function changePermissionView(texts: Texts, screen: ChangePermissionScreen): ModalContent {
  const { permission, draft, structures, revision } = screen;
  return {
    title: texts.changePermission.title,
    submit: texts.changePermission.save,
    close: texts.common.cancel,
    blocks: [
      section(`${packageName(texts, screen.package)}\n*${describePermission(texts, permission)}*`),
      context(texts.changePermission.note),
      ...levelBlocks(texts, ACTIONS.changedLevel, permission, draft.value),
      ...(permission.scope === 'structures'
        ? structurePicker(texts, {
            ids: STRUCTURE_PICKERS.changePermission,
            choice: draft,
            shown: structures,
            revision,
          })
        : []),
    ],
  };
}
