import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditRecord } from '../engine/readModels/audit.ts';
import { actorless, auditKind, plainAuditSentence } from '../slack/kit/auditSentence.ts';
import { isoClock } from '../slack/kit/text.ts';
import { type Column, type CsvFile, csvFile } from './csvFile.ts';
import type { FileLanguage } from './statusColumns.ts';

/** How a file of the audit trail is written. */
export const AUDIT_FORMATS = ['csv', 'jsonl'] as const;

export type AuditFormat = (typeof AUDIT_FORMATS)[number];

/** What each format is, as HTTP calls it. */
export const AUDIT_MEDIA_TYPES: Record<AuditFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/** Records of the audit trail as a file, made page by page and no faster than it is taken. */
export function auditFile(
  language: FileLanguage,
  format: AuditFormat,
  pages: AsyncIterable<readonly AuditRecord[]>,
): CsvFile {
  return format === 'csv' ? csvFile(auditColumns(language), pages) : jsonLines(language, pages);
}

function auditColumns({ texts, timeZone }: FileLanguage): Column<AuditRecord>[] {
  const { columns } = texts.audit;
  const clock = isoClock(timeZone);
  return [
    { title: columns.number, cell: ({ seq }) => String(seq) },
    { title: columns.when, cell: ({ at }) => clock(at) },
    { title: columns.byCode, cell: ({ actor }) => actor?.code ?? '' },
    { title: columns.by, cell: ({ actor, kind }) => actor?.name ?? actorless(texts, kind) },
    { title: columns.kind, cell: ({ kind }) => auditKind(texts, kind) },
    { title: columns.sentence, cell: (record) => plainAuditSentence(texts, record) },
    { title: columns.package, cell: ({ packageNumber }) => (packageNumber === null ? '' : String(packageNumber)) },
    { title: columns.people, cell: ({ people }) => String(people) },
    { title: columns.operation, cell: ({ operationId }) => String(operationId) },
    { title: columns.subject, cell: ({ subject }) => JSON.stringify(subject) },
    { title: columns.before, cell: ({ before }) => JSON.stringify(before) },
    { title: columns.after, cell: ({ after }) => JSON.stringify(after) },
    { title: columns.planHash, cell: ({ planHash }) => planHash },
    { title: columns.previousHash, cell: ({ previousHash }) => previousHash },
    { title: columns.hash, cell: ({ hash }) => hash },
  ];
}

/**
 * One JSON object a line: everything that the record's hash is made of, under the names it has there, and the sentence.
 */
function jsonLines({ texts }: FileLanguage, pages: AsyncIterable<readonly AuditRecord[]>): CsvFile {
  let lines = 0;
  async function* parts(): AsyncGenerator<string> {
    for await (const page of pages) {
      lines += page.length;
      yield page.map((record) => `${JSON.stringify(toLine(record))}\n`).join('');
      await nextTurn();
    }
  }
  function toLine(record: AuditRecord) {
    const { seq, at, operationId, actor, kind, subject, before, after, packageNumber, people } = record;
    const { planHash, changesHash, operationHash, previousHash, hash } = record;
    return {
      ...{ seq, at: at.toISOString(), operation: operationId, actor, action: kind, subject, before, after, planHash },
      ...{ changesHash, ...(operationHash !== null && { operationHash }), previousHash, hash },
      ...{ package: packageNumber, people, sentence: plainAuditSentence(texts, record) },
    };
  }
  return { content: Readable.from(parts(), { objectMode: false }), lines: () => lines };
}
