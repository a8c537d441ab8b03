import type { Person } from '../../engine/readModels/search.ts';
import { externalSelect, input, type ModalContent, multiExternalSelect, section } from '../kit/blocks.ts';
import { describePerson } from '../kit/heldWording.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Whom a person is to be like. */
export function modelView(texts: Texts, person: Person): ModalContent {
  const words = texts.personPlan;
  return {
    title: words.likeTitle,
    submit: words.next,
    close: texts.common.cancel,
    blocks: [
      section(describePerson(texts, person)),
      input('model', words.model, externalSelect(ACTIONS.planModel, texts.manage.personPlaceholder)),
    ],
  };
}

/** Which packages a person is to get. */
export function packagesView(texts: Texts, person: Person): ModalContent {
  const words = texts.personPlan;
  const packages = multiExternalSelect(ACTIONS.planPackages, texts.assign.packagePlaceholder);
  return {
    title: words.packagesTitle,
    submit: words.next,
    close: texts.common.cancel,
    blocks: [section(describePerson(texts, person)), input('packages', words.packages, packages)],
  };
}
