import type { Profile } from '../../engine/readModels/profiles.ts';
import type { CatalogPermission } from '../../engine/readModels/search.ts';
import { externalSelect, input, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import { levelBlocks } from '../kit/levelSelect.ts';
import { permissionOption } from '../kit/permissionOption.ts';
import { type StructurePicker, structurePicker } from '../kit/structurePicker.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeName } from '../kit/wording.ts';
import type { ProfilePermissionDraft } from './profilePermissionDraft.ts';

export interface ProfilePermissionScreen {
  profile: Profile;
  draft: ProfilePermissionDraft;
  permission: CatalogPermission | null;
  structures: StructurePicker['shown'];
  revision: number;
}

/** A permission, with value and parameter, for a profile. */
export function profilePermissionView(texts: Texts, screen: ProfilePermissionScreen): ModalContent {
  const { profile, draft, permission, structures, revision } = screen;
  const words = texts.profiles;
  const subject = texts.sourcePreview.profile(escapeText(profile.name), escapeText(profile.applicationName));
  return {
    title: words.permissionTitle[draft.adds ? 'add' : 'change'],
    submit: words.next,
    close: texts.common.cancel,
    blocks: [
      section(draft.adds || !permission ? subject : `${subject}\n*${describeName(texts, permission)}*`),
      ...(draft.adds
        ? [
            input(
              'profile_permission',
              texts.addPermission.permission,
              externalSelect(
                ACTIONS.profilePermission,
                texts.addPermission.permissionPlaceholder,
                permission ? permissionOption(permission) : undefined,
              ),
              { dispatch: true },
            ),
          ]
        : []),
      ...(permission ? levelBlocks(texts, ACTIONS.profileLevel, permission, draft.value) : []),
      ...(permission?.scope === 'structures'
        ? structurePicker(texts, {
            ids: STRUCTURE_PICKERS.profilePermission,
            choice: draft,
            shown: structures,
            revision,
          })
        : []),
    ],
  };
}
