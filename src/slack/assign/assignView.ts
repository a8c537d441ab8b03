import type { PackageRecord } from '../../engine/readModels/packages.ts';
import { type Block, externalSelect, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS, PEOPLE_INPUTS } from '../kit/ids.ts';
import type { ShownPeople } from '../kit/peopleChoice.ts';
import { peopleForm } from '../kit/peopleForm.ts';
import type { Texts } from '../kit/texts/index.ts';
import { untilInput } from '../kit/untilInput.ts';
import { packageName } from '../kit/wording.ts';

export interface AssignForm {
  /** The package, where it is known; else the form asks for it. */
  pack: PackageRecord | null;
  /** The package that was chosen when the form was drawn before. */
  wanted: PackageRecord | null;
  shown: ShownPeople;
  until: string | undefined;
  note: string | undefined;
  drawing: string;
}

/** The form that asks which package goes to whom. */
export function assignView(texts: Texts, { pack, wanted, shown, until, note, drawing }: AssignForm): ModalContent {
  const chosen = wanted ? option(`package:${wanted.number} ${wanted.name}`, String(wanted.number)) : undefined;
  const which: Block = pack
    ? section(packageName(texts, pack))
    : input(
        drawing === '' ? 'package' : `package_${drawing}`,
        texts.assign.package,
        externalSelect(ACTIONS.assignPackage, texts.assign.packagePlaceholder, chosen),
      );
  const inputs = PEOPLE_INPUTS.assign;
  return {
    title: texts.assign.title,
    submit: texts.assign.next,
    close: texts.common.cancel,
    blocks: [
      ...(note ? [section(note)] : []),
      which,
      ...peopleForm(texts, { inputs, shown, drawing, pastedHint: texts.assign.pastedHint }),
      untilInput(texts, {
        ...{ blockId: drawing === '' ? 'until' : `until_${drawing}`, until, hint: texts.ends.assignHint },
      }),
    ],
  };
}
