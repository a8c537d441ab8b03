import { count, people, permissions } from './counts.ts';

/** The catalogue: applications with their permissions, structures, and the check for entry permissions. */
export const catalog = {
  catalog: {
    title: 'Catalogue',
    tabs: { applications: 'Applications', structures: 'Structures', check: 'Check' },
    filter: {
      applications: 'Filter by name or key',
      structures: 'Filter by code or name',
      check: 'Filter applications by name or key',
    },
    empty: {
      applications: 'The catalogue has no application yet.',
      structures: 'There is no structure yet.',
      check: ':white_check_mark: Nothing to mend: nothing gives permissions of an application without its MAIN.',
    },
    nothingFound: (text: string) => `Nothing found for “${text}”.`,
    dots: { offered: ':large_green_circle: Offered', retired: ':red_circle: Retired' },
    counts: (offered: number, withdrawn: number) =>
      `${permissions(offered)}${withdrawn > 0 ? `, ${withdrawn} retired` : ''}`,
    main: (name: string) => `MAIN: ${name}`,
    noMain: 'no MAIN',
    open: 'Open',
    back: '‹ Catalogue',
    key: (key: string) => `Key: \`${key}\``,
    simple: 'Simple App Mode: with exactly one permission, this application has no Profiles.',
    noPermissions: 'This application has no permissions yet.',
    lowestFirst: (levels: string) => `Values, lowest first: ${levels}`,
    plainSwitch: (level: string) => `A plain switch: ${level}`,
    scope: { none: 'for everything at once', structures: 'for chosen structures' },
    usage: (live: number, removed: number, profiles: number, rules: number, held: number) =>
      [
        ...(live > 0 ? [`live in ${count(live, 'package', 'packages')}`] : []),
        ...(removed > 0 ? [`removed from ${count(removed, 'package', 'packages')}`] : []),
        ...(profiles > 0 ? [count(profiles, 'profile', 'profiles')] : []),
        ...(rules > 0 ? [count(rules, 'rule', 'rules')] : []),
        held > 0 ? `${people(held)} with an active authorization` : 'nobody has an active authorization',
      ].join(' · '),
    directly: (n: number) => `${people(n)} directly in it`,
    new: { application: 'New application', permission: 'New permission', structure: 'New structure' },
    edit: 'Edit',
    retire: 'Retire',
    restore: 'Bring back',
    menu: {
      uses: 'Where it is used…',
      edit: 'Edit…',
      below: 'New structure below…',
      retire: 'Retire…',
      restore: 'Bring back…',
    },
    uses: {
      package: (n: number) => count(n, 'package', 'packages'),
      removed: (n: number) => `${count(n, 'package', 'packages')} it was removed from`,
      reference: (n: number) => `${count(n, 'package', 'packages')} that ${n === 1 ? 'refers' : 'refer'} to it`,
      profile: (n: number) => count(n, 'profile', 'profiles'),
      rule: (n: number) => count(n, 'rule', 'rules'),
      child: (n: number) => `${count(n, 'structure', 'structures')} below it`,
      member: (n: number) => `${people(n)} in it`,
      person: (n: number) => `${people(n)} with an authorization`,
    },
    useKinds: {
      package: 'live in this package',
      removed: 'removed from this package, kept for reference',
      reference: 'this package refers to it',
      profile: 'profile',
      rule: 'rule',
      child: 'structure below it',
      member: 'person in it',
      person: 'authorization of this person',
    },
    andMore: (n: number) => `and ${n.toLocaleString('en')} more.`,
    more: (n: number) => ` and ${n.toLocaleString('en')} more`,
    usesTitle: 'Where it is used',
    noPackages: 'No package has it, or had it.',
    profiles: 'Profiles',
    rules: 'Rules',
    people: 'People',
    checkIntro:
      'Whoever has permissions of an application, but not its entry permission (MAIN), cannot open it. Here they are given without it:',
    lacking: {
      package: (application: string, pack: string, main: string) => `*${application}*: ${pack} lacks *${main}* (MAIN).`,
      profile: (application: string, name: string, main: string) =>
        `*${application}*: profile *${name}* lacks *${main}* (MAIN).`,
      people: (application: string, n: number, main: string, names: string) =>
        `*${application}*: ${people(n)} ${n === 1 ? 'has' : 'have'} something there, but nothing gives ${n === 1 ? 'that person' : 'them'} *${main}* (MAIN): ${names}.`,
    },
    form: {
      titles: {
        new_application: 'New application',
        application: 'Edit application',
        new_permission: 'New permission',
        permission: 'Edit permission',
        new_structure: 'New structure',
        structure: 'Edit structure',
      },
      create: 'Create',
      key: 'Key',
      keyHint: 'Applications know it by this key; it can never be changed.',
      name: 'Name',
      entryName: 'Entry permission (MAIN): name',
      entryNameHint: 'Lets people in: a plain switch. Leave it empty to add permissions later.',
      entryKey: 'Entry permission: key',
      entryKeyHint: 'Leave it empty for “open”.',
      levels: 'Values, lowest first',
      levelsHint:
        'One to a line; a single value makes a plain switch. To rename a value, add the new one, move everything to it, and take the old one out.',
      order: (n: number) =>
        `:information_source: ${count(n, 'profile or rule gives', 'profiles and rules give')} this permission. Where several give it to one person, the highest value wins: another order can change what people have, and those affected are told.`,
      scope: 'Scope',
      scopes: { none: 'For everything at once', structures: 'For chosen structures (parameter)' },
      scopeHint:
        'From everything to chosen structures: whoever has it already has it for no structure until somebody chooses some.',
      main: 'Entry permission',
      mainOption: 'This is the MAIN permission of the application',
      mainMoves: (name: string) => `Now MAIN: *${name}*. If you mark this one, the mark moves here.`,
      mainNone: 'The application has no MAIN permission yet.',
      code: 'Code',
      codeHint: 'Permissions name the structure by this code; it can never be changed.',
      parent: 'Below',
      parentPlaceholder: 'Search a structure by code or name',
      parentHint: 'With a structure moves everything below it. Whose access changes by a rule for structures is told.',
      top: 'At the top',
      blocked: (what: string, uses: string) =>
        `:no_entry: *${what}* cannot be taken out, because it is in use: ${uses}. Change that first. What you typed is kept below.`,
      blockedScope: (uses: string) =>
        `:no_entry: The structures cannot be given up, because they are in use: ${uses}. Change that first. What you typed is kept below.`,
      meanwhile: (now: string) => `Somebody changed this meanwhile. It now says: ${now}. Save again to replace that.`,
      isMain: 'MAIN',
      mainMeanwhile: (name: string) => `MAIN is ${name}`,
    },
    retireForm: {
      titles: {
        application: { retire: 'Retire application', restore: 'Bring back' },
        permission: { retire: 'Retire permission', restore: 'Bring back' },
        structure: { retire: 'Retire structure', restore: 'Bring back' },
      },
      intro: {
        application: (name: string) =>
          `*${name}* and its permissions are offered to nobody any more. Nobody has any of them now. It can be brought back.`,
        permission: (name: string) =>
          `*${name}* is offered to nobody any more. Nobody has it now. It can be brought back.`,
        structure: (name: string) =>
          `*${name}* is offered to nobody any more. Nothing needs it now. It can be brought back.`,
      },
      losesMain:
        ':warning: It is the MAIN permission: the application will have no entry permission until you mark another one.',
      blocked: (name: string, uses: string) =>
        `:no_entry: *${name}* cannot be retired, because it is in use: ${uses}. Change that first.`,
      back: {
        application: (name: string) => `*${name}* is offered again, with the permissions that were retired with it.`,
        permission: (name: string) => `*${name}* is offered again. It is not MAIN; you can mark it afterwards.`,
        structure: (name: string) => `*${name}* is offered again.`,
      },
    },
    done: {
      created: (name: string) => `${name} was created.`,
      saved: 'Saved.',
      told: (n: number) =>
        `${people(n)} ${n === 1 ? 'has' : 'have'} other access now, and ${n === 1 ? 'is' : 'are'} told.`,
      retire: (name: string) => `${name} is retired.`,
      restore: (name: string) => `${name} is offered again.`,
    },
  },
};
