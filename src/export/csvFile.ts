import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';

/** A CSV file that is written as its lines are read. */
export interface CsvFile {
  content: Readable;
  /** How many lines, without the one of the titles, have been written so far. */
  lines(): number;
}

/** A column: its title, and what it says of a line. */
export interface Column<Line> {
  title: string;
  cell: (line: Line) => string;
}

/** RFC 4180, with a byte order mark so that spreadsheets read accents, and formulas made harmless. */
const FORMAT = { record_delimiter: '\r\n', quote_record_delimiter: true, escape_formulas: true } as const;

/** Lines turned into text in one go; between two such goes everything else of the process gets its turn. */
const LINES_AT_ONCE = 500;

/** The CSV of some lines, made page by page and no faster than it is taken. */
export function csvFile<Line>(columns: readonly Column<Line>[], pages: AsyncIterable<readonly Line[]>): CsvFile {
  let lines = 0;
  async function* parts(): AsyncGenerator<string> {
    yield stringify([columns.map(({ title }) => title)], { ...FORMAT, bom: true });
    for await (const page of pages) {
      for (let at = 0; at < page.length; at += LINES_AT_ONCE) {
        const some = page.slice(at, at + LINES_AT_ONCE);
        lines += some.length;
        yield stringify(
          some.map((line) => columns.map(({ cell }) => harmless(cell(line)))),
          FORMAT,
        );
        await nextTurn();
      }
    }
  }
  return { content: Readable.from(parts(), { objectMode: false }), lines: () => lines };
}

const FORMULA = '=+\\-@\uFF1D\uFF0B\uFF0D\uFF20';
const HAS_FORMULA = new RegExp(`[${FORMULA}]`);
/** Behind what a spreadsheet passes over at the beginning of a cell. */
const HIDDEN_FORMULA = new RegExp(`^(?=[\\s\\p{Cc}\\p{Cf}]+[${FORMULA}])`, 'u');
/** Where a spreadsheet that separates columns by semicolons or tabs would begin a cell. */
const FORMULA_INSIDE = new RegExp(`([;\\t\\r\\n][\\s\\p{Cc}\\p{Cf}]*)(?=[${FORMULA}])`, 'gu');

/**
 * Puts an apostrophe before what a spreadsheet would take for a formula although it does not stand first; where it
 * does, the library does the same.
 */
function harmless(text: string): string {
  if (!HAS_FORMULA.test(text)) return text;
  return text.replace(FORMULA_INSIDE, "$1'").replace(HIDDEN_FORMULA, "'");
}
