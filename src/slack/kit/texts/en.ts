import type { MetaPermission } from '../../../engine/core/metaPermissions.ts';
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
      status: ['status <number> <@user|code>', 'what one person has of a package, and why'],
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
    edit: 'Edit',
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
    level: 'Value',
    switchLevel: (level: string) => `This permission is a plain switch: *${level}*.`,
    structures: 'Structures (parameter)',
    filter: 'Filter structures by code or name',
    every: 'All structures, also future ones (*)',
    selected: (chosen: number) => `Selected: *${count(chosen, 'structure', 'structures')}*`,
    selectedAll: 'Selected: *all structures*, also future ones.',
    selectAll: (shown: number) => `Select all ${shown} shown by the filter`,
    clear: 'Clear the selection',
    takeAll: 'Take all structures (*)',
    takeSome: 'Choose structures instead',
    add: 'Add',
    done: (permission: string) => `${permission} was added.`,
    readded: (permission: string) => `${permission} is back in the package.`,
    divergent: (members: number) =>
      members === 0
        ? 'Nobody has the package yet, so nobody needs a sync.'
        : `${people(members)} with the package already, and not changed: they show Not granted, or what they have from elsewhere, until they are synced.`,
    chooseFirst: 'Choose a permission first.',
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
    doing: (n: number, pack: string) => `Assigning ${pack} to ${people(n)}`,
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
    staying: 'These stay, because the package does not own them (change them in Manage Permissions):',
    stayingRow: (permission: string, value: string, source: string) => `• ${permission}: ${value}, ${source}`,
    byHand: 'set by hand',
    byPackage: (number: number) => `from package:${number}`,
    nothingStays: 'Nothing stays behind.',
    claimed: (permission: string, number: number, name: string) =>
      `• ${permission} is also part of package:${number} ${name}, where it will show Not granted until it is synced`,
    claimedIntro: 'Also in another active package of this person:',
    doing: (n: number, pack: string) => `Removing the assignment of ${pack} from ${people(n)}`,
    doneTitle: 'Removed',
    doneMany: (n: number, pack: string) => `${people(n)} ${n === 1 ? 'is' : 'are'} now former members of ${pack}`,
    taken: (n: number) => `${permissions(n)} deactivated`,
    done: (name: string, taken: number) => `Removed. ${permissions(taken)} of ${name} deactivated.`,
    movedUnseen: 'Nothing was removed: something changed since you looked. Please look again and confirm.',
    moved: 'Something changed since you looked; this is the situation now. Please confirm again.',
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
    logOut: 'Please *log out and back in* for the change to take effect.',
    see: 'See what you have with',
  },
  report: {
    lacksMain: (application: string, main: string) =>
      `${application}: the package lacks ${main} (MAIN), without which the application cannot be opened.`,
  },
  background: {
    progress: {
      queued: (doing: string) => `:hourglass_flowing_sand: ${doing}… queued`,
      running: (doing: string, since: string) => `:hourglass_flowing_sand: ${doing}… running since ${since}`,
      done: (doing: string, at: string) => `:white_check_mark: ${doing}: *done* ${at}`,
      failed: (doing: string) => `:warning: ${doing}: *not done*, nothing was changed.`,
    },
    mayClose: 'You may close this window: the message in your direct messages is kept up to date.',
    details: 'Person by person.',
    detailsFile: (operation: number) => `operation-${operation}.csv`,
    detailsFailed: 'The details could not be delivered here; the operation itself is done.',
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
    assignment_not_found: (user: string, number: number) => `${user} has no assignment of package:${number}.`,
    nobody_chosen: 'Nobody was chosen. Choose at least one person.',
    plan_changed: 'Something changed since you looked. Please look again and confirm.',
    nothing_changed: 'It is so already; nothing was changed.',
    organization_exists: (name: string) => `${name} is set up already.`,
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
