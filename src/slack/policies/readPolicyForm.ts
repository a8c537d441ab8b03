import { z } from 'zod';
import {
  type ApprovalPolicy,
  type ApprovalStage,
  POLICY_OPERATIONS,
  ApprovalPolicy as Policy,
} from '../../engine/core/approvalPolicy.ts';
import { ACTIONS } from '../kit/ids.ts';
import { chosenChannel, chosenOption, chosenOptions, typedText, type Values } from '../kit/payloads.ts';
import type { Texts } from '../kit/texts/index.ts';
import { STAGE_INPUTS, type StageInputs } from './policyDraft.ts';

const Operations = z.array(z.enum(POLICY_OPERATIONS));
const Quorum = z.coerce.number().int().min(1).max(10).catch(1);
const UserId = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const Unit = z.enum(['hours', 'days']).catch('hours');

/** Longest life of a request, in hours: that of {@link Policy}. */
const LONGEST = 2160;

/** What a submitted form says, or what is wrong with it, by the input it is about. */
export function readPolicyForm(
  texts: Texts,
  values: Values,
): { policy: ApprovalPolicy } | { errors: Record<string, string> } {
  const words = texts.policyForm;
  const errors: Record<string, string> = {};
  const [first, second] = STAGE_INPUTS.map((inputs) => readStage(values, inputs));
  const stages = [first, second].flatMap((stage) => stage ?? []);
  if (!first) errors[STAGE_INPUTS[0].people] = words.approversNeeded;
  const lives = readHours(values, ACTIONS.policyLives, ACTIONS.policyLivesUnit);
  if (lives === null || lives > LONGEST) errors[ACTIONS.policyLives] = words.livesWrong;
  const reminds = readHours(values, ACTIONS.policyReminds, ACTIONS.policyRemindsUnit);
  const isReminding = typedText(values, ACTIONS.policyReminds) !== '';
  if (isReminding && reminds === null) errors[ACTIONS.policyReminds] = words.remindWrong;
  if (reminds !== null && lives !== null && reminds >= lives) errors[ACTIONS.policyReminds] = words.remindLate;
  if (Object.keys(errors).length > 0) return { errors };
  const channel = chosenChannel(values, ACTIONS.policyChannel);
  const told = chosenOptions(values, ACTIONS.policyTold);
  const policy = Policy.parse({
    ...{ stages, livesHours: lives, remindAfterHours: reminds, channel },
    operations: Operations.parse(chosenOptions(values, ACTIONS.policyOperations)),
    direct: channel === null || told.includes('direct'),
    tellPeople: told.includes('people'),
  });
  return { policy };
}

/** A stage of the form; null where it names nobody. */
function readStage(values: Values, inputs: StageInputs): ApprovalStage | null {
  const userIds = [...new Set(z.array(UserId).parse(chosenOptions(values, inputs.people)))].slice(0, 50);
  const slackUserGroupId = chosenOption(values, inputs.userGroup);
  const holders = chosenOptions(values, inputs.holders).includes('yes');
  if (userIds.length === 0 && slackUserGroupId === null && !holders) return null;
  const quorum = Quorum.parse(chosenOption(values, inputs.quorum));
  return { approvers: { userIds, slackUserGroupId, holders }, quorum };
}

/** A whole number of hours or days, in hours; null where it is none. */
function readHours(values: Values, amount: string, unit: string): number | null {
  const typed = typedText(values, amount);
  if (!/^[1-9]\d{0,3}$/.test(typed)) return null;
  return Number(typed) * (Unit.parse(chosenOption(values, unit)) === 'days' ? 24 : 1);
}
