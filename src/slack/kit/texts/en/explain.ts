/** Why somebody can, or cannot, use an application. */
export const explain = {
  explain: {
    title: 'Why',
    button: 'Why?',
    back: '‹ Back',
    full: 'Three windows are open, and Slack opens no more: go back or close this one to change something.',
    verdicts: {
      founder: ':white_check_mark: A founder has full access to everything.',
      open: (application: string, source: string | null) =>
        `:white_check_mark: Can open *${application}*${source ? `: its MAIN permission comes from ${source}` : ''}.`,
      mainMissing: (application: string, main: string) =>
        `:no_entry: Cannot open *${application}*: *${main}* \`MAIN\` is missing. Whatever else is granted in it does not help until that is.`,
      nothing: (application: string) => `:no_entry: Has no access to *${application}*.`,
    },
    session: (at: string) =>
      `Last changed on ${at}. Whoever logged in before that must log out of the application and back in.`,
    sessionUnknown:
      'If a package, profile or rule changed since the person logged in, they must log out of the application and back in.',
    points: {
      denied: 'It was *disabled by hand*. Until it is enabled, nothing gives it: no package, profile or rule.',
      suspended: (pack: string) => `${pack} is *disabled*: the access it gave is suspended. Enable the package.`,
      packageDisabled: (pack: string) => `${pack} has it, but is *disabled*. Enable the package, then sync the person.`,
      divergent: (pack: string, value: string) => `${pack} says ${value}. Sync to bring the person in line.`,
      notGiven: (pack: string, value: string) =>
        `${pack} says ${value}, but it is not given from there. Sync to give it.`,
      former: (pack: string) => `${pack} has it, but was *removed* from this person. Re-assign it.`,
      removed: (pack: string) => `It was *removed from* ${pack}. Put it back there, or grant it by hand.`,
      noSource: (packages: string) =>
        packages
          ? `Nothing gives it. It is in ${packages}: assign a package, or grant it by hand.`
          : 'Nothing gives it, and no active package has it. Grant it by hand, or add it to a package.',
    },
    fixes: {
      sync: 'Sync',
      assign: (number: number) => `Assign package:${number}`,
      open: (number: number) => `Open package:${number}`,
    },
    missing: '*Not given:*',
    missingRow: (permission: string, packages: string) =>
      packages ? `• ${permission} — it is in ${packages}` : `• ${permission}`,
  },
};
