import { count, people, permissions } from './counts.ts';

/** Packages and their permissions. */
export const packages = {
  list: {
    title: 'Packages',
    filter: 'Filter by number, name or description',
    empty: 'There is no package yet.',
    counts: (permissionCount: number, active: number, former: number) =>
      `${permissions(permissionCount)} · ${count(active, 'active assignee', 'active assignees')} · ${former} former`,
    open: 'Open',
  },
  show: {
    title: (number: number) => `package:${number}`,
    structures: (names: string) => `For: ${names}`,
    tabs: { permissions: 'Permissions', active: 'Active Assignees', former: 'Former / Disabled' },
    all: '‹ All packages',
    addPermission: 'Add Permission',
    addUser: 'Add User',
    removeUsers: 'Remove people…',
    edit: 'Edit',
    menu: {
      sync: 'Sync members…',
      change: 'Change value…',
      remove: 'Remove from package…',
      readd: 'Put back into package…',
    },
    disable: 'Disable',
    enable: 'Enable',
    disableConfirm: (members: number) =>
      `The access that this package gave to ${people(members)} is suspended until you enable it again. No authorization is deleted.`,
    enableConfirm: (members: number) => `The access that this package gave to ${people(members)} comes back.`,
    noPermissions: 'This package has no permissions yet. Add the first one.',
    noMembers: { active: 'Nobody has this package.', former: 'Nobody had this package and lost it.' },
    filterMembers: 'Find a member by code, name or e-mail',
    details: 'Details',
    detailsAndWhy: 'Details and why',
    lacksMain: (application: string, main: string) =>
      `:warning: *${application}*: the package lacks *${main}* (MAIN). People who get nothing but this package cannot open ${application}.`,
    disabledNote:
      ':no_entry: This package is disabled: the access it gave is suspended, and nothing can be synced or assigned.',
    badgeCount: (badge: string, cells: number) => `${badge}: *${cells.toLocaleString('en')}*`,
    counted: (what: string) => `Statuses of ${what}`,
    otherPackage: 'Other Package',
    saved: 'Saved.',
    disabledDone: (members: number) => `Disabled. The access of ${people(members)} is suspended.`,
    enabledDone: (members: number) => `Enabled. The access of ${people(members)} is back.`,
  },
  edit: {
    newTitle: 'New package',
    editTitle: 'Edit package',
    name: 'Name',
    namePlaceholder: 'The role it is for, e.g. Registry clerk',
    nameNeeded: 'Give the package a name.',
    description: 'Description',
    structures: 'Structures',
    structuresHint: 'For information only: it does not restrict who can be assigned.',
    structuresPlaceholder: 'Search by code or name',
    create: 'Create',
    created: (number: number) => `package:${number} was created. Add the permissions that the role needs.`,
  },
  addPermission: {
    title: 'Add Permission',
    application: 'Application',
    applicationPlaceholder: 'Search an application',
    permission: 'Permission',
    permissionPlaceholder: 'Search a permission',
    add: 'Add',
    done: (permission: string) => `${permission} was added.`,
    readded: (permission: string) => `${permission} is back in the package.`,
    divergent: (members: number) =>
      members === 0
        ? 'Nobody has the package yet, so nobody needs a sync.'
        : `${people(members)} with the package already, and not changed: they show Not granted, or what they have from elsewhere, until they are synced.`,
    chooseFirst: 'Choose a permission first.',
  },
  permissionValue: {
    level: 'Value',
    switchLevel: (level: string) => `This permission is a plain switch: *${level}*.`,
    structures: 'Structures (parameter)',
    filter: 'Filter structures by code or name',
    selected: (chosen: number) => `Selected: *${count(chosen, 'structure', 'structures')}*`,
    selectedAll: 'Selected: *all structures*, also future ones.',
    selectAll: (shown: number) => `Select all ${shown} shown by the filter`,
    clear: 'Clear the selection',
    takeAll: 'Take all structures (*)',
    takeSome: 'Choose structures instead',
    structuresNeeded: 'Choose at least one structure, or all of them.',
  },
  removePermission: {
    title: 'Remove permission',
    intro: (permission: string, pack: string) =>
      `${permission} is removed from ${pack}: future assignees will not get it. Decide what happens to those who have it through the package.`,
    isMain: (application: string) =>
      `:warning: This is the entry point (MAIN) of ${application}: without it, whatever else the package gives there cannot be used.`,
    nobody: 'Nobody has it through the package.',
    remove: 'Remove Permission',
    keep: 'Keep Permission',
    controls: { all: 'Remove for all', none: 'Keep for all', filter: 'Remove only for whom the filter shows' },
    counts: (removed: number, kept: number) =>
      `Removed for *${people(removed)}*, kept for *${people(kept)}* (Active Legacy).`,
    elsewhere: (n: number) => `${people(n)} of them still ${n === 1 ? 'has' : 'have'} it through a profile or a rule.`,
    confirm: 'Remove',
    doing: (n: number, permission: string) => `Removing ${permission} for ${people(n)}`,
    done: (permission: string, removed: number, kept: number) =>
      `${permission} was removed from the package: ${people(removed)} lost it, ${people(kept)} kept it.`,
    moved:
      ':arrows_counterclockwise: Something changed since you looked; this is the situation now. Please confirm again.',
    movedUnseen:
      'Nothing was removed: something changed since you looked, and you closed the window. Please start again.',
  },
  changePermission: {
    title: 'Change permission',
    save: 'Save',
    note: 'Existing members are not changed: where they differ, they show Divergent until they are synced.',
    done: (permission: string, divergent: number) =>
      divergent === 0
        ? `${permission} was changed. No member differs from it.`
        : `${permission} was changed. ${people(divergent)} now ${divergent === 1 ? 'differs' : 'differ'} from it; decide whom to sync.`,
  },
};
