import type { Person } from '../../engine/readModels/search.ts';
import { checkboxes, context, externalSelect, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { rightsText } from './rightsText.ts';

/** Who becomes a founder, and whether the founder who asks steps down. */
export function foundersView(texts: Texts): ModalContent {
  const { founders } = texts;
  const stepDown = option(founders.stepDown, 'yes');
  return {
    title: founders.title,
    submit: founders.next,
    close: texts.common.cancel,
    blocks: [
      context(founders.intro),
      input('founder', founders.person, externalSelect(ACTIONS.founderPerson, texts.administrator.choosePlaceholder), {
        ...{ optional: true, hint: founders.personHint },
      }),
      input('step_down', founders.yourself, checkboxes(ACTIONS.founderStepsDown, [stepDown], []), { optional: true }),
    ],
  };
}

/** What the transfer means for both. `kept`: the rights of the founder who steps down; null where nobody does. */
export function founderReviewView(
  texts: Texts,
  { named, kept }: { named: Person | null; kept: readonly string[] | null },
): ModalContent {
  const { founders } = texts;
  return {
    title: founders.reviewTitle,
    submit: founders.confirm,
    close: texts.common.cancel,
    blocks: [
      ...(named ? [section(founders.named(escapeText(named.name)))] : []),
      section(kept ? founders.ended(rightsText(texts, kept)) : founders.stays),
    ],
  };
}
