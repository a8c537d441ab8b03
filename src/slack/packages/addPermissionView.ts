import type { PackageRecord } from '../../engine/readModels/packages.ts';
import type { Application, CatalogPermission, Structure } from '../../engine/readModels/search.ts';
import { externalSelect, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import { levelBlocks } from '../kit/levelSelect.ts';
import { permissionOption } from '../kit/permissionOption.ts';
import { structurePicker } from '../kit/structurePicker.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import type { AddPermissionDraft } from './addPermissionDraft.ts';

export interface AddPermissionScreen {
  package: PackageRecord;
  draft: AddPermissionDraft;
  application: Application | null;
  permission: CatalogPermission | null;
  /** The structures that the filter shows, one page of them. */
  structures: { structures: Structure[]; total: number };
  revision: number;
  note: string | undefined;
}

/** Application → permission → value and parameter, each step shown once the one before is chosen. */
export function addPermissionView(texts: Texts, screen: AddPermissionScreen): ModalContent {
  const { draft, application, permission, structures, note, revision } = screen;
  const label = texts.addPermission;
  return {
    title: label.title,
    submit: label.add,
    close: texts.common.cancel,
    blocks: [
      ...(note ? [section(note)] : []),
      section(packageName(texts, screen.package)),
      input(
        'application',
        label.application,
        externalSelect(
          ACTIONS.permissionApplication,
          label.applicationPlaceholder,
          application ? option(application.name, String(application.id)) : undefined,
        ),
        { dispatch: true },
      ),
      ...(application
        ? [
            input(
              // A new application brings a new block: the old choice must not linger
              `permission_${application.id}`,
              label.permission,
              externalSelect(
                ACTIONS.permissionChoice,
                label.permissionPlaceholder,
                permission ? permissionOption(permission) : undefined,
              ),
              { dispatch: true },
            ),
          ]
        : []),
      ...(permission ? levelBlocks(texts, ACTIONS.permissionLevel, permission, draft.value) : []),
      ...(permission?.scope === 'structures'
        ? structurePicker(texts, { ids: STRUCTURE_PICKERS.addPermission, choice: draft, shown: structures, revision })
        : []),
    ],
  };
}
