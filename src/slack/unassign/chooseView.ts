import type { PackageRecord } from '../../engine/readModels/packages.ts';
import { context, type ModalContent, section } from '../kit/blocks.ts';
import { PEOPLE_INPUTS } from '../kit/ids.ts';
import type { ShownPeople } from '../kit/peopleChoice.ts';
import { peopleForm } from '../kit/peopleForm.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

export interface ChooseForm {
  pack: PackageRecord;
  shown: ShownPeople;
  note: string | undefined;
  drawing: string;
}

/** The form that asks whose assignment of a package is removed. */
export function chooseView(texts: Texts, { pack, shown, note, drawing }: ChooseForm): ModalContent {
  const inputs = PEOPLE_INPUTS.unassign;
  return {
    title: texts.remove.title,
    submit: texts.remove.next,
    close: texts.common.cancel,
    blocks: [
      ...(note ? [section(note)] : []),
      section(packageName(texts, pack)),
      context(texts.inputs.membersOnly),
      ...peopleForm(texts, { inputs, shown, drawing, pastedHint: texts.assign.pastedHint }),
    ],
  };
}
