import type { ApprovalPolicy } from '../../engine/core/approvalPolicy.ts';
import type { Approver } from '../../engine/operations/approvers.ts';
import { decidersBlocks, reasonInput } from '../kit/askBlocks.ts';
import { checkboxes, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface AskScreen {
  /** What was confirmed, as it continues "to". */
  what: string;
  policy: ApprovalPolicy;
  approvers: readonly (readonly Approver[])[];
  /** Founders may break the glass. */
  founder: boolean;
}

/** Asks for the reason of something that needs approval. */
export function askView(texts: Texts, { what, policy, approvers, founder }: AskScreen): ModalContent {
  const words = texts.requests.ask;
  return {
    title: words.title,
    submit: words.submit,
    close: texts.common.cancel,
    blocks: [
      section(words.needs(what)),
      ...decidersBlocks(texts, policy, approvers),
      reasonInput(words.reason, words.reasonHint),
      ...(founder
        ? [
            input(
              'break_glass',
              words.breakGlass,
              checkboxes(ACTIONS.breakGlass, [option(words.breakGlass, 'yes')], []),
              { optional: true, hint: words.breakGlassHint },
            ),
          ]
        : []),
    ],
  };
}
