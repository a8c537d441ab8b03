import type { LostSource } from '../../engine/core/status.ts';
import type { PermissionStatus } from '../../engine/readModels/userDetails.ts';
import { escapeText, slackDate } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeValue } from '../kit/wording.ts';

/**
 * Why a status is what it is, in one line: what decided, when and by whom, what the package says where it differs, the
 * sources that lost, and whether it can be synced (DOMAIN 3).
 */
export function whyText(texts: Texts, cell: PermissionStatus): string {
  const { facts, status } = cell;
  const says = texts.why.packageSays(describeValue(texts, facts.permission.value, facts.permission.param));
  const parts = [
    decisive(texts, cell),
    ...(status.divergence || status.kind === 'profile' || status.kind === 'rule' ? [says] : []),
    ...status.lost.flatMap((source) => lostText(texts, cell, source)),
  ];
  return `${capitalize(parts.join('; '))}. ${syncText(texts, status.refusal)}`;
}

function syncText(texts: Texts, refusal: PermissionStatus['status']['refusal']): string {
  if (refusal === null) return texts.why.syncable;
  return refusal === 'in_sync' ? texts.why.inSync : texts.why.notSyncable(texts.refusals[refusal]);
}

function decisive(texts: Texts, { facts, status, changed }: PermissionStatus): string {
  const { row, profile, rule } = facts;
  const { why } = texts;
  const when = changed
    ? ` ${why.changed(slackDate(changed.at), changed.bySlackId ? `<@${changed.bySlackId}>` : changed.by && escapeText(changed.by))}`
    : '';
  if (status.kind === 'founder') return why.founder.replace(/\.$/, '');
  if (row?.active) {
    const value = describeValue(texts, row.value, row.param);
    const given = row.packageNumber === null ? why.row.manual(value) : why.row.package(row.packageNumber, value);
    const own = row.packageNumber === facts.package.number && facts.package.state === 'disabled';
    return given + when + (own ? `; ${why.suspended(facts.package.number)}` : '');
  }
  if (row?.reason === 'manual') return why.row.disabledByHand + when;
  if (status.kind === 'profile' && profile) return grantText(texts, 'profile', profile);
  if (status.kind === 'rule' && rule) return grantText(texts, 'rule', rule);
  if (row) return (row.reason === 'removal' ? why.row.removed : why.row.unassigned) + when;
  return status.kind === 'disabled_assignment' ? why.formerMember : why.noRow;
}

function lostText(texts: Texts, { status }: PermissionStatus, lost: LostSource): string[] {
  if (lost.source === 'row') {
    // An inactive row that a profile or rule outweighs, or any row of a founder
    if (status.kind !== 'profile' && status.kind !== 'rule') return [];
    return lost.row.active ? [] : [lost.row.reason === 'removal' ? texts.why.row.removed : texts.why.row.unassigned];
  }
  const value = describeValue(texts, lost.grant.value, lost.grant.param);
  const name = escapeText(lost.grant.name);
  return [lost.source === 'profile' ? texts.why.alsoProfile(name, value) : texts.why.alsoRule(name, value)];
}

function grantText(
  texts: Texts,
  source: 'profile' | 'rule',
  grant: { name: string; value: string; param: string },
): string {
  return texts.why[source](escapeText(grant.name), describeValue(texts, grant.value, grant.param));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
