/** Assignments for a time. */
export const ends = {
  ends: {
    until: (day: string) => `until ${day}`,
    lasts: 'without an end',
    assignUntil: 'Until',
    assignHint: 'At the end of that day the assignment is removed by itself; the people are told some days before.',
    assignPast: 'This day is over. Choose today or a later day, or leave it empty.',
    placeholder: 'Choose the last day',
    summary: (day: string) =>
      `:hourglass_flowing_sand: For a time: *until ${day}*. Then the assignment is removed by itself.`,
    change: 'Change end…',
    title: 'End of an assignment',
    of: (name: string, code: string, pack: string) => `*${name}* \`${code}\` in ${pack}`,
    now: (day: string) => `Now: until ${day}.`,
    nowNone: 'Now: without an end.',
    lastDay: 'Last day',
    lastDayHint: 'At the end of that day the assignment is removed by itself. Leave it empty for no end.',
    moved: ':arrows_counterclockwise: Somebody changed the end meanwhile. This is how it is now; choose again.',
    needsApproval: 'Approval is needed here to prolong this. Say why; those who approve see it.',
    askIntro: 'You can ask for this package for longer. Those who approve decide.',
    why: 'Why',
    whyNeeded: 'Say why: those who decide see it.',
    dayNeeded: 'Choose a day.',
    save: 'Save',
    ask: 'Ask',
    same: 'This is the end already. Choose another day.',
    saved: ':white_check_mark: The end was changed.',
    asked: (id: number) => `:white_check_mark: Request ${id} is made. You will be told what is decided.`,
    notice: {
      member: (pack: string, day: string) =>
        `:hourglass_flowing_sand: You have ${pack} until *${day}*. Then it ends by itself, and with it the access that it gives you.`,
      assigner: (pack: string, day: string, whom: string) =>
        `:hourglass_flowing_sand: The assignment of ${pack} to ${whom} ends by itself after *${day}*, as you set it.`,
      ask: 'Ask for an extension',
      open: 'Open the package',
    },
  },
};
