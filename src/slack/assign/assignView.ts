import type { PackageRecord } from '../../engine/readModels/packages.ts';
import type { Person } from '../../engine/readModels/search.ts';
import {
  type Block,
  externalSelect,
  input,
  type ModalContent,
  multiExternalSelect,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { personOption } from '../kit/personOption.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** The form that asks which package goes to whom. The package is fixed where it is known. */
export function assignView(texts: Texts, pack: PackageRecord | null, people: readonly Person[]): ModalContent {
  const which: Block = pack
    ? section(packageName(texts, pack))
    : input('package', texts.assign.package, externalSelect(ACTIONS.assignPackage, texts.assign.packagePlaceholder));
  return {
    title: texts.assign.title,
    submit: texts.assign.next,
    close: texts.common.cancel,
    blocks: [
      which,
      input(
        'people',
        texts.assign.people,
        multiExternalSelect(ACTIONS.assignPeople, texts.assign.peoplePlaceholder, people.map(personOption)),
        { optional: true },
      ),
      input('codes', texts.assign.pasted, textInput(ACTIONS.assignCodes, { multiline: true }), {
        optional: true,
        hint: texts.assign.pastedHint,
      }),
    ],
  };
}
