import type { Parameter } from '../../engine/core/parameter.ts';
import type { Grant, LostSource } from '../../engine/core/status.ts';
import type { PermissionStatus } from '../../engine/readModels/userDetails.ts';
import { escapeText, isoClock } from './text.ts';
import type { Texts } from './texts/index.ts';
import { describeValue, plainValue } from './wording.ts';

/** How the parts of the sentence are written: for a screen, or for a file. */
interface Manner {
  value(value: string, param: Parameter): string;
  name(text: string): string;
  date(at: Date): string;
  /** Who wrote the row; null where nobody knows. */
  author(changed: { by: string | null; bySlackId: string | null }): string | null;
}

/**
 * Why a status is what it is, for a screen of Slack: people are mentioned, dates are in the organization's time zone.
 */
export function whyText(texts: Texts, cell: PermissionStatus): string {
  return explain(texts, cell, {
    value: (value, param) => describeValue(texts, value, param),
    name: escapeText,
    date: texts.moment,
    author: ({ by, bySlackId }) => (bySlackId ? `<@${bySlackId}>` : by && escapeText(by)),
  });
}

/** The same sentence for a file: nothing is marked up, people are named, dates are ISO 8601 in `timeZone`. */
export function plainWhy(texts: Texts, timeZone: string): (cell: PermissionStatus) => string {
  const manner: Manner = {
    value: (value, param) => plainValue(texts, value, param),
    name: (text) => text,
    date: isoClock(timeZone),
    author: ({ by }) => by,
  };
  return (cell) => explain(texts, cell, manner);
}

/**
 * Why a status is what it is, in one line: what decided, when and by whom, what the package says where it differs, the
 * sources that lost, and whether it can be synced (DOMAIN 3).
 */
function explain(texts: Texts, cell: PermissionStatus, manner: Manner): string {
  const { facts, status } = cell;
  const says = texts.why.packageSays(manner.value(facts.permission.value, facts.permission.param));
  const parts = [
    decisive(texts, cell, manner),
    ...(status.divergence || status.kind === 'profile' || status.kind === 'rule' ? [says] : []),
    ...status.lost.flatMap((source) => lostText(texts, cell, source, manner)),
  ];
  return `${capitalize(parts.join('; '))}. ${syncText(texts, cell, manner)}`;
}

function syncText(texts: Texts, { status: { refusal }, facts: { left } }: PermissionStatus, manner: Manner): string {
  switch (refusal) {
    case null:
      return texts.why.syncable;
    case 'in_sync':
      return texts.why.inSync;
    case 'person_left':
      return texts.why.notSyncable(texts.why.personLeft(left ? manner.date(left) : '–'));
    default:
      return texts.why.notSyncable(texts.refusals[refusal]);
  }
}

function decisive(texts: Texts, { facts, status, changed }: PermissionStatus, manner: Manner): string {
  const { row, profile, rule } = facts;
  const { why } = texts;
  const when = changed ? ` ${why.changed(manner.date(changed.at), manner.author(changed))}` : '';
  if (status.kind === 'founder') return why.founder.replace(/\.$/, '');
  if (row?.active) {
    const value = manner.value(row.value, row.param);
    const given = row.packageNumber === null ? why.row.manual(value) : why.row.package(row.packageNumber, value);
    const own = row.packageNumber === facts.package.number && facts.package.state === 'disabled';
    return given + when + (own ? `; ${why.suspended(facts.package.number)}` : '');
  }
  if (row?.reason === 'manual') return why.row.disabledByHand + when;
  if (status.kind === 'profile' && profile) return grantText(texts, 'profile', profile, manner);
  if (status.kind === 'rule' && rule) return grantText(texts, 'rule', rule, manner);
  if (row) return (row.reason === 'removal' ? why.row.removed : why.row.unassigned) + when;
  return status.kind === 'disabled_assignment' ? why.formerMember : why.noRow;
}

function lostText(texts: Texts, { status }: PermissionStatus, lost: LostSource, manner: Manner): string[] {
  if (lost.source === 'row') {
    // An inactive row that a profile or rule outweighs, or any row of a founder
    if (status.kind !== 'profile' && status.kind !== 'rule') return [];
    return lost.row.active ? [] : [lost.row.reason === 'removal' ? texts.why.row.removed : texts.why.row.unassigned];
  }
  return [grantText(texts, lost.source === 'profile' ? 'alsoProfile' : 'alsoRule', lost.grant, manner)];
}

function grantText(
  texts: Texts,
  wording: 'profile' | 'rule' | 'alsoProfile' | 'alsoRule',
  { name, value, param }: Grant,
  manner: Manner,
): string {
  return texts.why[wording](manner.name(name), manner.value(value, param));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
