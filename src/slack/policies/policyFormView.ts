import { type ApprovalPolicy, type ApprovalStage, POLICY_OPERATIONS } from '../../engine/core/approvalPolicy.ts';
import type { NamedPolicy } from '../../engine/readModels/policies.ts';
import {
  type Block,
  channelSelect,
  checkboxes,
  context,
  divider,
  externalSelect,
  header,
  input,
  type ModalContent,
  multiExternalSelect,
  option,
  section,
  staticSelect,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { personOption } from '../kit/personOption.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { NO_STAGE, STAGE_INPUTS } from './policyDraft.ts';

const QUORUMS = Array.from({ length: 10 }, (_, index) => String(index + 1));

export interface PolicyForm {
  named: NamedPolicy;
  /** Null: the organization's policy. */
  package: { number: number; name: string } | null;
  /** Names of the user groups that the policy names, by id. */
  userGroups: ReadonlyMap<string, string>;
  /** Tells one drawing from another, because Slack keeps what stands in a block that it knows. */
  revision: number;
}

/** The form of a policy: what needs approval, whose, and the terms of its requests. */
export function policyFormView(texts: Texts, form: PolicyForm): ModalContent {
  const { package: pack, named, revision } = form;
  const { policy } = named;
  const words = texts.policyForm;
  const boxes = POLICY_OPERATIONS.filter((operation) => pack === null || operation !== 'grant').map((operation) =>
    option(words.boxes[operation], operation),
  );
  return {
    title: words.title,
    submit: words.review,
    close: texts.common.cancel,
    blocks: [
      section(pack ? packageName(texts, pack) : words.forOrganization),
      input(
        `operations_${revision}`,
        words.operations,
        checkboxes(ACTIONS.policyOperations, boxes, policy.operations),
        { optional: true, hint: pack ? words.operationsHintPackage : words.operationsHint },
      ),
      ...(pack ? [context(words.grantNote)] : []),
      divider(),
      header(words.approvers),
      context(words.approversNote),
      ...stageInputs(texts, form, 0),
      divider(),
      header(words.second),
      context(words.secondNote),
      ...stageInputs(texts, form, 1),
      divider(),
      ...termInputs(texts, policy, revision),
    ],
  };
}

function stageInputs(texts: Texts, { named, userGroups, revision }: PolicyForm, index: 0 | 1): Block[] {
  const words = texts.policyForm;
  const inputs = STAGE_INPUTS[index];
  const { approvers, quorum }: ApprovalStage = named.policy.stages[index] ?? NO_STAGE;
  const { userIds, slackUserGroupId: group, holders } = approvers;
  const people = userIds.flatMap((userId) => named.people.get(userId) ?? []);
  const chosenGroup = group === null ? undefined : option(userGroups.get(group) ?? group, group);
  const idOf = (name: string) => `${name}_${index}_${revision}`;
  const optional = { optional: true };
  return [
    input(
      idOf('people'),
      words.people,
      multiExternalSelect(inputs.people, words.peoplePlaceholder, people.map(personOption)),
      { ...optional, hint: words.fixLinks },
    ),
    input(
      idOf('user_group'),
      words.userGroup,
      externalSelect(inputs.userGroup, words.userGroupPlaceholder, chosenGroup),
      optional,
    ),
    input(
      idOf('holders'),
      words.holdersLabel,
      checkboxes(inputs.holders, [option(words.holders, 'yes')], holders ? ['yes'] : []),
      optional,
    ),
    input(
      idOf('quorum'),
      words.quorum,
      staticSelect(
        inputs.quorum,
        QUORUMS.map((each) => option(each, each)),
        String(quorum),
      ),
    ),
  ];
}

function termInputs(texts: Texts, policy: ApprovalPolicy, revision: number): Block[] {
  const words = texts.policyForm;
  const units = (['hours', 'days'] as const).map((unit) => option(words.units[unit], unit));
  const lives = shownDuration(policy.livesHours);
  const reminds = policy.remindAfterHours === null ? null : shownDuration(policy.remindAfterHours);
  const told = [option(words.direct, 'direct', words.directHint), option(words.tellPeople, 'people')];
  const chosen = [...(policy.direct ? ['direct'] : []), ...(policy.tellPeople ? ['people'] : [])];
  const idOf = (name: string) => `${name}_${revision}`;
  const optional = { optional: true };
  return [
    input(idOf('lives'), words.lives, textInput(ACTIONS.policyLives, { initial: lives.amount, max: 4 }), {
      hint: words.livesHint,
    }),
    input(idOf('lives_unit'), words.unit, staticSelect(ACTIONS.policyLivesUnit, units, lives.unit)),
    input(
      idOf('reminds'),
      words.remind,
      textInput(ACTIONS.policyReminds, { max: 4, ...(reminds && { initial: reminds.amount }) }),
      { ...optional, hint: words.remindHint },
    ),
    input(idOf('reminds_unit'), words.unit, staticSelect(ACTIONS.policyRemindsUnit, units, reminds?.unit ?? 'hours')),
    input(
      idOf('channel'),
      words.channel,
      channelSelect(ACTIONS.policyChannel, words.channelPlaceholder, policy.channel),
      {
        ...optional,
        hint: words.channelHint,
      },
    ),
    input(idOf('told'), words.told, checkboxes(ACTIONS.policyTold, told, chosen), optional),
  ];
}

/** Hours as the form counts them: whole days in days. */
function shownDuration(hours: number): { amount: string; unit: 'hours' | 'days' } {
  return hours % 24 === 0 ? { amount: String(hours / 24), unit: 'days' } : { amount: String(hours), unit: 'hours' };
}
