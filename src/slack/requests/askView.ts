import type { ApprovalPolicy, Shortage } from '../../engine/core/approvalPolicy.ts';
import type { Approver } from '../../engine/operations/approvers.ts';
import {
  type Block,
  checkboxes,
  context,
  input,
  type ModalContent,
  option,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { nameSome } from '../kit/requestBlocks.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Longest reason that the form takes, in characters. */
const REASON_MAX = 1_000;

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

/** Who decides, stage by stage. */
export function decidersBlocks(
  texts: Texts,
  { stages }: Pick<ApprovalPolicy, 'stages'>,
  approvers: readonly (readonly Approver[])[],
): Block[] {
  const { deciders, second } = texts.requests.ask;
  const lines = stages.map(({ quorum }, index) => {
    const able = approvers[index] ?? [];
    return (index === 0 ? deciders : second)(quorum, nameSome(texts, able), able.length);
  });
  return [context(...lines)];
}

export function reasonInput(label: string, hint?: string): Block {
  const element = textInput(ACTIONS.requestReason, { multiline: true, max: REASON_MAX });
  return input('request_reason', label, element, hint === undefined ? {} : { hint });
}
