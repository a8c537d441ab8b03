import type { SourceChangeKind } from '../../../../engine/core/sourceChange.ts';
import { people } from './counts.ts';

/**
 * Who gains or loses access by a change of a profile, a rule or a group, before it is saved; and what they are told.
 */
export const sourcePreview = {
  sourcePreview: {
    title: {
      create_profile: 'New profile',
      edit_profile: 'Change profile',
      delete_profile: 'Delete profile',
      assign_profile: 'Assign profile',
      unassign_profile: 'Unassign profile',
      create_rule: 'New rule',
      edit_rule: 'Change rule',
      delete_rule: 'Delete rule',
      create_group: 'New group',
      edit_group: 'Change group',
      delete_group: 'Delete group',
      change_group_members: 'Change members',
      follow_user_group: 'Members from Slack',
    } satisfies Record<SourceChangeKind, string>,
    confirm: {
      create_profile: 'Create',
      edit_profile: 'Save',
      delete_profile: 'Delete',
      assign_profile: 'Assign',
      unassign_profile: 'Unassign',
      create_rule: 'Create',
      edit_rule: 'Save',
      delete_rule: 'Delete',
      create_group: 'Create',
      edit_group: 'Save',
      delete_group: 'Delete',
      change_group_members: 'Save',
      follow_user_group: 'Save',
    } satisfies Record<SourceChangeKind, string>,
    moved:
      ':arrows_counterclockwise: Something changed since you looked; this is the situation now. Please confirm again.',
    movedUnseen: 'Nothing was saved: something changed since you looked. Please look again and confirm.',
    profile: (name: string, application: string) => `The profile *${name}* of ${application}`,
    renamed: (what: string, to: string) => `${what} is renamed *${to}*.`,
    permissionAdded: (what: string, permission: string, value: string) =>
      `${what} also gives *${permission}*: ${value}.`,
    permissionChanged: (what: string, permission: string, before: string, after: string) =>
      `${what} gives *${permission}* with ${after} instead of ${before}.`,
    permissionRemoved: (what: string, permission: string) => `${what} no longer gives *${permission}*.`,
    profileDeleted: (profile: string, n: number) => `${profile} is deleted, and taken from ${people(n)}.`,
    assigned: (profile: string, n: number) => `${profile} is assigned to ${people(n)}.`,
    alreadyAssigned: (n: number) => `${people(n)} of those chosen ${n === 1 ? 'has' : 'have'} it already.`,
    unassigned: (profile: string, n: number) => `${profile} is taken from ${people(n)}.`,
    notAssigned: (n: number) => `${people(n)} of those chosen ${n === 1 ? 'does' : 'do'} not have it.`,
    rule: (name: string) => `The rule *${name}*`,
    group: (name: string) => `The group *${name}*`,
    ruleGives: (rule: string, audience: string, permission: string, value: string) =>
      `${rule}: ${audience} gets *${permission}* with ${value}.`,
    ruleGave: (before: string) => `Until now it gave ${before}.`,
    ruleDeleted: (rule: string, audience: string, permission: string) =>
      `${rule} is deleted. It gave *${permission}* to ${audience}.`,
    created: (what: string) => `${what} is created.`,
    groupDeleted: (group: string, n: number) =>
      `${group} is deleted. ${people(n)} ${n === 1 ? 'was' : 'were'} in it; no rule is for it.`,
    joins: (n: number) => `*${people(n)}* ${n === 1 ? 'joins' : 'join'}.`,
    leaves: (n: number) => `*${people(n)}* ${n === 1 ? 'leaves' : 'leave'}.`,
    stays: (n: number) => `${people(n)} ${n === 1 ? 'stays' : 'stay'}.`,
    alreadyMembers: (n: number) => `For ${people(n)} of those chosen it is so already.`,
    follows: (group: string, userGroup: string) =>
      `${group} takes its members from the Slack user group *${userGroup}*.`,
    detached: (group: string) => `${group} no longer follows Slack.`,
    unmatched: (n: number) =>
      `${people(n)} of the user group ${n === 1 ? 'is' : 'are'} nobody in this organization, and left out.`,
    effect: '*What changes for people*',
    counts: {
      gain: (n: number) => `:large_green_circle: ${people(n)} ${n === 1 ? 'gains' : 'gain'} access`,
      up: (n: number) => `:arrow_up: ${people(n)} ${n === 1 ? 'gets' : 'get'} a higher value`,
      down: (n: number) => `:arrow_down: ${people(n)} ${n === 1 ? 'gets' : 'get'} a lower value`,
      scope: (n: number) => `:left_right_arrow: ${people(n)} ${n === 1 ? 'gets' : 'get'} other structures`,
      loss: (n: number) => `:red_circle: ${people(n)} ${n === 1 ? 'loses' : 'lose'} access`,
    },
    nobody: 'Nobody’s access changes.',
    nobodyConcerned: 'Nobody is concerned yet.',
    why: {
      own: (n: number) =>
        `${people(n)} ${n === 1 ? 'keeps what they have' : 'keep what they have'}: an authorization of their own wins`,
      denied: (n: number) => `${people(n)} ${n === 1 ? 'stays' : 'stay'} without it: it was disabled for them by hand`,
      same: (n: number) => `${people(n)} ${n === 1 ? 'keeps' : 'keep'} exactly what they have`,
    },
    lacksMain: (n: number) =>
      `:warning: ${people(n)} ${n === 1 ? 'gets' : 'get'} something of an application without its MAIN permission, and cannot open it.`,
    person: (name: string, code: string) => `*${name}* \`${code}\``,
    cell: {
      gain: (permission: string, after: string) => `• ${permission}: gets ${after}`,
      up: (permission: string, after: string, before: string) => `• ${permission}: ${before} becomes ${after}`,
      down: (permission: string, after: string, before: string) => `• ${permission}: ${before} becomes ${after}`,
      scope: (permission: string, after: string, before: string) => `• ${permission}: ${before} becomes ${after}`,
      loss: (permission: string, _after: string, before: string) => `• ${permission}: loses ${before}`,
    },
    moreCells: (n: number) => `_and ${n} more_`,
    told: 'They are told, and asked to log out and back in. Founders have everything anyway, and are not counted.',
    back: '‹ Change it',
    done: (n: number) =>
      n === 0
        ? 'Saved. Nobody’s access changed.'
        : `Saved. The access of ${people(n)} changed; they are told to log out and back in.`,
  },
};
