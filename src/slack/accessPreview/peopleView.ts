import { input, type ModalContent, multiExternalSelect, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { MAX_PEOPLE } from '../kit/peopleInput.ts';
import type { SCREENS, ScreenState } from '../kit/screenRefs.ts';
import type { Texts } from '../kit/texts/index.ts';

type Purpose = ScreenState<typeof SCREENS.sourcePeople>['purpose'];

/** The form that asks who gets or loses a profile, or joins or leaves a group. */
export function peopleView(texts: Texts, purpose: Purpose, subject: string): ModalContent {
  return {
    title: texts.sourcePeople.title[purpose],
    submit: texts.sourcePeople.next,
    close: texts.common.cancel,
    blocks: [
      section(subject),
      input('people', texts.assign.people, multiExternalSelect(ACTIONS.sourcePeople, texts.assign.peoplePlaceholder), {
        optional: true,
      }),
      input('codes', texts.assign.pasted, textInput(ACTIONS.sourceCodes, { multiline: true }), {
        optional: true,
        hint: texts.sourcePeople.hint(MAX_PEOPLE),
      }),
    ],
  };
}
