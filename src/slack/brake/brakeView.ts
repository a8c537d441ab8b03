import type { Brake } from '../../engine/core/brake.ts';
import { checkboxes, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Asks a second time before access is taken from many members. `what`: what was confirmed, as it continues "to". */
export function brakeView(texts: Texts, { what, brake }: { what: string; brake: Brake }): ModalContent {
  const words = texts.brake;
  const yes = option(words.yes(brake.people), 'yes');
  return {
    title: words.title,
    submit: words.confirm,
    close: texts.common.cancel,
    blocks: [
      section(words.about(what)),
      section(words.takes(brake, Math.round((brake.people / brake.members) * 100))),
      input('past_brake', words.sure, checkboxes(ACTIONS.pastBrake, [yes], [])),
    ],
  };
}
