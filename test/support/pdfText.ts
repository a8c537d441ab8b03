import { inflateSync } from 'node:zlib';

/**
 * Reads the text back out of a PDF made by pdfkit: follows its cross-reference table, inflates the content streams
 * and turns glyph numbers into text by each font's ToUnicode map. No more of PDF than these documents use.
 */
export interface PdfItem {
  readonly text: string;
  /** From the left and from the top of the page, in points, of the text's baseline. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface PdfPage {
  readonly items: readonly PdfItem[];
  /** Items on one baseline, from left to right, joined by a space; from top to bottom. */
  readonly lines: readonly string[];
  readonly text: string;
}

export interface PdfText {
  readonly pages: readonly PdfPage[];
  readonly text: string;
  readonly info: Readonly<Record<string, string>>;
  readonly bookmarks: readonly string[];
  readonly language: string;
  /** The XMP packet. */
  readonly metadata: string;
}

type Glyphs = Map<number, string>;
type Matrix = [number, number, number, number, number, number];

export function readPdf(bytes: Buffer): PdfText {
  const file = new PdfFile(bytes);
  const root = file.dictionary(reference(file.trailer, 'Root'));
  const kids = /\/Kids \[([^\]]*)\]/.exec(file.dictionary(reference(root, 'Pages')))?.[1] ?? '';
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => readPage(file, Number(id)));
  const info: Record<string, string> = {};
  for (const [, key, id] of file.dictionary(reference(file.trailer, 'Info')).matchAll(/\/(\w+) (\d+) 0 R/g)) {
    info[key ?? ''] = literal(file.dictionary(Number(id)));
  }
  return {
    pages,
    text: pages.map((page) => page.text).join('\n'),
    info,
    bookmarks: readBookmarks(file, root),
    language: /\/Lang \(([^)]*)\)/.exec(root)?.[1] ?? '',
    metadata: file.stream(reference(root, 'Metadata')).toString('utf8'),
  };
}

class PdfFile {
  readonly trailer: string;
  readonly #bytes: Buffer;
  readonly #offsets: number[];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const end = bytes.subarray(-64).toString('latin1');
    const start = Number(/startxref\n(\d+)\n%%EOF/.exec(end)?.[1]);
    const table = bytes.subarray(start).toString('latin1');
    if (!table.startsWith('xref\n')) throw new Error('no cross-reference table where the end of the file says');
    this.#offsets = [...table.matchAll(/^(\d{10}) \d{5} [nf] $/gm)].map(([, offset]) => Number(offset));
    this.trailer = table.slice(table.indexOf('trailer'));
  }

  /** What stands between `obj` and the object's stream or end. */
  dictionary(id: number): string {
    const { start, end } = this.#bounds(id);
    return this.#bytes.subarray(start, end).toString('latin1');
  }

  stream(id: number): Buffer {
    const { end } = this.#bounds(id);
    const dictionary = this.dictionary(id);
    const from = end + '\nstream\n'.length;
    const raw = this.#bytes.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
    return dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw;
  }

  #bounds(id: number): { start: number; end: number } {
    const offset = this.#offsets[id] ?? Number.NaN;
    const opening = `${id} 0 obj\n`;
    if (this.#bytes.subarray(offset, offset + opening.length).toString('latin1') !== opening) {
      throw new Error(`object ${id} is not where the cross-reference table says`);
    }
    const start = offset + opening.length;
    const stream = this.#bytes.indexOf('\nstream\n', start);
    const end = this.#bytes.indexOf('\nendobj', start);
    return { start, end: stream !== -1 && stream < end ? stream : end };
  }
}

function readPage(file: PdfFile, id: number): PdfPage {
  const dictionary = file.dictionary(id);
  const height = Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(dictionary)?.[1]);
  const items: PdfItem[] = [];
  const resources = file.dictionary(reference(dictionary, 'Resources'));
  const content = file.stream(reference(dictionary, 'Contents'));
  interpret(file, content, resources, [1, 0, 0, 1, 0, 0], items);
  const placed = items.map((item) => ({ ...item, y: Math.round((height - item.y) * 100) / 100 }));
  const baselines = [...new Set(placed.map(({ y }) => y))].sort((a, b) => a - b);
  const lines = baselines.map((y) =>
    placed
      .filter((item) => item.y === y)
      .sort((a, b) => a.x - b.x)
      .map(({ text }) => text.trim())
      .join(' '),
  );
  return { items: placed, lines, text: lines.join('\n') };
}

