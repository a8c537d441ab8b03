import type { HeldPermission } from '../../engine/readModels/manualGrants.ts';
import type { Person } from '../../engine/readModels/search.ts';
import { type ModalContent, section } from '../kit/blocks.ts';
import { describeAccess, describePerson } from '../kit/heldWording.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import { levelBlocks } from '../kit/levelSelect.ts';
import { type StructurePicker, structurePicker } from '../kit/structurePicker.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission } from '../kit/wording.ts';
import type { GrantDraft } from './grantDraft.ts';

export interface GrantScreen {
  person: Person;
  held: HeldPermission;
  draft: GrantDraft;
  structures: StructurePicker['shown'];
  revision: number;
  note: string | undefined;
}

/** The value, and the structures, of one permission for one person. */
export function grantView(texts: Texts, screen: GrantScreen): ModalContent {
  const { person, held, draft, structures, revision, note } = screen;
  const { permission, effective } = held;
  return {
    title: texts.manage.form.title,
    submit: texts.manage.form.next,
    close: texts.common.cancel,
    blocks: [
      ...(note ? [section(note)] : []),
      section(`${describePerson(texts, person)}\n*${describePermission(texts, permission)}*`),
      section(texts.manage.form.now(describeAccess(texts, effective))),
      ...levelBlocks(texts, ACTIONS.grantLevel, permission, draft.value),
      ...(permission.scope === 'structures'
        ? structurePicker(texts, { ids: STRUCTURE_PICKERS.grant, choice: draft, shown: structures, revision })
        : []),
    ],
  };
}
