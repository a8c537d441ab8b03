import type { SourceAbout, SourceChange } from '../../engine/core/sourceChange.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue } from '../kit/wording.ts';

/** What a change does to a profile, a rule or a group, in sentences; what it does to people stands below them. */
export function changeLines(texts: Texts, change: SourceChange, about: SourceAbout): string[] {
  const words = texts.sourcePreview;
  const name = escapeText(about.name);
  const profile = words.profile(name, escapeText(about.application ?? ''));
  switch (change.kind) {
    case 'create_profile':
      return [words.created(profile)];
    case 'edit_profile':
      return [editLine(texts, profile, about)];
    case 'delete_profile':
      return [words.profileDeleted(profile, about.leaving)];
    case 'assign_profile':
      return [words.assigned(profile, about.joining), ...when(about.already, words.alreadyAssigned)];
    case 'unassign_profile':
      return [words.unassigned(profile, about.leaving), ...when(about.already, words.notAssigned)];
    case 'create_rule':
    case 'edit_rule':
    case 'delete_rule':
      return ruleLines(texts, change.kind, about);
    case 'create_group':
      return [words.created(words.group(name))];
    case 'edit_group':
      return [words.renamed(words.group(name), escapeText(about.renamed ?? about.name))];
    case 'delete_group':
      return [words.groupDeleted(words.group(name), about.leaving)];
    case 'change_group_members':
      return [words.group(name), ...moves(texts, about), ...when(about.already, words.alreadyMembers)];
    case 'follow_user_group':
      return followLines(texts, about);
    default:
      return change satisfies never;
  }
}

function editLine(texts: Texts, profile: string, { renamed, permission }: SourceAbout): string {
  const words = texts.sourcePreview;
  if (renamed !== null) return words.renamed(profile, escapeText(renamed));
  if (!permission) return profile;
  const { before, after } = permission;
  const label = describePermission(texts, permission);
  if (!after) return words.permissionRemoved(profile, label);
  const value = describeValue(texts, after.value, after.param);
  if (!before) return words.permissionAdded(profile, label, value);
  return words.permissionChanged(profile, label, describeValue(texts, before.value, before.param), value);
}

function ruleLines(texts: Texts, kind: 'create_rule' | 'edit_rule' | 'delete_rule', about: SourceAbout): string[] {
  const words = texts.sourcePreview;
  const { permission, audience, renamed } = about;
  if (!permission || !audience) return [];
  const rule = words.rule(escapeText(about.name));
  const everyone = texts.rules[audience.kind](escapeText(audience.name));
  const label = describePermission(texts, permission);
  const { before, after } = permission;
  if (kind === 'delete_rule' || !after) return [words.ruleDeleted(rule, everyone, label)];
  const held = before && describeValue(texts, before.value, before.param);
  const value = describeValue(texts, after.value, after.param);
  return [
    ...(renamed === null ? [] : [words.renamed(rule, escapeText(renamed))]),
    words.ruleGives(rule, everyone, label, value),
    ...(held !== null && held !== value ? [words.ruleGave(held)] : []),
  ];
}

function followLines(texts: Texts, about: SourceAbout): string[] {
  const words = texts.sourcePreview;
  const group = words.group(escapeText(about.name));
  if (about.userGroup === null) return [words.detached(group)];
  return [
    words.follows(group, escapeText(about.userGroup)),
    ...moves(texts, about),
    ...when(about.already, words.stays),
    ...when(about.unmatched, words.unmatched),
  ];
}

function moves(texts: Texts, { joining, leaving }: SourceAbout): string[] {
  const words = texts.sourcePreview;
  return [...when(joining, words.joins), ...when(leaving, words.leaves)];
}

function when(n: number, word: (n: number) => string): string[] {
  return n > 0 ? [word(n)] : [];
}
