import type { ExportedAccess, ExportedDrift, ExportedStatus, Exports, Pages } from '../engine/readModels/exports.ts';
import { type Column, type CsvFile, csvFile } from './csvFile.ts';
import { type FileLanguage, mainMark, statusColumns, yesOrNo } from './statusColumns.ts';

/** What can be exported of an organization. */
export const EXPORT_KINDS = ['statuses', 'drift', 'access'] as const;

/** An export that somebody asked for: of one package, or with null of all of them. Access is always of everyone. */
export interface WantedExport {
  kind: (typeof EXPORT_KINDS)[number];
  number: number | null;
}

/** The CSV of an export. @throws EngineError `package_not_found`, before anything is written. */
export async function organizationCsv(
  exports: Exports,
  language: FileLanguage,
  { kind, number }: WantedExport,
): Promise<CsvFile> {
  if (kind === 'statuses') return statusesCsv(language, await exports.statuses(number));
  if (kind === 'drift') return driftCsv(language, await exports.drift(number));
  return accessCsv(language, exports.access());
}

function statusesCsv(language: FileLanguage, pages: Pages<ExportedStatus>): CsvFile {
  return csvFile(statusColumns<ExportedStatus>(language), pages);
}

/** What has drifted as CSV: the columns of a status, of which kind the drift is, and whether it was accepted. */
function driftCsv(language: FileLanguage, pages: Pages<ExportedDrift>): CsvFile {
  const { columns, drift } = language.texts.exports;
  return csvFile(
    [
      ...statusColumns<ExportedDrift>(language),
      { title: columns.drift, cell: (line) => drift[line.drift] },
      { title: columns.accepted, cell: ({ accepted }) => yesOrNo(language.texts, accepted) },
    ],
    pages,
  );
}

/** Effective access as CSV. The source is in the words of the view `effective_access`. */
function accessCsv({ texts }: FileLanguage, pages: Pages<ExportedAccess>): CsvFile {
  const { columns } = texts.exports;
  const shown: Column<ExportedAccess>[] = [
    { title: columns.code, cell: ({ person }) => person.code },
    { title: columns.name, cell: ({ person }) => person.name },
    { title: columns.application, cell: ({ applicationName }) => applicationName },
    { title: columns.permission, cell: ({ permissionName }) => permissionName },
    { title: columns.main, cell: ({ main }) => mainMark(texts, main) },
    { title: columns.value, cell: ({ value }) => value },
    { title: columns.parameter, cell: ({ param }) => param },
    { title: columns.source, cell: ({ source }) => source },
    { title: columns.usable, cell: ({ usable }) => yesOrNo(texts, usable) },
  ];
  return csvFile(shown, pages);
}
