import type { MetaPermission } from '../../../engine/core/metaPermissions.ts';
import type { OperationKind } from '../../../engine/core/operationKinds.ts';
import type { Divergence, StatusKind, SyncRefusal } from '../../../engine/core/statusTable.ts';

/** "1 person", "2 people". */
function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

const people = (n: number) => count(n, 'person', 'people');
const permissions = (n: number) => count(n, 'permission', 'permissions');

/** Every English text that people read in Slack. The other languages have the same shape. */
export const en = {
  app: 'Quartermaster',
  common: {
    close: 'Close',
    back: 'Back',
    cancel: 'Cancel',
    save: 'Save',
    loading: 'Loading…',
    working: 'Working…',
    workingHint:
      'This can take a moment for many people. You may close this window: the outcome also comes as a message.',
    search: 'Search',
    people,
    permissions,
    none: 'none',
    allStructures: 'All structures',
    noStructures: 'No structures',
    parameter: 'Parameter',
    value: 'Value',
    package: (number: number, name: string) => `*package:${number}* ${name}`,
    copyable: (text: string) => `\`${text}\``,
    nothingFound: (text: string) => `Nothing found for “${text}”. Try a part of the code, name or e-mail.`,
  },
  paging: {
    range: (from: number, to: number, total: number) => `${from}–${to} of ${total}`,
    previous: '‹ Previous',
    next: 'Next ›',
  },
  dots: { live: ':large_green_circle: Live', removed: ':red_circle: Removed' },
  states: { active: 'Active', disabled: 'Disabled' },
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
  } satisfies Record<SyncRefusal, string>,
  why: {
    syncable: 'Can be synced.',
    inSync: 'Already in sync.',
    notSyncable: (reason: string) => `Not syncable: ${reason}.`,
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
  help: {
    title: 'What you can do here',
    intro: 'Quartermaster bundles the permissions that a role needs into packages, and keeps people in line with them.',
    commands: {
      dashboard: ['', 'the dashboard'],
      help: ['help', 'this list'],
      list: ['list [text]', 'packages, filtered by text'],
      show: ['show <number|name>', 'a package: permissions, members, statuses'],
      new: ['new', 'create a package'],
      assign: ['assign [number] [@user]', 'assign a package to people'],
      sync: ['sync <number> [@user]', 'bring members back to what a package says'],
      undo: ['undo', 'take back a recent operation'],
      status: ['status <number> <@user|code>', 'what one person has of a package, and why'],
      grant: ['grant [@user|code]', 'Manage Permissions: set, change or disable what one person has, by hand'],
      me: ['me', 'your packages and your access'],
    } satisfies Record<string, readonly [string, string]>,
    missing: (needs: string) => `_not for you: needs ${needs}_`,
    askFounder: (names: string) => `To get more, ask ${names}.`,
    unknown: (typed: string) => `I don’t know “${typed}”.`,
    didYouMean: (suggestion: string) => `Did you mean \`${suggestion}\`?`,
  },
  metaPermissions: {
    define_packages: 'define packages',
    assign_packages: 'assign packages',
    sync_packages: 'sync packages',
    define_profiles: 'define profiles',
    assign_profiles: 'assign profiles',
    manage_permissions: 'manage permissions',
    manage_catalog: 'manage the catalogue',
    approve: 'approve',
    view: 'view',
    view_audit: 'view the audit trail',
    administer: 'administer',
  } satisfies Record<MetaPermission, string>,
  dashboard: {
    title: 'Quartermaster',
    greeting: (organization: string) => `*${organization}*`,
    packages: 'Packages',
    newPackage: 'New package',
    assign: 'Assign a package',
    me: 'My access',
    help: 'Help',
    numbers: (active: number, disabled: number, members: number) =>
      `${count(active, 'active package', 'active packages')}, ${disabled} disabled · ${count(members, 'active assignment', 'active assignments')}`,
  },
  home: {
    mine: 'My packages',
    noPackages: 'You have no package yet. Your access, if any, was given to you directly, by a profile or by a rule.',
    quick: 'Quick actions',
    suspended: 'disabled: the access it gave is suspended',
    former: 'former',
    updated: (date: string) => `Last updated ${date}`,
    refresh: 'Refresh',
  },
  me: {
    title: 'My access',
    packages: 'My packages',
    access: 'What you can do',
    nothing: 'You have no access to any application that Quartermaster manages.',
    founder: 'You are a founder: you always have full access to everything.',
    from: (source: string) => `from ${source}`,
    hint: 'After a change, log out of the application and back in.',
  },
  sources: {
    founder: 'being a founder',
    manual: 'a manual grant',
    package: (number: string) => `package:${number}`,
    profile: (name: string) => `profile ${name}`,
    rule: (name: string) => `rule ${name}`,
  },
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
  assign: {
    title: 'Assign a package',
    package: 'Package',
    packagePlaceholder: 'Search by number or name',
    people: 'People',
    peoplePlaceholder: 'Search by code, name or e-mail',
    pasted: 'Or paste personal codes',
    pastedHint: 'Separated by commas, spaces or lines. Codes that nobody has are reported before anything happens.',
    next: 'Preflight',
    preflight: 'Preflight',
    unknownCodes: (codes: string, more: number) =>
      `Nobody has the code ${codes}${more > 0 ? ` and ${more} more` : ''}. Correct or remove it; the others are fine.`,
    nobody: 'Choose at least one person, or paste their codes.',
    tooMany: (max: number) => `At most ${max.toLocaleString('en')} people at once.`,
    summary: {
      joining: (n: number) => `:busts_in_silhouette: ${people(n)} ${n === 1 ? 'gets' : 'get'} the package`,
      returning: (n: number) =>
        `:arrows_counterclockwise: ${people(n)} had it before and ${n === 1 ? 'gets' : 'get'} it back`,
      already: (n: number) =>
        `:white_check_mark: ${people(n)} ${n === 1 ? 'has it already and is left as is' : 'have it already and are left as they are'}`,
      founders: (n: number) =>
        `:shield: ${n} of them ${n === 1 ? 'is a founder' : 'are founders'}: the membership is recorded, nothing is written`,
      written: (n: number) => `:unlock: ${permissions(n)} will be granted at once`,
      conflicts: (n: number) => `:warning: *${count(n, 'conflict', 'conflicts')}* with what people have from elsewhere`,
    },
    nothingToDo: 'Everybody chosen has this package already. Nothing would change.',
    conflictsIntro:
      '*Keep Package* aligns the permission: it becomes the package’s. *Keep Original* leaves it as it is and skips that permission.',
    keepPackage: 'Keep Package',
    keepOriginal: 'Keep Original',
    forAll: 'For all conflicts',
    allOriginal: 'Keep Original for all',
    allPackage: 'Keep Package for all',
    mixed: (exceptions: number) => `${count(exceptions, 'conflict is', 'conflicts are')} decided the other way.`,
    conflict: (person: string, code: string, permission: string, has: string, wants: string) =>
      `*${person}* \`${code}\`\n${permission}: has ${has}; the package gives ${wants}`,
    has: {
      manual: (value: string) => `${value}, set by hand`,
      package: (value: string, number: number) => `${value} from package:${number}`,
      disabled: 'it *disabled by hand*',
      profile: (value: string, name: string) => `${value} from profile ${name}`,
      rule: (value: string, name: string) => `${value} from rule ${name}`,
    },
    confirm: 'Confirm',
    moved:
      ':arrows_counterclockwise: Something changed since you looked. This is the situation now; please check and confirm again.',
    movedUnseen:
      'Nothing was assigned: something changed since you looked, and you closed the window. Please start again.',
    doneTitle: 'Assigned',
    done: {
      assigned: (n: number, pack: string) => `:white_check_mark: ${people(n)} got ${pack}`,
      reassigned: (n: number, pack: string) => `:arrows_counterclockwise: ${people(n)} got ${pack} back`,
      already: (n: number) => `${people(n)} had it already and were left as they are. To align them, use Sync.`,
      founders: (n: number) => `${count(n, 'founder', 'founders')}: membership recorded, nothing written`,
      written: (n: number) => `${permissions(n)} granted`,
      keptPackage: (n: number) => `${permissions(n)} aligned with the package (Keep Package)`,
      keptOriginal: (n: number) => `${permissions(n)} left as they were (Keep Original)`,
      report: 'The PDF assignment report comes to you as a direct message.',
      logOut: 'Those affected are told to log out and back in.',
    },
  },
  sync: {
    title: 'Sync',
    button: 'Sync',
    buttonAll: 'Sync members',
    buttonPerson: 'Sync this person',
    review: 'Review',
    reviewTitle: 'Review the sync',
    confirm: 'Sync',
    back: '‹ Back to the list',
    sync: 'Sync',
    skip: 'Skip',
    continued: ':leftwards_arrow_with_hook: You go on with the choices that you left here. *Defaults* begins anew.',
    tally: (chosen: number, skipped: number, others: number) =>
      `*${chosen.toLocaleString('en')}* to sync · *${skipped.toLocaleString('en')}* skipped · *${others.toLocaleString('en')}* need nothing or cannot be synced`,
    everyStatus: 'Every status',
    changedOnly: 'Changed since you looked',
    statusCount: (status: string, cells: number) => `${status} (${cells.toLocaleString('en')})`,
    controls: {
      defaults: 'Defaults',
      eligible: 'All eligible',
      divergent: 'All divergent',
      none: 'None',
      filter: 'Only what the filter shows',
    },
    exceptions: (n: number) => `${count(n, 'row is', 'rows are')} decided one by one.`,
    nobody: 'Nobody is here to be synced.',
    plan: {
      written: (cells: number, n: number) =>
        `:arrows_counterclockwise: ${permissions(cells)} of ${people(n)} will be as the package says:`,
      gain: (n: number) => `• access won: *${n.toLocaleString('en')}*`,
      up: (n: number) => `• a higher level: *${n.toLocaleString('en')}*`,
      down: (n: number) => `• a lower level: *${n.toLocaleString('en')}*`,
      scope: (n: number) => `• other structures: *${n.toLocaleString('en')}*`,
      same: (n: number) => `• the same access, only the source changes: *${n.toLocaleString('en')}*`,
      owners: (n: number) =>
        `:bust_in_silhouette: The package becomes the source of ${permissions(n)} that came from elsewhere.`,
      skipped: (n: number) =>
        `${permissions(n)} skipped: accepted as they are, until the package or the person’s access changes.`,
      nothing: 'Nothing is chosen to be synced.',
    },
    moved:
      ':arrows_counterclockwise: Something changed since you looked, and nothing was synced. This is the situation now; your other choices are kept. Please check and confirm again.',
    movedRows: 'Changed meanwhile, with the default choice again:',
    movedMore: (n: number) => `and ${n.toLocaleString('en')} more: the list can show what changed since you looked.`,
    movedUnseen:
      'Nothing was synced: something changed since you looked, and you closed the window. Your choices are kept; open Sync again.',
    doneTitle: 'Synced',
    done: (cells: number, n: number, pack: string) =>
      `:white_check_mark: ${permissions(cells)} of ${people(n)} are as ${pack} says`,
  },
  removePermission: {
    title: 'Remove permission',
    intro: (permission: string, pack: string) =>
      `${permission} is removed from ${pack}: future assignees will not get it. Decide what happens to those who have it through the package.`,
    nobody: 'Nobody has it through the package.',
    remove: 'Remove Permission',
    keep: 'Keep Permission',
    controls: { all: 'Remove for all', none: 'Keep for all', filter: 'Remove only for whom the filter shows' },
    counts: (removed: number, kept: number) =>
      `Removed for *${people(removed)}*, kept for *${people(kept)}* (Active Legacy).`,
    elsewhere: (n: number) => `${people(n)} of them still ${n === 1 ? 'has' : 'have'} it through a profile or a rule.`,
    confirm: 'Remove',
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
  undo: {
    title: 'Undo',
    intro: (hours: number) => `What you may undo, of the last ${hours} hours. Undoing is itself recorded.`,
    nothing: 'There is nothing recent that you may undo.',
    button: 'Undo…',
    row: (what: string, about: string, n: number, by: string, when: string) =>
      `*${what}*${about ? ` · ${about}` : ''}${n > 0 ? ` · ${people(n)}` : ''}\n${by ? `by ${by}, ` : ''}${when}`,
    reviewTitle: 'Review the undo',
    confirm: 'Undo',
    back: '‹ Back to the list',
    rows: (n: number) => `:leftwards_arrow_with_hook: ${permissions(n)} will be as before.`,
    memberships: (n: number) => `:busts_in_silhouette: ${count(n, 'assignment', 'assignments')} will be as before.`,
    package: 'The package will be as before, unless it has changed since.',
    changed: (n: number) =>
      `:warning: ${permissions(n)} changed since, and ${n === 1 ? 'stays' : 'stay'} as now. The rest is undone.`,
    changedRow: (person: string, code: string, permission: string, by: string | null, when: string) =>
      `• ${person} \`${code}\` · ${permission}${by ? `, by ${by}` : ''}${when ? `, ${when}` : ''}`,
    more: (n: number) => `and ${n.toLocaleString('en')} more.`,
    moved:
      ':arrows_counterclockwise: Something changed since you looked; this is the situation now. Please confirm again.',
    movedUnseen:
      'Nothing was undone: something changed since you looked, and you closed the window. Please start again.',
    done: (cells: number, n: number) =>
      `:white_check_mark: Undone. ${permissions(cells)} and ${count(n, 'assignment is', 'assignments are')} as before.`,
    doneChanged: (n: number) => `${permissions(n)} had changed since, and ${n === 1 ? 'was' : 'were'} left as now.`,
    kinds: {
      assign_package: 'Assigned',
      unassign_package: 'Assignments removed',
      sync_package: 'Synced',
      remove_permission: 'Permission removed from the package',
      add_permission: 'Permission added to the package',
      change_permission: 'Permission of the package changed',
      create_package: 'Package created',
      edit_package: 'Package edited',
      enable_package: 'Package enabled',
      disable_package: 'Package disabled',
    } satisfies Record<OperationKind, string>,
  },
  details: {
    title: 'User details',
    heading: (name: string, code: string, pack: string) => `*${name}* \`${code}\` in ${pack}`,
    former: 'Former: the package was unassigned from this person.',
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
  remove: {
    title: 'Remove assignment',
    confirm: 'Remove',
    intro: (name: string, pack: string, n: number) =>
      `${name} becomes a former member of ${pack}, and ${permissions(n)} given by it ${n === 1 ? 'is' : 'are'} deactivated.`,
    introMany: (n: number, pack: string, cells: number) =>
      `${people(n)} ${n === 1 ? 'becomes a former member' : 'become former members'} of ${pack}, and ${permissions(cells)} given by it ${cells === 1 ? 'is' : 'are'} deactivated. Others who were chosen do not have the package, and are left as they are.`,
    next: 'Next',
    pastedHint: 'Separated by commas, spaces or lines. Who does not have the package is left as is.',
    more: (n: number) => `and ${n.toLocaleString('en')} more.`,
    options: 'What becomes of what is taken away',
    optionsHint: 'Nothing chosen: it goes inactive. What is restored is not handed over.',
    restore: (n: number) => `Restore what the package had replaced (${n})`,
    handOver: (n: number) => `Hand over to the other package (${n})`,
    restored: (n: number) =>
      `${permissions(n)} ${n === 1 ? 'is' : 'are'} as before the package replaced ${n === 1 ? 'it' : 'them'}.`,
    handedOver: (n: number) => `${permissions(n)} handed over to another package.`,
    doneMany: (n: number, pack: string, cells: number) =>
      `:white_check_mark: ${people(n)} no longer ${n === 1 ? 'has' : 'have'} ${pack}; ${permissions(cells)} deactivated.`,
    staying: 'These stay, because the package does not own them (change them in Manage Permissions):',
    stayingRow: (permission: string, value: string, source: string) => `• ${permission}: ${value}, ${source}`,
    byHand: 'set by hand',
    byPackage: (number: number) => `from package:${number}`,
    nothingStays: 'Nothing stays behind.',
    claimed: (permission: string, number: number, name: string) =>
      `• ${permission} is also part of package:${number} ${name}, where it will show Not granted until it is synced`,
    claimedIntro: 'Also in another active package of this person:',
    done: (name: string, taken: number) => `Removed. ${permissions(taken)} of ${name} deactivated.`,
    movedUnseen: 'Nothing was removed: something changed since you looked. Please look again and confirm.',
    moved: 'Something changed since you looked; this is the situation now. Please confirm again.',
  },
  manage: {
    title: 'Manage Permissions',
    person: 'Person',
    personPlaceholder: 'Search by code, name or e-mail',
    choosePerson: 'Choose a person.',
    open: 'Open',
    heading: (name: string, code: string) => `*${name}* \`${code}\``,
    intro:
      'What the person has in every application, and from where. What is set here is theirs, whatever a package says.',
    filter: 'Filter applications by name or key',
    noApplications: 'The catalogue has no application yet.',
    noPermissions: 'This application has no permissions yet.',
    noAccess: 'no access',
    access: (value: string, source: string) => `${value} — from ${source}`,
    line: (permission: string, access: string) => `• ${permission}: ${access}`,
    more: (n: number) => `_and ${n} more_`,
    deniedCount: (n: number) => `_${permissions(n)} disabled by hand_`,
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    backToDetails: '‹ User details',
    backToApplications: '‹ All applications',
    row: (permission: string, access: string, state: string) => `*${permission}*\n${access}\n_${state}_`,
    state: {
      none: 'no authorization of their own',
      keeps: (state: string, value: string) => `${state}; keeps ${value}`,
      blocked: (names: string) => `this blocks ${names}`,
    },
    profile: (name: string) => `profile ${name}`,
    rule: (name: string) => `rule ${name}`,
    set: 'Set',
    change: 'Change',
    disable: 'Disable',
    enable: 'Enable',
    form: {
      title: 'Set a permission',
      next: 'Next',
      now: (access: string) => `Now: ${access}`,
    },
    confirm: {
      title: { set: 'Set by hand', disable: 'Disable by hand', enable: 'Enable by hand' },
      edit: '‹ Change the value',
      moved: 'Something changed since you looked; this is the situation now. Please confirm again.',
      now: (access: string) => `Now: ${access}`,
      afterwards: (access: string) => `Afterwards: ${access}`,
      deny: 'Disabled by hand, it also blocks profiles and rules: nothing gives it until it is enabled or set again.',
      denyNames: (names: string) => `That keeps ${names} from giving it.`,
      packages: 'In the packages of this person:',
      noPackages: 'No package of this person has this permission.',
      package: (pack: string, badge: string) => `• ${pack} will show *${badge}*`,
      shownNow: (badge: string) => ` (now ${badge})`,
      formerMember: ' — former member',
      disabledPackage: ' — disabled package',
      sameAccess: 'What the person can do stays the same; only the source changes, and nobody is told.',
      told: 'The person is told, and asked to log out and back in.',
    },
    done: {
      set: (permission: string, value: string) => `${permission} is set to ${value}.`,
      disable: (permission: string) => `${permission} is disabled.`,
      enable: (permission: string, value: string) => `${permission} is enabled with ${value}.`,
    },
    movedUnseen: 'Nothing was saved: something changed since you looked. Please look again and confirm.',
  },
  notices: {
    report: (pack: string, n: number) => `Assignment report of ${pack} for ${people(n)}.`,
    reportFailed: (pack: string, operation: number) =>
      `The assignment of ${pack} is done, but its PDF could not be delivered here. On the server it can be printed at any time: \`npm run report -- ${operation} report.pdf\`.`,
    reportFile: (number: number, operation: number) => `package-${number}-assignment-${operation}.pdf`,
    assigned: (pack: string) => `You now have ${pack}.`,
    reassigned: (pack: string) => `You have ${pack} again.`,
    unassigned: (pack: string) => `${pack} was removed from you, and what it gave you with it.`,
    disabled: (pack: string) => `${pack} was disabled: the access it gave you is suspended.`,
    enabled: (pack: string) => `${pack} was enabled: the access it gives you is back.`,
    synced: (pack: string) => `Your access was brought back to what ${pack} says.`,
    removed: (pack: string) => `A permission was removed from ${pack}, and from you.`,
    undone: (pack: string) => `A change to what ${pack} gives you was taken back.`,
    changed: 'Your access was changed.',
    granted: (permission: string, value: string) => `*${permission}* was set for you by hand: you now have ${value}.`,
    permissionDisabled: (permission: string) => `*${permission}* was disabled for you by hand: you no longer have it.`,
    logOut: 'Please *log out and back in* for the change to take effect.',
    see: 'See what you have with',
  },
  report: {
    lacksMain: (application: string, main: string) =>
      `${application}: the package lacks ${main} (MAIN), without which the application cannot be opened.`,
  },
  setup: {
    title: 'Set up',
    offer: (workspace: string) =>
      `Quartermaster is not set up in *${workspace}* yet. As an owner or admin of the workspace you can do it now: you become its *founder*, who always has full access.`,
    button: 'Set up the organization',
    done: (name: string) => `*${name}* is set up and you are its founder.`,
    importHint:
      'Now import people, applications and packages: put them into one JSON file and run `npm run import -- FILE` on the server. The README describes the format.',
    askAdmin: (names: string) =>
      `Quartermaster is not set up here yet. Please ask an owner or admin of this workspace${names ? `: ${names}` : ''}.`,
  },
  errors: {
    title: 'Sorry',
    guest:
      'Quartermaster is for members of the organization. Guests cannot use it; please ask the person who invited you.',
    stranger: 'Quartermaster answers members of its own workspace only. Please ask in your own workspace.',
    notInOrganization: (founders: string) =>
      `You are not in the organization’s directory yet${founders ? `. Please ask ${founders} to add you` : ''}.`,
    not_allowed: (needs: string) => `This needs the right to ${needs}, which you do not have.`,
    package_not_found: (wanted: string) => `There is no package “${wanted}”. See \`list\` for those there are.`,
    package_disabled: (number: number, name: string) =>
      `package:${number} ${name} is disabled. Enable it before assigning it.`,
    user_not_found: (wanted: string) => `There is nobody “${wanted}” here. Use a personal code or @mention somebody.`,
    permission_not_found: 'This permission is no longer in the catalogue. Choose another.',
    permission_already_in_package: (permission: string, number: number) =>
      `${permission} is in package:${number} already. Choose another permission.`,
    invalid_value: (value: string, levels: string) => `“${value}” is not one of the values: ${levels}.`,
    invalid_parameter: (codes: string) => `There is no structure ${codes}. Choose from the list.`,
    parameter_not_taken: 'This permission takes no structures.',
    application_not_found: 'This application is no longer in the catalogue. Choose another.',
    founder_untouchable: (user: string) => `${user}: Founders have full access; nothing is written for them.`,
    nothing_to_enable: (permission: string) => `There is nothing of ${permission} to enable. Set a value instead.`,
    assignment_not_found: (user: string, number: number) => `${user} has no assignment of package:${number}.`,
    nobody_chosen: 'Nobody was chosen. Choose at least one person.',
    nothing_chosen: 'Nothing is chosen. Choose at least one.',
    permission_not_in_package: (permission: string, number: number) =>
      `${permission} is not in package:${number} any more. Look at the package again.`,
    plan_changed: 'Something changed since you looked. Please look again and confirm.',
    nothing_changed: 'It is so already; nothing was changed.',
    organization_exists: (name: string) => `${name} is set up already.`,
    operation_not_found: (id: number) => `There is no operation ${id} here. See \`undo\` for the latest ones.`,
    not_undoable: 'This cannot be undone. Do the opposite instead.',
    undo_expired: (hours: number) =>
      `It is too late: an operation can be undone for ${hours} hours. Do the opposite instead.`,
    nothing_to_undo: 'Nothing is left to undo: everything that the operation wrote has changed since.',
    draft_lost: 'This window is too old to go on from. Please start again.',
    usage: (usage: string) => `Please write \`${usage}\`.`,
    several: (wanted: string, choices: string) => `Several packages match “${wanted}”: ${choices}. Use the number.`,
    tooLate: 'This took too long for Slack to open a window. Please try again.',
    busy: 'Slack asks us to slow down. Please try again in a moment.',
    unexpected: (reference: string) =>
      `Something went wrong on our side, and nothing was half done. Please try again; if it happens again, tell your administrator this reference: \`${reference}\`.`,
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
