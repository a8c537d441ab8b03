import type { ApprovalPolicy, ApprovalStage, Approvers } from '../../engine/core/approvalPolicy.ts';
import { POLICY_OPERATIONS } from '../../engine/core/approvalPolicy.ts';
import type { NamedPolicy } from '../../engine/readModels/policies.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** People of a policy who are named; the rest are counted. */
const NAMED = 20;

/** A policy in words, a line for each of its terms. */
export function policyText(texts: Texts, { policy, people }: NamedPolicy): string {
  const words = texts.policies;
  const operations = operationWords(texts, policy);
  const stages = policy.stages.map((stage, index) =>
    words[index === 0 ? 'approvedBy' : 'thenBy'](stageWords(texts, stage, people)),
  );
  const { livesHours, remindAfterHours, channel } = policy;
  const reminder =
    remindAfterHours === null ? words.remindsNever : words.reminds(durationText(texts, remindAfterHours));
  return [
    operations === '' ? words.needsNothing : words.needs(operations),
    ...stages,
    `${words.lives(durationText(texts, livesHours))} · ${reminder}`,
    channel === null ? words.hear.direct : words.hear[policy.direct ? 'both' : 'channel'](words.channel(channel)),
    ...(policy.tellPeople ? [words.tellPeople] : []),
  ].join('\n');
}

/** The operations that need approval, in their usual order; empty where none does. */
export function operationWords(texts: Texts, { operations }: Pick<ApprovalPolicy, 'operations'>): string {
  const chosen = POLICY_OPERATIONS.filter((operation) => operations.includes(operation));
  return chosen.map((operation) => texts.policies.operations[operation]).join(', ');
}

/** Who approves at a stage: the one by name, or so many of several. */
function stageWords(texts: Texts, { quorum, approvers }: ApprovalStage, people: NamedPolicy['people']): string {
  const { userIds, slackUserGroupId, holders } = approvers;
  const isSole = userIds.length === 1 && slackUserGroupId === null && !holders;
  const who = approverWords(texts, approvers, people);
  return isSole ? who : texts.policies.someOf(quorum, who);
}

function approverWords(
  texts: Texts,
  { userIds, slackUserGroupId, holders }: Approvers,
  people: NamedPolicy['people'],
): string {
  const words = texts.policies;
  const named = userIds.flatMap((userId) => {
    const person = people.get(userId);
    if (!person) return [];
    const name = escapeText(person.name);
    if (person.leftAt) return [words.gone(name)];
    return [person.slackUserId === null ? words.unlinked(name) : name];
  });
  return [
    ...(named.length > 0 ? [namesText(texts, named)] : []),
    ...(slackUserGroupId === null ? [] : [words.userGroup(slackUserGroupId)]),
    ...(holders ? [words.holders] : []),
  ].join(', ');
}

/** Names that are escaped already; the first of many, the rest counted. */
export function namesText(texts: Texts, names: readonly string[]): string {
  const more = names.length - NAMED;
  const shown = names.slice(0, NAMED).join(', ');
  return more > 0 ? `${shown} ${texts.policyReview.more(more)}` : shown;
}

/** Hours in words: whole days as days. */
function durationText({ policies }: Texts, hours: number): string {
  return hours % 24 === 0 ? policies.days(hours / 24) : policies.hours(hours);
}
