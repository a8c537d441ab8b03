import { datepicker, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

export interface AcceptScreen {
  package: { number: number; name: string };
  cells: number;
  people: number;
  /** Whether something changed since it was looked at first. */
  moved: boolean;
}

/** Accepting what drifts from a package until a day, for a reason. */
export function acceptView(texts: Texts, { package: pack, cells, people, moved }: AcceptScreen): ModalContent {
  const { accept } = texts.drift;
  const name = section(packageName(texts, pack));
  if (cells === 0) return { title: accept.title, close: texts.common.close, blocks: [name, section(accept.nothing)] };
  return {
    title: accept.title,
    submit: accept.confirm,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(`:arrows_counterclockwise: ${accept.moved}`)] : []),
      name,
      section(accept.about(cells, people)),
      input('drift_until', accept.until, datepicker(ACTIONS.driftUntil, accept.day), { hint: accept.untilHint }),
      input('drift_reason', accept.reason, textInput(ACTIONS.driftReason, { multiline: true, max: 500 }), {
        hint: accept.reasonHint,
      }),
    ],
  };
}
