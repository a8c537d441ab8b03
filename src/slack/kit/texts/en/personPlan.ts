import { permissions } from './counts.ts';

/** Several things for one person at once: several packages, or all that another person has. */
export const personPlan = {
  personPlan: {
    packagesTitle: 'Assign packages',
    likeTitle: 'Make like somebody',
    packagesButton: 'Assign packages',
    likeButton: 'Make like…',
    model: 'Like whom',
    modelNeeded: 'Choose somebody else.',
    packages: 'Packages',
    packagesNeeded: 'Choose at least one package.',
    next: 'Next',
    confirm: 'Confirm',
    like: (person: string, model: string) => `${person}\nis to be like ${model}`,
    nothing: 'There is nothing to give and nothing to take away: packages and manual grants are the same.',
    moved: ':warning: Something changed since you looked. This is how it is now; please confirm again.',
    movedUnseen: 'Nothing was done: something changed since you looked. Please start again.',
    steps: {
      assign: (pack: string) => `:heavy_plus_sign: Assign ${pack}`,
      unassign: (pack: string) => `:heavy_minus_sign: Remove the assignment of ${pack}`,
      grant: (permission: string, value: string) => `:heavy_plus_sign: Set *${permission}* to ${value} by hand`,
      disable: (permission: string) => `:heavy_minus_sign: Disable *${permission}* by hand`,
    },
    does: {
      assign: (n: number) => `_writes ${permissions(n)}_`,
      unassign: (n: number) => `_takes ${permissions(n)} away_`,
      grant: () => '_sets it_',
      disable: () => '_disables it_',
    },
    conflicts: (n: number) => `_${permissions(n)} the person has from elsewhere_`,
    decisions: { do: 'Do it', package: 'Assign, Keep Package', leave: 'Leave it' },
    assignOriginal: 'Assign, Keep Original',
    differences: 'Still different afterwards',
    differencesIntro: (person: string, model: string) => `What ${person} can do, and what ${model} can do`,
    difference: (permission: string, own: string, other: string) => `• ${permission}: ${own} — ${other}`,
    alike: (person: string, model: string) =>
      `:white_check_mark: Afterwards ${person} can do exactly what ${model} can do.`,
    more: (n: number) => `and ${n} more`,
    ask: {
      needs: (asked: number, all: number) => {
        const which =
          asked === 1
            ? 'This step needs approval here'
            : `These ${asked}${asked === all ? '' : ` of ${all}`} steps need approval here, each by itself`;
        const rest = asked === all ? 'Nothing' : 'The rest is done as soon as you ask; nothing';
        return `:lock: ${which}. ${rest} has been done yet.`;
      },
      done: (name: string, ids: readonly number[]) =>
        `:hourglass_flowing_sand: For ${name} you asked for ${ids.length === 1 ? `one step: request ${ids[0]}` : `${ids.length} steps: requests ${ids.join(', ')}`}. You hear of each decision; \`requests\` shows how they stand.`,
    },
    done: (name: string, n: number) => `:white_check_mark: Done for ${name}: ${n === 1 ? 'one step' : `${n} steps`}.`,
  },
};
