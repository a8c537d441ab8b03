import type { ApprovalPolicy } from '../../engine/core/approvalPolicy.ts';
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

/** Who decides, stage by stage. */
export function decidersBlocks(
  texts: Texts,
  { stages }: Pick<ApprovalPolicy, 'stages'>,
  approvers: readonly (readonly Approver[])[],
): Block[] {
  const { deciders, second } = texts.requests.ask;
  const lines = stages.map(({ quorum }, index) =>
    (index === 0 ? deciders : second)(quorum, nameSome(texts, approvers[index] ?? [])),
  );
  return [context(...lines)];
}

export function reasonInput(label: string, hint?: string): Block {
  const element = textInput(ACTIONS.requestReason, { multiline: true, max: REASON_MAX });
  return input('request_reason', label, element, hint === undefined ? {} : { hint });
}
