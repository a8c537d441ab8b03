import type { ExportedStatus } from '../engine/readModels/exports.ts';
import type { Texts } from '../slack/kit/texts/index.ts';
import { plainWhy } from '../slack/kit/why.ts';
import { plainBadge } from '../slack/kit/wording.ts';
import type { Column } from './csvFile.ts';

/** The language and the time zone that a file is written in. */
export interface FileLanguage {
  texts: Texts;
  timeZone: string;
}

/** The columns that tell a status, for the files of statuses and of drift. */
export function statusColumns<Line extends ExportedStatus>({ texts, timeZone }: FileLanguage): Column<Line>[] {
  const { columns, dots } = texts.exports;
  const why = plainWhy(texts, timeZone);
  return [
    { title: columns.package, cell: ({ packageNumber }) => String(packageNumber) },
    { title: columns.code, cell: ({ person }) => person.code },
    { title: columns.name, cell: ({ person }) => person.name },
    { title: columns.application, cell: ({ permission }) => permission.applicationName },
    { title: columns.permission, cell: ({ permission }) => permission.name },
    { title: columns.main, cell: ({ permission }) => mainMark(texts, permission.main) },
    { title: columns.dot, cell: ({ permission }) => (permission.live ? dots.live : dots.removed) },
    { title: columns.badge, cell: ({ status, facts }) => plainBadge(texts, status, facts) },
    { title: columns.syncable, cell: ({ status }) => yesOrNo(texts, status.syncable) },
    { title: columns.why, cell: why },
    { title: columns.value, cell: ({ has }) => has?.value ?? '' },
    { title: columns.parameter, cell: ({ has }) => has?.param ?? '' },
    { title: columns.packageValue, cell: ({ permission }) => permission.value },
    { title: columns.packageParameter, cell: ({ permission }) => permission.param },
    { title: columns.source, cell: ({ has }) => has?.source ?? '' },
  ];
}

/** "MAIN" for the permission that lets people into an application, else nothing. */
export function mainMark(texts: Texts, main: boolean): string {
  return main ? texts.exports.main : '';
}

/** A truth as a cell says it. */
export function yesOrNo({ exports: { yes, no } }: Texts, is: boolean): string {
  return is ? yes : no;
}
