import type { ApprovalPolicy, Shortage } from '../../engine/core/approvalPolicy.ts';
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
  /** Why nobody could approve it; null where the approvers suffice. */
  shortage: Shortage | null;
  /** Founders may break the glass. */
  founder: boolean;
}

/** Asks for the reason of something that needs approval. */
export function askView(texts: Texts, { what, policy, approvers, shortage, founder }: AskScreen): ModalContent {
  const words = texts.requests.ask;
  const isPossible = !shortage || founder;
  return {
    title: words.title,
    submit: isPossible ? words.submit : undefined,
    close: texts.common.cancel,
    blocks: [
      section(words.needs(what)),
      ...(shortage
        ? [section(`:warning: ${texts.errors.too_few_approvers(shortage.needed, shortage.available)}`)]
        : decidersBlocks(texts, policy, approvers)),
      ...(isPossible ? [reasonInput(words.reason, words.reasonHint)] : []),
      ...(founder
        ? [
            input(
              'break_glass',
              words.emergency,
              checkboxes(ACTIONS.breakGlass, [option(words.breakGlass, 'yes')], []),
              { optional: true, hint: words.breakGlassHint },
            ),
          ]
        : []),
    ],
  };
}
