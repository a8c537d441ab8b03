import { count, people, permissions } from './counts.ts';

/** The help, the dashboard, App Home, one’s own access, and setting up. */
export const overview = {
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
      compare: ['compare <@user|code> <@user|code>', 'make one person like another, as a plan'],
      why: ['why <@user|code> <application>', 'why somebody can or cannot get in, and what would fix it'],
      grant: ['grant [@user|code]', 'Manage Permissions: set, change or disable what one person has, by hand'],
      profiles: ['profiles [text]', 'profiles: what they give, and who has them'],
      rules: ['rules [groups]', 'rules that give permissions to whole groups or structures, and the groups'],
      export: ['export [statuses|drift|access] [number]', 'statuses, drift or effective access as a CSV file'],
      settings: ['settings', 'the organization, and who may do what'],
      people: ['people [text|@user|code]', 'the people: details, Slack accounts, who left'],
      catalog: ['catalog [text]', 'the catalogue: applications, permissions, structures'],
      audit: ['audit [@user|code|package:N]', 'the audit trail: who did what, when, before and after'],
      drift: ['drift [text]', 'what differs from the packages, and where that is told'],
      me: ['me', 'your packages and your access'],
    } satisfies Record<string, readonly [string, string]>,
    missing: (needs: string) => `_not for you: needs ${needs}_`,
    askFounder: (names: string) => `To get more, ask ${names}.`,
    unknown: (typed: string) => `I don’t know “${typed}”.`,
    didYouMean: (suggestion: string) => `Did you mean \`${suggestion}\`?`,
  },
  dashboard: {
    title: 'Quartermaster',
    greeting: (organization: string) => `*${organization}*`,
    packages: 'Packages',
    newPackage: 'New package',
    assign: 'Assign a package',
    settings: 'Settings',
    me: 'My access',
    help: 'Help',
    numbers: (active: number, disabled: number, members: number) =>
      `${count(active, 'active package', 'active packages')}, ${disabled} disabled · ${count(members, 'active assignment', 'active assignments')}`,
  },
  home: {
    mine: 'My packages',
    noPackages: 'You have no package yet. Your access, if any, was given to you directly, by a profile or by a rule.',
    waiting: 'Waiting for you',
    nothingWaits: ':white_check_mark: Nothing is waiting for you.',
    running: (n: number) =>
      `:hourglass_flowing_sand: ${count(n, 'operation of yours is', 'operations of yours are')} under way; the outcome comes as a message.`,
    left: (n: number) => `:wave: ${count(n, 'person who left still has access', 'people who left still have access')}.`,
    showLeft: 'Show',
    drift: 'Drift by package',
    noDrift: ':white_check_mark: Every member is in line with their packages.',
    driftNotScanned: ':hourglass_flowing_sand: The first look for drift is under way. Please look again in a moment.',
    driftRow: (pack: string, cells: number, members: number) =>
      `:warning: ${pack}: ${permissions(cells)} of ${people(members)}`,
    moreDrift: (n: number) => `and ${count(n, 'more package', 'more packages')}`,
    access: (applications: string, more: number) =>
      `You have access to ${applications}${more > 0 ? ` and ${more} more` : ''}.`,
    mayNot: (rights: string) => `Not for you here: ${rights}.`,
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
  setup: {
    title: 'Set up',
    offer: (workspace: string) =>
      `Quartermaster is not set up in *${workspace}* yet. As an owner or admin of the workspace you can do it now: you become its *founder*, who always has full access.`,
    button: 'Set up the organization',
    done: (name: string) => `*${name}* is set up and you are its founder.`,
    importHint:
      'Build it from here: first applications and structures in the catalogue, then people, then the first package. Or import everything from one JSON file on the server: `npm run import -- FILE` (the README describes the format).',
    askAdmin: (names: string) =>
      `Quartermaster is not set up here yet. Please ask an owner or admin of this workspace${names ? `: ${names}` : ''}.`,
  },
};
