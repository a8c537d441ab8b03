import { colour, page, type TextStyle, textStyle } from './pageStyle.ts';
import type { PdfCanvas } from './pdfCanvas.ts';
import type { ReportTexts } from './reportTexts.ts';
import type { Line, Typesetter } from './typesetter.ts';

export interface RunningTexts {
  /** Head of every page after the first. */
  readonly head: string;
  /** Right-hand side of every footer. */
  readonly foot: string;
}

/** Where the next thing goes: a pen that moves down the body of the page and on to the next one. */
export class PageFlow {
  readonly canvas: PdfCanvas;
  readonly typesetter: Typesetter;
  readonly texts: ReportTexts;
  /** Top of the free part of the page. */
  y: number = page.top;
  readonly #running: RunningTexts;

  constructor(canvas: PdfCanvas, typesetter: Typesetter, texts: ReportTexts, running: RunningTexts) {
    this.canvas = canvas;
    this.typesetter = typesetter;
    this.texts = texts;
    this.#running = running;
  }

  get room(): number {
    return page.bottom - this.y;
  }

  newPage(): void {
    this.canvas.addPage();
    this.#footer();
    this.y = page.top;
    if (this.canvas.pageNumber === 1) return;
    const head = this.typesetter.line(this.#running.head, textStyle.running, page.bodyWidth);
    this.canvas.text(head, page.left, 36);
    this.canvas.rectangle(page.left, 43, page.bodyWidth, 0.5, colour.hairline);
  }

  /** Begins a new page unless this much is free. */
  ensure(height: number): void {
    if (this.room < height) this.newPage();
  }

  space(height: number): void {
    this.y += height;
  }

  /** Draws lines below each other from the pen, over a page's end if need be, and moves the pen below them. */
  lines(lines: readonly Line[], x: number = page.left): void {
    for (const line of lines) {
      this.ensure(line.style.leading);
      this.at(line, x, this.y);
      this.y += line.style.leading;
    }
  }

  paragraph(text: string, style: TextStyle, x: number = page.left, width: number = page.right - x): void {
    this.lines(this.typesetter.wrap(text, style, width), x);
  }

  /** Draws a line whose box begins at `top`. */
  at(line: Line, x: number, top: number): void {
    this.canvas.text(line, x, top + this.baseline(line.style));
  }

  /** From the top of a line's box to its baseline: capitals stand in the middle of the box. */
  baseline(style: TextStyle): number {
    return (style.leading + this.typesetter.face(style.face).capHeight * style.size) / 2;
  }

  /** A section's heading with its rule, kept on one page with `next` points of what follows. */
  heading(text: string, next: number): void {
    const { leading } = textStyle.heading;
    this.space(14);
    this.ensure(leading + 8 + next);
    this.canvas.bookmark(text, this.y - 4);
    this.at(this.typesetter.line(text, textStyle.heading, page.bodyWidth), page.left, this.y);
    this.y += leading + 2;
    this.canvas.rectangle(page.left, this.y, page.bodyWidth, 0.75, colour.rule);
    this.y += 6;
  }

  #footer(): void {
    const { page: word, of } = this.texts;
    const number = this.typesetter.line(`${word} ${this.canvas.pageNumber} ${of} `, textStyle.running);
    const top = page.bottom + 14;
    const baseline = top + this.baseline(textStyle.running);
    this.canvas.rectangle(page.left, top - 4, page.bodyWidth, 0.5, colour.hairline);
    this.canvas.text(number, page.left, baseline);
    this.canvas.totalPages(page.left + number.width, baseline);
    const foot = this.typesetter.line(this.#running.foot, textStyle.running, page.bodyWidth - 120);
    this.canvas.text(foot, page.right - foot.width, baseline);
  }
}
