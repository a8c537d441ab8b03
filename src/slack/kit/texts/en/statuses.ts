import type { Divergence, StatusKind, SyncRefusal } from '../../../../engine/core/statusTable.ts';

/** Badges, and why a status is what it is. */
export const statuses = {
  badges: {
    founder: () => 'Founder',
    other_package: ({ packageNumber }) => `Other Package (package:${packageNumber})`,
    active_legacy: () => 'Active Legacy',
    active: () => 'Active',
    divergent: ({ divergence }) => `Divergent (${divergenceWord(divergence)})`,
    active_manual: () => 'Active Manual',
    manual_coincident: () => 'Manual (coincident)',
    divergent_manual: ({ divergence }) => `Divergent (${divergenceWord(divergence)})`,
    disabled_manual: () => 'Disabled Manual',
    archived: () => 'Archived',
    profile: ({ grantName }) => (grantName ? `Profile: ${grantName}` : 'Profile'),
    rule: ({ grantName }) => (grantName ? `Auto (${grantName})` : 'Auto (rule)'),
    disabled_assignment: () => 'Disabled Assignment',
    not_granted: () => 'Not granted',
    undefined_exception: () => 'NON-DEFINED EXCEPTION',
  } satisfies Record<StatusKind, (details: BadgeDetails) => string>,
  /** A status without the details of one person, for filters and counts. */
  statuses: {
    founder: 'Founder',
    other_package: 'Other Package',
    active_legacy: 'Active Legacy',
    active: 'Active',
    divergent: 'Divergent (from the package)',
    active_manual: 'Active Manual',
    manual_coincident: 'Manual (coincident)',
    divergent_manual: 'Divergent (set by hand)',
    disabled_manual: 'Disabled Manual',
    archived: 'Archived',
    profile: 'Profile',
    rule: 'Auto (rule)',
    disabled_assignment: 'Disabled Assignment',
    not_granted: 'Not granted',
    undefined_exception: 'NON-DEFINED EXCEPTION',
  } satisfies Record<StatusKind, string>,
  refusals: {
    founder: 'a founder always has full access',
    other_package: 'manage it from that other package',
    manage_permissions: 'manage it in Manage Permissions',
    in_sync: 'already in sync',
    archived: 'no longer in effect',
    former_member: 're-assign the package first',
    permission_removed: 'the permission was removed from the package',
    package_disabled: 'the package is disabled',
    unclassified: 'this combination is not known; please send a support ticket',
  } satisfies Record<Exclude<SyncRefusal, 'person_left'>, string>,
  why: {
    syncable: 'Can be synced.',
    inSync: 'Already in sync.',
    notSyncable: (reason: string) => `Not syncable: ${reason}.`,
    personLeft: (date: string) => `left on ${date}; use “Remove all access” on their card`,
    packageSays: (value: string) => `the package says ${value}`,
    founder: 'Founders have full access; nothing is written for them.',
    row: {
      manual: (value: string) => `set by hand to ${value}`,
      package: (number: number, value: string) => `given by package:${number} as ${value}`,
      disabledByHand: 'disabled by hand',
      unassigned: 'inactive since the package was unassigned',
      removed: 'inactive since the permission was removed from the package',
    },
    changed: (date: string, by: string | null) => (by ? `on ${date} by ${by}` : `on ${date}`),
    profile: (name: string, value: string) => `profile ${name} gives ${value}`,
    rule: (name: string, value: string) => `rule ${name} gives ${value}`,
    alsoProfile: (name: string, value: string) => `profile ${name} would also give ${value}`,
    alsoRule: (name: string, value: string) => `rule ${name} would also give ${value}`,
    noRow: 'nothing gives it',
    suspended: (number: number) => `package:${number} is disabled, so this access is suspended`,
    formerMember: 'the assignment was removed',
    mainMissing: (application: string, main: string) =>
      `:warning: Without *${main}* (MAIN) ${application} cannot be used, whatever else is granted in it.`,
  },
  details: {
    title: 'User details',
    heading: (name: string, code: string, pack: string) => `*${name}* \`${code}\` in ${pack}`,
    former: 'Former: the package was unassigned from this person.',
    left: (when: string) => `:wave: Left ${when}. Nothing is given to people who left.`,
    openCard: 'Open their card',
    remove: 'Remove Package Assignment',
    reassign: 'Re-assign',
    row: (dot: string, permission: string, value: string, badge: string, why: string) =>
      `${dot} · *${permission}* · ${value}\n*${badge}* — ${why}`,
    main: ' `MAIN`',
    ticket: 'Support ticket',
    ticketText: (number: number, permission: string) =>
      `Please send this to support: “NON-DEFINED EXCEPTION in package:${number}, permission ${permission}.”`,
    notMember: (name: string, pack: string) => `${name} has never had ${pack}.`,
  },
};

/** What a badge's words may need. */
export interface BadgeDetails {
  divergence: Divergence | null;
  packageNumber: number | null;
  grantName: string | null;
}

function divergenceWord(divergence: Divergence | null): string {
  return divergence === 'value' ? 'Value' : divergence === 'param' ? 'Param' : 'All';
}
