import type { ApprovalPolicy } from '../../engine/core/approvalPolicy.ts';
import type { Approver } from '../../engine/operations/approvers.ts';
import { type Block, context, input, textInput } from './blocks.ts';
import { ACTIONS } from './ids.ts';
import { nameSome } from './requestBlocks.ts';
import type { Texts } from './texts/index.ts';

/** Longest reason that a form takes, in characters. */
const REASON_MAX = 1_000;

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

/** The field for the reason of a request, or of a decision. */
export function reasonInput(label: string, hint?: string): Block {
  const element = textInput(ACTIONS.requestReason, { multiline: true, max: REASON_MAX });
  return input('request_reason', label, element, hint === undefined ? {} : { hint });
}
