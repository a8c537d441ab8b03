import type { MemberEnd } from '../../engine/readModels/assignmentEnds.ts';
import { context, datepicker, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

export interface EndForm {
  member: MemberEnd;
  /** The day that the calendar begins with. */
  day: string | null;
  /** Whether it is asked for: with a reason, because others decide. `own`: for oneself. */
  asks: 'own' | 'approval' | null;
  /** Somebody changed the end since it was shown. */
  moved: boolean;
}

/** The form of the day on which one member's assignment ends, to set it or to ask for it. */
export function endView(texts: Texts, { member, day, asks, moved }: EndForm): ModalContent {
  const words = texts.ends;
  const { package: pack, person, endsAt } = member;
  // A form drawn again shows what it holds now, not what was chosen before: its blocks are new ones
  const block = `end_${day ?? 'none'}_${asks ?? 'set'}`;
  return {
    title: words.title,
    submit: asks === null ? words.save : words.ask,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(words.moved)] : []),
      section(words.of(escapeText(person.name), escapeText(person.code), packageName(texts, pack))),
      context(endsAt ? words.now(texts.lastDay(endsAt)) : words.nowNone),
      ...(asks === null ? [] : [section(asks === 'own' ? words.askIntro : words.needsApproval)]),
      input(block, words.lastDay, datepicker(ACTIONS.endDay, words.placeholder, day ?? undefined), {
        optional: asks !== 'own',
        ...(asks !== 'own' && { hint: words.lastDayHint }),
      }),
      ...(asks === null
        ? []
        : [input('end_reason', words.why, textInput(ACTIONS.endReason, { max: 500, multiline: true }))]),
    ],
  };
}
