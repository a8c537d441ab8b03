import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { FontFace } from './fontFace.ts';
import { type FaceName, page } from './pageStyle.ts';
import { type DocumentFacts, type Reference, ReproduciblePdf } from './reproduciblePdf.ts';
import type { Line } from './typesetter.ts';

const require = createRequire(import.meta.url);
const fontFiles: Readonly<Record<FaceName, string>> = {
  regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  semiBold: '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
};

export type FontData = Readonly<Record<FaceName, Buffer>>;

/** The files of the embedded fonts, whole. */
export async function readFonts(): Promise<FontData> {
  const [regular, semiBold] = await Promise.all([
    readFile(require.resolve(fontFiles.regular)),
    readFile(require.resolve(fontFiles.semiBold)),
  ]);
  return { regular, semiBold };
}

/**
 * A growing PDF of A4 pages, y from the top. A page is written out as soon as the next one begins, so that what is
 * held is one page and a few numbers for each page gone by. The total of pages, unknown until the end, is a small
 * form drawn on every page and defined last.
 */
export class PdfCanvas {
  readonly faces: Readonly<Record<FaceName, FontFace>>;
  readonly #pdf: ReproduciblePdf;
  readonly #total: Reference;
  #content = '';
  #font = '';
  #colour = '';
  #pages = 0;

  constructor(facts: DocumentFacts, fonts: FontData) {
    this.#pdf = new ReproduciblePdf(facts);
    this.faces = { regular: this.#open(fonts.regular), semiBold: this.#open(fonts.semiBold) };
    this.#total = this.#pdf.ref({});
  }

  get pageNumber(): number {
    return this.#pages;
  }

  addPage(): void {
    this.#closePage();
    this.#pdf.addPage();
    this.#pages += 1;
    const { fonts, xobjects } = this.#pdf.page;
    for (const face of Object.values(this.faces)) fonts[face.id] = face.ref();
    xobjects.Total = this.#total;
  }

  /** `baseline` is the distance of the text's baseline from the top of the page. */
  text(line: Line, x: number, baseline: number): void {
    const { face, size, colour } = line.style;
    const font = `/${this.faces[face].id} ${size} Tf `;
    let operators = 'BT ';
    if (colour !== this.#colour) operators += `${colour} rg `;
    if (font !== this.#font) operators += font;
    this.#colour = colour;
    this.#font = font;
    this.#content += `${operators}${point(x, baseline)} Td ${line.operators} ET\n`;
  }

  rectangle(x: number, y: number, width: number, height: number, colour: string): void {
    this.#fill(colour, `${point(x, y + height)} ${decimals(width)} ${decimals(height)} re f`);
  }

  /** A rectangle with round ends. */
  pill(x: number, y: number, width: number, height: number, colour: string): void {
    const r = height / 2;
    const k = r * 0.5523;
    const right = x + width;
    const bottom = y + height;
    const curve = (...points: [number, number][]) => `${points.map(([px, py]) => point(px, py)).join(' ')} c`;
    const path = [
      `${point(x + r, y)} m`,
      `${point(right - r, y)} l`,
      curve([right - r + k, y], [right, y + r - k], [right, y + r]),
      curve([right, y + r + k], [right - r + k, bottom], [right - r, bottom]),
      `${point(x + r, bottom)} l`,
      curve([x + r - k, bottom], [x, y + r + k], [x, y + r]),
      curve([x, y + r - k], [x + r - k, y], [x + r, y]),
      'f',
    ];
    this.#fill(colour, path.join(' '));
  }

  /** Where the total of pages will stand once it is known. */
  totalPages(x: number, baseline: number): void {
    this.#content += `q 1 0 0 1 ${point(x, baseline)} cm /Total Do Q\n`;
  }

  bookmark(title: string, y: number): void {
    const legible = title.replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
    // pdfkit measures `left` from the right edge; its types know neither option.
    const where: object = { top: y, left: page.width };
    this.#pdf.outline.addItem(legible, where);
  }

  /** The bytes written since the last time, once there are `least` of them. */
  take(least: number): Buffer | null {
    return this.#pdf.writtenBytes >= least ? this.#pdf.takeWritten() : null;
  }

  /**
   * Writes the end of the document, in steps between which the caller may pause; `take` has the bytes.
   * `total` is the number of pages as the form shows it.
   */
  *finish(total: Line): Generator<void> {
    this.#closePage();
    const face = this.faces[total.style.face];
    this.#total.data = {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, -total.style.size, Math.ceil(total.width) + 1, total.style.size * 2],
      Resources: { Font: { [face.id]: face.ref() } },
    };
    this.#total.end(`BT ${total.style.colour} rg /${face.id} ${total.style.size} Tf ${total.operators} ET`);
    for (const each of Object.values(this.faces)) {
      yield;
      each.embed();
    }
    yield;
    this.#pdf.end();
  }

  #fill(colour: string, path: string): void {
    if (colour !== this.#colour) this.#content += `${colour} rg `;
    this.#colour = colour;
    this.#content += `${path}\n`;
  }

  #closePage(): void {
    if (this.#content === '') return;
    // pdfkit turns each page upside down; this turns it back, and the points below are PDF's own.
    this.#pdf.addContent(Buffer.from(`1 0 0 -1 0 ${page.height} cm\n${this.#content}`, 'latin1'));
    this.#content = '';
    this.#font = '';
    this.#colour = '';
  }

  #open(data: Buffer): FontFace {
    return new FontFace(this.#pdf.openFont(data));
  }
}

/** A point given from the top of the page, as PDF operands. */
function point(x: number, y: number): string {
  return `${decimals(x)} ${decimals(page.height - y)}`;
}

function decimals(value: number): string {
  return String(Math.round(value * 100) / 100);
}
