import type { PageFlow } from './pageFlow.ts';
import { colour, page, type TextStyle, textStyle } from './pageStyle.ts';
import type { Line } from './typesetter.ts';

export interface Column {
  readonly title: string;
  readonly width: number;
}

export interface CellText {
  readonly text: string;
  readonly style: TextStyle;
  /** A word in a blue pill behind the text. */
  readonly badge?: string;
}

/** Texts below each other. */
export type Cell = readonly CellText[];
export type Row = readonly Cell[];

interface CellLine {
  readonly line: Line | null;
  readonly badge: Line | null;
  readonly leading: number;
}
interface LaidRow {
  readonly cells: readonly (readonly CellLine[])[];
  readonly height: number;
}

const padding = { x: 4, y: 2.5 };
const badgePadding = 4;
/** A row taller than a page begins on this one if at least this much is free. */
const leastOfSplitRow = 60;

/**
 * A table that may run over many pages. Its head is repeated on each; a row stays on one page wherever it fits on
 * one, and is cut between lines only where it is taller than a page.
 */
export class Table {
  readonly #flow: PageFlow;
  readonly #columns: readonly Column[];
  readonly #head: LaidRow;
  readonly #continuation: Line | null;

  /** `subject` is what the table is about; it is named again, as continued, on each page that the table runs on to. */
  constructor(flow: PageFlow, columns: readonly Column[], subject = '') {
    this.#flow = flow;
    this.#columns = columns;
    this.#head = this.#lay(columns.map(({ title }) => [{ text: title, style: textStyle.tableHead }]));
    this.#continuation = subject === '' ? null : this.#continuationOf(subject);
  }

  /** What the head and the first row need on one page: a heading above the table keeps with this much. */
  lead(first: Row | undefined): number {
    const row = first ? this.#lay(first).height : 0;
    return this.#head.height + (row > this.#wholePage ? leastOfSplitRow : row);
  }

  /** Draws the rows; yields after each, where the caller may pause. */
  *draw(rows: Iterable<Row>): Generator<void> {
    let headed = false;
    for (const row of rows) {
      const laid = this.#lay(row);
      if (!headed) {
        this.#flow.ensure(this.lead(row));
        this.#drawHead();
        headed = true;
      }
      if (laid.height <= this.#flow.room) this.#drawRow(laid);
      else if (laid.height <= this.#wholePage) {
        this.#continue();
        this.#drawRow(laid);
      } else yield* this.#drawInParts(laid);
      yield;
    }
  }

  #continuationOf(subject: string): Line {
    const { typesetter, texts } = this.#flow;
    return typesetter.line(subject, textStyle.cellStrong, page.bodyWidth, ` (${texts.continued})`);
  }

  get #wholePage(): number {
    return page.bottom - page.top - this.#head.height - (this.#continuation ? 16 : 0);
  }

  #continue(): void {
    this.#flow.newPage();
    if (this.#continuation) {
      this.#flow.at(this.#continuation, page.left, this.#flow.y);
      this.#flow.space(16);
    }
    this.#drawHead();
  }

  #drawHead(): void {
    const { canvas, y } = this.#flow;
    canvas.rectangle(page.left, y, page.bodyWidth, this.#head.height, colour.headerRow);
    this.#drawCells(this.#head);
    this.#flow.space(this.#head.height);
  }

  #drawRow(row: LaidRow): void {
    this.#drawCells(row);
    this.#flow.space(row.height);
    this.#flow.canvas.rectangle(page.left, this.#flow.y - 0.4, page.bodyWidth, 0.4, colour.hairline);
  }

  *#drawInParts(row: LaidRow): Generator<void> {
    if (this.#flow.room < leastOfSplitRow) this.#continue();
    let rest = row;
    while (rest.height > this.#flow.room) {
      const room = this.#flow.room - 2 * padding.y;
      const counts = rest.cells.map((lines) => fitting(lines, room));
      this.#drawRow(rowOf(rest.cells.map((lines, column) => lines.slice(0, counts[column]))));
      rest = rowOf(rest.cells.map((lines, column) => lines.slice(counts[column])));
      yield;
      this.#continue();
    }
    this.#drawRow(rest);
  }

  #drawCells(row: LaidRow): void {
    let x = page.left + padding.x;
    for (const [index, lines] of row.cells.entries()) {
      let top = this.#flow.y + padding.y;
      for (const { line, badge, leading } of lines) {
        if (line) this.#flow.at(line, x, top);
        if (badge) this.#drawBadge(badge, x + (line ? line.width + badgePadding : 0), top, leading);
        top += leading;
      }
      x += this.#columns[index]?.width ?? 0;
    }
  }

  #drawBadge(badge: Line, x: number, top: number, leading: number): void {
    const height = badge.style.leading + 0.6;
    const y = top + (leading - height) / 2;
    this.#flow.canvas.pill(x, y, badge.width + 2 * badgePadding, height, colour.accent);
    this.#flow.at(badge, x + badgePadding, y + 0.3);
  }

  #lay(row: Row): LaidRow {
    return rowOf(row.map((cell, column) => this.#layCell(cell, (this.#columns[column]?.width ?? 0) - 2 * padding.x)));
  }

  #layCell(cell: Cell, width: number): CellLine[] {
    const lines: CellLine[] = [];
    for (const { text, style, badge: word } of cell) {
      const wrapped = this.#flow.typesetter.wrap(text, style, width);
      const badge = word === undefined ? null : this.#flow.typesetter.line(word, textStyle.badge);
      const last = wrapped.at(-1);
      const beside = badge && last && last.width + badge.width + 3 * badgePadding <= width;
      for (const line of wrapped) {
        lines.push({ line, badge: beside && line === last ? badge : null, leading: style.leading });
      }
      if (badge && !beside) lines.push({ line: null, badge, leading: style.leading });
    }
    return lines;
  }
}

function rowOf(cells: readonly (readonly CellLine[])[]): LaidRow {
  const heights = cells.map((lines) => lines.reduce((sum, { leading }) => sum + leading, 0));
  return { cells, height: Math.max(0, ...heights) + 2 * padding.y };
}

function fitting(lines: readonly CellLine[], room: number): number {
  let used = 0;
  const end = lines.findIndex(({ leading }) => {
    used += leading;
    return used > room;
  });
  return end === -1 ? lines.length : end;
}
