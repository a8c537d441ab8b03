import { Readable } from 'node:stream';
import type { EngineContext } from '../engine/operations/runOperation.ts';
import { type OperationLine, operationLines } from '../engine/readModels/operationDetails.ts';
import { organizationById } from '../engine/readModels/organizations.ts';
import { type Texts, textsOf } from '../slack/kit/texts/index.ts';
import { type Column, csvFile } from './csvFile.ts';
import { mainMark } from './statusColumns.ts';

/**
 * What an operation did as CSV, in the language of the organization: a line for each person and permission that it
 * wrote or deliberately left. Read from stored data, page by page, as fast as it is taken; the stream fails where the
 * organization has no such operation.
 */
export function operationDetailsCsv(
  context: EngineContext,
  organizationId: number,
  operationId: number,
  peoplePerPage?: number,
): Readable {
  async function* content(): AsyncGenerator<Buffer> {
    const { locale } = await organizationById(context, organizationId);
    const lines = operationLines(context, organizationId, operationId, peoplePerPage);
    yield* csvFile(operationColumns(textsOf(locale)), lines).content;
  }
  return Readable.from(content(), { objectMode: false });
}

function operationColumns(texts: Texts): Column<OperationLine>[] {
  const { columns, decisions, notes } = texts.exports;
  return [
    { title: columns.code, cell: ({ person }) => person.code },
    { title: columns.name, cell: ({ person }) => person.name },
    { title: columns.application, cell: ({ permission }) => permission.application },
    { title: columns.permission, cell: ({ permission }) => permission.name },
    { title: columns.main, cell: ({ permission }) => mainMark(texts, permission.main) },
    { title: columns.statusBefore, cell: ({ before }) => (before ? texts.badges[before.kind](before) : '') },
    { title: columns.decision, cell: ({ decision }) => decisions[decision] },
    { title: columns.valueBefore, cell: ({ hadBefore }) => hadBefore?.value ?? '' },
    { title: columns.parameterBefore, cell: ({ hadBefore }) => hadBefore?.param ?? '' },
    { title: columns.sourceBefore, cell: ({ hadBefore }) => hadBefore?.source ?? '' },
    { title: columns.valueAfter, cell: ({ hasAfter }) => hasAfter?.value ?? '' },
    { title: columns.parameterAfter, cell: ({ hasAfter }) => hasAfter?.param ?? '' },
    { title: columns.sourceAfter, cell: ({ hasAfter }) => hasAfter?.source ?? '' },
    { title: columns.note, cell: ({ note }) => (note ? notes[note] : '') },
  ];
}
