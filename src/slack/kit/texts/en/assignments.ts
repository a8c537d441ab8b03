import { count, people, permissions } from './counts.ts';

/** Assigning packages, and removing assignments. */
export const assignments = {
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
    nobody: 'Choose at least one person, by any of the ways below.',
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
      already: (n: number) =>
        `${people(n)} had it already and ${n === 1 ? 'was left as is' : 'were left as they are'}. To align them, use Sync.`,
      founders: (n: number) => `${count(n, 'founder', 'founders')}: membership recorded, nothing written`,
      written: (n: number) => `${permissions(n)} granted`,
      keptPackage: (n: number) => `${permissions(n)} aligned with the package (Keep Package)`,
      keptOriginal: (n: number) => `${permissions(n)} left as ${n === 1 ? 'it was' : 'they were'} (Keep Original)`,
      report: 'The PDF assignment report comes to you as a direct message.',
      logOut: 'Those affected are told to log out and back in.',
    },
  },
  remove: {
    title: 'Remove assignment',
    confirm: 'Remove',
    intro: (name: string, pack: string, n: number) =>
      `${name} becomes a former member of ${pack}, and ${permissions(n)} given by it ${n === 1 ? 'is' : 'are'} deactivated.`,
    introMany: (n: number, pack: string, cells: number) =>
      `${people(n)} ${n === 1 ? 'becomes a former member' : 'become former members'} of ${pack}, and ${permissions(cells)} given by it ${cells === 1 ? 'is' : 'are'} deactivated. Others who were chosen do not have the package, and are left as they are.`,
    next: 'Next',
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
    left: (n: number) =>
      `:wave: ${people(n)} left: nothing is restored for ${n === 1 ? 'this person' : 'them'}, nor handed over.`,
    claimedIntro: 'Also in another active package of this person:',
    doing: (n: number, pack: string) => `Removing the assignment of ${pack} from ${people(n)}`,
    doneTitle: 'Removed',
    done: (name: string, taken: number) => `Removed. ${permissions(taken)} of ${name} deactivated.`,
    movedUnseen: 'Nothing was removed: something changed since you looked. Please look again and confirm.',
    moved: 'Something changed since you looked; this is the situation now. Please confirm again.',
  },
};
