import type { ApprovalPolicy, Approvers } from '../../engine/core/approvalPolicy.ts';
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
  const stages = policy.stages.map(({ quorum, approvers }, index) =>
    words[index === 0 ? 'approvedBy' : 'thenBy'](quorum, approverWords(texts, approvers, people)),
  );
  const { livesHours, remindAfterHours, channel } = policy;
  const reminder =
    remindAfterHours === null ? words.remindsNever : words.reminds(durationText(texts, remindAfterHours));
  const places = [
    ...(channel === null ? [] : [words.channel(channel)]),
    ...(policy.direct || channel === null ? [words.direct] : []),
  ];
  return [
    operations === '' ? words.needsNothing : words.needs(operations),
    ...stages,
    `${words.lives(durationText(texts, livesHours))} · ${reminder}`,
    words.hear(places.join(', ')),
    ...(policy.tellPeople ? [words.tellPeople] : []),
  ].join('\n');
}

/** The operations that need approval, in their usual order; empty where none does. */
export function operationWords(texts: Texts, { operations }: Pick<ApprovalPolicy, 'operations'>): string {
  const chosen = POLICY_OPERATIONS.filter((operation) => operations.includes(operation));
  return chosen.map((operation) => texts.policies.operations[operation]).join(', ');
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
