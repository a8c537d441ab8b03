import { pipeline } from 'node:stream/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import { separatorOf } from '../../engine/core/csvSeparator.ts';
import {
  answerOf,
  columnOf,
  PEOPLE_COLUMNS,
  type PeopleColumn,
  type PeopleFileProblems,
} from '../../engine/core/peopleFile.ts';
import { fieldProblem, type PersonField } from '../../engine/core/personDetails.ts';
import { searchText } from '../../engine/core/searchText.ts';
import type { CopyWriter } from '../import/copyWriter.ts';

/** The lines of a list of people; wrong cells are NULL. Collations are those of the real tables. */
export const CREATE_PEOPLE_LINES = `
  CREATE TEMP TABLE people_lines (
    line int, code text COLLATE "C", name text, email text, structure text COLLATE "C", has_left boolean, search_text text
  ) ON COMMIT DROP`;

/** Lines added between two looks at what is ready to be sent. */
const DRAIN_EVERY = 1_000;

/** The longest line of a list; a quote that never closes must not gather the whole file. */
const LONGEST_RECORD = 20_000;

const REQUIRED: readonly PersonField[] = ['code', 'name', 'email', 'structure'];

interface CsvRow {
  record: string[];
  info: Info;
}

/**
 * Reads a list of people, line by line, into the table of {@link CREATE_PEOPLE_LINES}. Fields are separated by commas,
 * semicolons or tabs, as the line of headings is. What is wrong is told; what is right of a wrong line is kept.
 */
export async function stagePeople(
  source: AsyncIterable<Buffer | string>,
  writer: CopyWriter,
  problems: PeopleFileProblems,
): Promise<void> {
  const { delimiter, chunks } = await peek(source);
  const parser = parse({
    ...{ bom: true, delimiter, info: true, trim: true, relax_column_count: true, skip_empty_lines: true },
    max_record_size: LONGEST_RECORD,
  });
  const fed = pipeline(chunks, parser);
  // Told where the parser is read; until then it is not an unhandled rejection
  fed.catch(() => undefined);
  let columns: (PeopleColumn | null)[] | null = null;
  let lines = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRow>) {
      if (columns === null) {
        columns = readHeadings(record, info.lines, problems);
        // Without its columns nothing of the list can be judged
        if (problems.total > 0) return;
        continue;
      }
      stageLine(record, columns, info.lines, writer, problems);
      lines++;
      if (lines % DRAIN_EVERY === 0) await writer.drain();
    }
    await fed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines: line = 0, message } = error as CsvError & { lines?: number };
    problems.add({ line, column: null, kind: 'malformed', value: message });
    return;
  } finally {
    parser.destroy();
  }
  if (lines === 0) problems.add({ line: 1, column: null, kind: 'nobody', value: '' });
}

/** Bytes looked at for the separator, at most. */
const HEAD = 64 * 1024;

/** Which separator the first line has most of, and the source with what was read of it. */
async function peek(
  source: AsyncIterable<Buffer | string>,
): Promise<{ delimiter: string; chunks: AsyncGenerator<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let size = 0;
  while (size < HEAD && !head.at(-1)?.includes(0x0a)) {
    const next = await iterator.next();
    if (next.done) break;
    const bytes = Buffer.from(next.value);
    head.push(bytes);
    size += bytes.length;
  }
  const [first = ''] = Buffer.concat(head).toString('utf8').split('\n');
  async function* chunks(): AsyncGenerator<Buffer> {
    yield* head;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield Buffer.from(next.value);
    }
  }
  return { delimiter: separatorOf(first), chunks: chunks() };
}

function readHeadings(
  headings: readonly string[],
  line: number,
  problems: PeopleFileProblems,
): (PeopleColumn | null)[] {
  const columns = headings.map((heading) => {
    const column = columnOf(heading);
    if (!column) problems.add({ line, column: null, kind: 'unknown_column', value: heading });
    return column;
  });
  columns.forEach((column, index) => {
    const isRepeated = column !== null && columns.indexOf(column) < index;
    if (isRepeated) problems.add({ line, column, kind: 'repeated_column', value: headings[index] ?? '' });
  });
  for (const column of REQUIRED) {
    if (!columns.includes(column)) problems.add({ line, column, kind: 'missing_column', value: column });
  }
  return columns;
}

function stageLine(
  record: readonly string[],
  columns: readonly (PeopleColumn | null)[],
  line: number,
  writer: CopyWriter,
  problems: PeopleFileProblems,
): void {
  if (record.length !== columns.length) {
    problems.add({ line, column: null, kind: 'fields', value: `${record.length}/${columns.length}` });
    return;
  }
  const cells = Object.fromEntries(
    PEOPLE_COLUMNS.map((column) => [column, record[columns.indexOf(column)] ?? '']),
  ) as Record<PeopleColumn, string>;
  const kept = (column: PersonField): string | null => {
    const value = cells[column];
    // What no reader could decode was not written in UTF-8
    const problem = value.includes('\uFFFD') ? 'unprintable' : fieldProblem(column, value);
    if (problem) problems.add({ line, column, kind: problem, value });
    return problem ? null : value;
  };
  const [code, name, email, structure] = [kept('code'), kept('name'), kept('email'), kept('structure')];
  const left = answerOf(cells.left);
  if (left === undefined) problems.add({ line, column: 'left', kind: 'not_yes_or_no', value: cells.left });
  const search = searchText(code ?? '', name ?? '', email ?? '');
  writer.add('people_lines', [line, code, name, email, structure, left, search]);
}
