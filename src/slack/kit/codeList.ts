import { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { separatorOf } from '../../engine/core/csvSeparator.ts';
import { isCodeHeading } from '../../engine/core/peopleFile.ts';
import type { CodeListProblem } from './fileProblems.ts';

/** A personal code of a file, and the first line it stands on. */
export interface ListedCode {
  code: string;
  line: number;
}

/** A file of which the codes could not be told. */
export class CodeListError extends Error {
  override name = 'CodeListError';
  readonly problem: CodeListProblem;
  readonly line: number;

  constructor(problem: CodeListProblem, line: number) {
    super(`${problem} on line ${line}`);
    this.problem = problem;
    this.line = line;
  }
}

/** Characters that are parsed at a time: others get their turn in between. */
const CHUNK = 64 * 1024;

/** The longest line of a list; a quote that never closes must not gather the whole file. */
const LONGEST_RECORD = 20_000;

interface CsvRow {
  record: string[];
  info: Info;
}

/**
 * The personal codes of a file, each once: those below the heading `code` (`código`, `user` …) where its first line has
 * one; else of a file with one code a line, or with all of them on one line. Separated by commas, semicolons or tabs.
 * @throws CodeListError.
 */
export async function readCodes(text: string): Promise<ListedCode[]> {
  // One kind of line ends, else lines are counted wrongly
  const lined = text.replace(/\r\n?/g, '\n');
  const [first = ''] = lined.split('\n', 1);
  const parser = Readable.from(chunksOf(lined)).pipe(
    parse({
      ...{ bom: true, delimiter: separatorOf(first), info: true, trim: true, relax_column_count: true },
      ...{ skip_empty_lines: true, max_record_size: LONGEST_RECORD },
    }),
  );
  const lines = new Map<string, number>();
  let column: number | null = null;
  let rows = 0;
  let widest = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRow>) {
      const isFirst = rows++ === 0;
      const heading = isFirst ? record.findIndex(isCodeHeading) : -1;
      if (heading >= 0) {
        column = heading;
        continue;
      }
      const cells = (column === null ? record : [record[column] ?? '']).filter((cell) => cell !== '');
      widest = Math.max(widest, cells.length);
      if (widest > 1 && rows > 1) throw new CodeListError('noColumn', 1);
      for (const code of cells) if (!lines.has(code)) lines.set(code, info.lines);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { lines?: number };
    throw new CodeListError('malformed', lines ?? 1);
  } finally {
    parser.destroy();
  }
  if (lines.size === 0) throw new CodeListError('empty', 1);
  return [...lines].map(([code, line]) => ({ code, line }));
}

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK);
}
