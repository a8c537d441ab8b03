import { people } from './counts.ts';

/** Assignments for a time. */
export const ends = {
  ends: {
    until: (day: string) => `until ${day}`,
    lasts: 'without an end',
    assignUntil: 'Until',
    assignHint:
      'Optional. At the end of that day the assignment is removed by itself; a week or so before, the people are told.',
    assignPast: 'This day is over. Choose today or a later day, or leave it empty.',
    placeholder: 'Choose the last day',
    summary: (day: string) =>
      `:hourglass_flowing_sand: For a time: *until ${day}*. Then the assignment is removed by itself.`,
    change: 'Change end…',
    title: 'End of an assignment',
    of: (name: string, code: string, pack: string) => `${pack} of *${name}* \`${code}\``,
    now: (day: string) => `Now: until ${day}.`,
    nowNone: 'Now: without an end.',
    lastDay: 'Last day',
    lastDayHint: 'At the end of that day the assignment is removed by itself. Leave it empty for no end.',
    moved: ':arrows_counterclockwise: Somebody changed the end meanwhile. This is how it is now; choose again.',
    needsApproval: 'To prolong this needs approval here. Say why; those who approve see it.',
    askIntro: 'You can ask for this package for longer. Those who approve decide.',
    why: 'Why',
    whyNeeded: 'Say why: those who decide see it.',
    dayNeeded: 'Choose a day.',
    save: 'Save',
    ask: 'Ask',
    same: 'This is the end already. Choose another day.',
    saved: ':white_check_mark: The end was changed.',
    asked: (id: number) => `:white_check_mark: You asked for it: request ${id}. You hear what becomes of it.`,
    notice: {
      member: (pack: string, day: string) =>
        `:hourglass_flowing_sand: You have ${pack} until *${day}*. Then it is removed from you by itself, and what it gives you with it.`,
      assigner: (pack: string, day: string, n: number) =>
        `:hourglass_flowing_sand: ${pack}: the assignment of ${people(n)} ends by itself after *${day}*, as you set it.`,
      ask: 'Ask for an extension',
      open: 'Open the package',
    },
  },
};