/** Runs the operators that place text; appends what they show to `items`, y still from the bottom. */
function interpret(file: PdfFile, content: Buffer, resources: string, origin: Matrix, items: PdfItem[]): void {
  let matrix = origin;
  const saved: Matrix[] = [];
  let operands: string[] = [];
  let glyphs: Glyphs = new Map();
  let size = 0;
  let x = 0;
  let y = 0;
  for (const [token] of content.toString('latin1').matchAll(/\[[^\]]*\]|\/\w+|-?[\d.]+|[a-zA-Z*]+/g)) {
    if (!/^[a-zA-Z*]/.test(token)) {
      operands.push(token);
      continue;
    }
    const numbers = operands.map(Number);
    if (token === 'q') saved.push(matrix);
    if (token === 'Q') matrix = saved.pop() ?? origin;
    if (token === 'cm') matrix = multiply(numbers as Matrix, matrix);
    if (token === 'BT') [x, y] = [0, 0];
    if (token === 'Td') [x, y] = [x + (numbers[0] ?? 0), y + (numbers[1] ?? 0)];
    if (token === 'Tf') {
      size = numbers[1] ?? 0;
      glyphs = glyphsOf(file, reference(resources, (operands[0] ?? '').slice(1)));
    }
    if (token === 'TJ') {
      const text = (operands[0] ?? '').replace(/>[^<]*</g, '').match(/[0-9a-f]{4}/g) ?? [];
      const [a, b, c, d, e, f] = matrix;
      const shown = text.map((code) => glyphs.get(Number.parseInt(code, 16)) ?? '?').join('');
      items.push({ text: shown, x: a * x + c * y + e, y: b * x + d * y + f, size });
    }
    if (token === 'Do') {
      const form = reference(resources, (operands[0] ?? '').slice(1));
      interpret(file, file.stream(form), file.dictionary(form), matrix, items);
    }
    operands = [];
  }
}

const knownGlyphs = new WeakMap<PdfFile, Map<number, Glyphs>>();

function glyphsOf(file: PdfFile, font: number): Glyphs {
  const known = knownGlyphs.get(file) ?? new Map<number, Glyphs>();
  knownGlyphs.set(file, known);
  const before = known.get(font);
  if (before) return before;
  const glyphs: Glyphs = new Map();
  const map = file.stream(reference(file.dictionary(font), 'ToUnicode')).toString('latin1');
  for (const [, first, , codes] of map.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g)) {
    let code = Number.parseInt(first ?? '', 16);
    for (const [, units] of (codes ?? '').matchAll(/<([^>]*)>/g)) {
      const text = (units ?? '').split(' ').map((unit) => String.fromCharCode(Number.parseInt(unit, 16)));
      glyphs.set(code, text.join(''));
      code += 1;
    }
  }
  known.set(font, glyphs);
  return glyphs;
}

function readBookmarks(file: PdfFile, root: string): string[] {
  const titles: string[] = [];
  if (!root.includes('/Outlines')) return titles;
  let id = optionalReference(file.dictionary(reference(root, 'Outlines')), 'First');
  while (id !== null) {
    const entry = file.dictionary(id);
    titles.push(literal(/\/Title (\((?:[^\\)]|\\[\s\S])*\))/.exec(entry)?.[1] ?? ''));
    id = optionalReference(entry, 'Next');
  }
  return titles;
}

function reference(dictionary: string, key: string): number {
  const id = optionalReference(dictionary, key);
  if (id === null) throw new Error(`no /${key} in ${dictionary}`);
  return id;
}

function optionalReference(dictionary: string, key: string): number | null {
  const match = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary);
  return match ? Number(match[1]) : null;
}

/** A PDF string object: escapes undone, UTF-16 where it says so. */
function literal(source: string): string {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const bytes = source
    .trim()
    .slice(1, -1)
    .replace(/\\([\s\S])/g, (_, character: string) => escapes[character] ?? character);
  if (!bytes.startsWith('\xfe\xff')) return bytes;
  return Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le');
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}
