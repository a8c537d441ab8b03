import { permissions } from './counts.ts';

/** Copying a package. */
export const clone = {
  clone: {
    button: 'Clone',
    title: 'Clone package',
    submit: 'Clone',
    copyOf: (name: string) => `Copy of ${name}`,
    copies: (n: number) =>
      `The copy gets ${n === 0 ? 'no permissions' : `${permissions(n)}, with values and structures`}, and the reference structures. Members are not copied.`,
    leftOut: (names: string, more: number) =>
      `:warning: Left out, because they are retired: ${names}${more > 0 ? ` and ${more} more` : ''}.`,
    narrowed: (names: string, more: number) =>
      `:warning: Copied without structures that are retired: ${names}${more > 0 ? ` and ${more} more` : ''}.`,
    structures: (codes: string, more: number) =>
      `:warning: Reference structures left out, because they are retired: ${codes}${more > 0 ? ` and ${more} more` : ''}.`,
    done: (number: number, from: number, n: number) =>
      `:white_check_mark: package:${number} is a copy of package:${from}, with ${permissions(n)} and no members.`,
    assign: 'Assign it with *Add User*.',
  },
};
