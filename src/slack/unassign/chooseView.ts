import type { PackageRecord } from '../../engine/readModels/packages.ts';
import { input, type ModalContent, multiExternalSelect, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** The form that asks whose assignment of a package is removed. */
export function chooseView(texts: Texts, pack: PackageRecord): ModalContent {
  return {
    title: texts.remove.title,
    submit: texts.remove.next,
    close: texts.common.cancel,
    blocks: [
      section(packageName(texts, pack)),
      input(
        'members',
        texts.assign.people,
        multiExternalSelect(ACTIONS.unassignPeople, texts.assign.peoplePlaceholder),
        { optional: true },
      ),
      input('codes', texts.assign.pasted, textInput(ACTIONS.unassignCodes, { multiline: true }), {
        optional: true,
        hint: texts.remove.pastedHint,
      }),
    ],
  };
}
