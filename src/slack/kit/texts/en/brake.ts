import type { Brake } from '../../../../engine/core/brake.ts';
import { people } from './counts.ts';

/** The second confirmation of what takes access from many. */
export const brake = {
  brake: {
    title: 'Second confirmation',
    about: (what: string) => `You are about to ${what}.`,
    takes: ({ people: n, members, share }: Brake, percent: number) =>
      `:warning: *This takes access from ${n.toLocaleString('en')} of the ${members.toLocaleString('en')} members* of the package (${percent} %). Your organization wants whatever takes access from more than ${share} % to be confirmed twice.`,
    sure: 'Are you sure?',
    yes: (n: number) => `Yes, take access from ${people(n)}`,
    tick: 'Tick this to confirm, or cancel.',
    confirm: 'Confirm',
    done: 'Done',
    held: ({ people: n, members }: Brake) =>
      `This would take access from ${n.toLocaleString('en')} of the ${members.toLocaleString('en')} members of the package, and was not confirmed a second time. Nothing was changed: start again, and confirm it twice.`,
    share: 'Second confirmation above (% of members)',
    shareHint:
      'What takes access from more than this share of a package’s members, and from at least five people, is confirmed twice. 100: never.',
    shareInvalid: 'Type a whole number from 1 to 100.',
  },
};
