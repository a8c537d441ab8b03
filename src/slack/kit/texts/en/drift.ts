import { people, permissions } from './counts.ts';

/** Drift: what differs from the packages, where it is told, and what is done about it. */
export const drift = {
  drift: {
    title: 'Drift',
    button: 'Drift',
    filter: 'Find a package by number or name',
    none: ':white_check_mark: No drift. What was accepted does not count.',
    scanned: (when: string) => `Last full scan: ${when}. In between, what operations change is checked at once.`,
    neverScanned: ':hourglass_flowing_sand: The first full scan is under way. Please look again in a moment.',
    scanNow: 'Scan now',
    scanning: ':mag: Everything is being scanned. This list will be up to date in a moment.',
    row: (pack: string, cells: number, n: number) => `${pack}\n:warning: ${permissions(cells)} of ${people(n)}`,
    details: 'Details',
    total: (cells: number, n: number) =>
      `:warning: *${permissions(cells)}* of *${people(n)}* ${cells === 1 ? 'differs' : 'differ'} from the package.`,
    counted: (what: string, kinds: string) => `*${what}*\n${kinds}`,
    kind: (status: string, cells: number) => `${status}: ${cells.toLocaleString('en')}`,
    trend: (bars: string, days: number, from: number, to: number) =>
      `\`${bars}\` last ${days} days: from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`,
    common: (n: number, members: number, what: string, has: string, wanted: string) =>
      `:bulb: *${n.toLocaleString('en')} of ${people(members)}* have ${what} as ${has}, where the package says ${wanted}. Perhaps it is the package that should change.`,
    commonDisabled: (n: number, members: number, what: string) =>
      `:bulb: ${what} is disabled by hand for *${n.toLocaleString('en')} of ${people(members)}*. Perhaps the package should do without it.`,
    change: 'Change the permission…',
    remove: 'Remove the permission…',
    review: 'Review',
    toList: '‹ Drift',
    channels: {
      organization: (channel: string) => `Announced in ${channel}, unless a package has a channel of its own.`,
      noOrganization: 'Announced nowhere: no channel is set. A package can have a channel of its own.',
      own: (channel: string) => `Announced in ${channel}, the package’s own channel.`,
      inherited: (channel: string) => `Announced in ${channel}, the organization’s channel.`,
      nowhere: 'Announced nowhere: neither the package nor the organization has a channel.',
      set: 'Channel…',
      title: 'Where drift is announced',
      label: 'Channel',
      placeholder: 'Choose a channel',
      hintOrganization:
        'One message a day and package, kept up to date. Invite Quartermaster to the channel first. Empty: drift is announced nowhere.',
      hintPackage:
        'Only for this package. Invite Quartermaster to the channel first. Empty: the organization’s channel.',
      saved: ':white_check_mark: Saved. From the next change on, drift is announced there.',
    },
    accept: {
      button: 'Accept until…',
      title: 'Accept the drift',
      about: (cells: number, n: number) =>
        `*${permissions(cells)}* of *${people(n)}* ${cells === 1 ? 'stays as it is and is' : 'stay as they are and are'} no news until the day has passed, or until the package or the person’s access changes.`,
      until: 'Up to and including',
      untilHint: 'At most a year ahead.',
      day: 'Choose a day',
      reason: 'Reason',
      reasonHint: 'It is kept in the audit trail.',
      confirm: 'Accept',
      done: (cells: number, n: number, day: string) =>
        `:white_check_mark: Accepted until ${day}: ${permissions(cells)} of ${people(n)}.`,
      nothing: ':white_check_mark: Nothing drifts from this package any more.',
      moved:
        'Something changed since you looked, and nothing was accepted. This is the situation now; please check and confirm again.',
    },
    snooze: {
      placeholder: 'Snooze…',
      day: 'For a day',
      week: 'For a week',
      done: (pack: string, when: string) =>
        `:zzz: The drift of ${pack} is announced again from ${when}, with what happens until then.`,
    },
    wake: {
      button: 'Announce again',
      done: ':white_check_mark: Drift is announced again, with what happened meanwhile.',
    },
    sync: {
      button: 'Sync',
      title: 'Sync the members?',
      text: 'What is missing, or was changed after the package gave it, is set to what the package says. What somebody decided otherwise (by hand, a profile, a rule, another package) stays and counts as accepted.',
      confirm: 'Sync',
      deny: 'Not now',
      review: (pack: string) =>
        `Syncing ${pack} needs more than one click: approval, or a second confirmation. Press *Review*, and confirm it there.`,
      nothing: (pack: string) =>
        `Nothing of ${pack} is synced by default: what differs was decided by somebody. *Review* shows it.`,
    },
    digest: {
      summary: (pack: string, appeared: number, changed: number, resolved: number) =>
        `Drift of ${pack}: ${appeared.toLocaleString('en')} new, ${changed.toLocaleString('en')} changed, ${resolved.toLocaleString('en')} resolved`,
      title: (pack: string, day: string) => `${pack} · drift on ${day}`,
      appeared: (cells: number, n: number) => `:small_red_triangle: *New:* ${permissions(cells)} of ${people(n)}`,
      changed: (cells: number, n: number) =>
        `:arrows_counterclockwise: *Changed:* ${permissions(cells)} of ${people(n)}`,
      resolved: (cells: number, n: number) =>
        `:white_check_mark: *Resolved or accepted:* ${permissions(cells)} of ${people(n)}`,
      settled: ':white_check_mark: What changed today is as it was before.',
      rest: (cells: number, n: number) =>
        `In all: ${permissions(cells)} of ${people(n)} ${cells === 1 ? 'differs' : 'differ'} from the package.`,
      allInLine: 'No drift is left. What was accepted does not count.',
      snoozed: (when: string) => `:zzz: Snoozed until ${when}.`,
      line: (mark: string, person: string, code: string, what: string) => `${mark} ${person} \`${code}\` · ${what}`,
      now: (what: string, status: string) => `${what}: ${status}`,
      more: (n: number) => `and ${n.toLocaleString('en')} more. *Review* shows all of it.`,
    },
  },
};
