import type { AttachmentProblem, CodeListProblem } from '../../fileProblems.ts';
import { count, people } from './counts.ts';

/** Choosing many people at once, and attaching files. */
export const inputs = {
  inputs: {
    structures: 'Structures',
    structuresHint: 'Everybody in these structures and those below.',
    groups: 'Groups',
    placeholder: 'Search by code or name',
    attach: 'Or attach a file of personal codes',
    attachHint:
      'CSV or text, up to 2 MB: one code a line, or a column headed code or user among others. The file is checked when you go on.',
    membersOnly: 'Choose in any of these ways; everybody counts once. Whoever does not have the package is left as is.',
    leftOut: (n: number) =>
      `${people(n)} of the structures and groups ${n === 1 ? 'has left and is' : 'have left and are'} not included.`,
    goneStructures: (n: number) =>
      `${n === 1 ? 'One of the structures is' : `${n} of the structures are`} retired or no longer there. Search again.`,
    goneGroups: (n: number) =>
      `${n === 1 ? 'One of the groups is' : `${n} of the groups are`} no longer there. Search again.`,
    nobodyThere: (left: number) =>
      left > 0
        ? `Only people who have left are there (${left.toLocaleString('en')}). Choose somebody else.`
        : 'Nobody is in there. Choose somebody else.',
    noMembers: 'None of them has this package. Choose somebody who does.',
    lineOf: (line: number, code: string) => `“${code}” (line ${line})`,
    unknownInFile: (codes: string, more: number) =>
      `The file has codes that nobody has: ${codes}${more > 0 ? ` and ${more} more` : ''}. Correct them and attach the file again.`,
    file: {
      tooLarge: (name) => `${name} is larger than 2 MB. Attach a smaller file.`,
      notText: (name) => `${name} is not text in UTF-8. Save it as “CSV UTF-8” and attach it again.`,
      unreadable: (name) => `${name} could not be fetched from Slack. Attach it again.`,
      noScope: (name) =>
        `Slack does not let Quartermaster read ${name}. Ask your Slack administrator to install the app again with the scope files:read; until then, paste the text.`,
    } satisfies Record<AttachmentProblem, (name: string) => string>,
    list: {
      empty: (name) => `${name} has no codes. Attach a file with at least one.`,
      noColumn: (name) =>
        `${name} has several columns, and none is headed code or user. Name the column of the codes and attach it again.`,
      malformed: (name, line) =>
        `${name} cannot be read: on line ${line} a quote is not closed, or stands inside a field. Correct it and attach it again.`,
    } satisfies Record<CodeListProblem, (name: string, line: number) => string>,
    attachList: 'Or attach it as a file',
    attachListHint: 'CSV or text in UTF-8, up to 2 MB.',
    listNeeded: 'Paste the list, or attach it as a file.',
    oneList: 'Paste the list or attach it, not both.',
    attached: (n: number) => `The list comes from a file of ${count(n, 'line', 'lines')}. Attach the corrected file.`,
  },
};
