interface Glyph {
  readonly advanceWidth: number;
}
interface GlyphPosition {
  readonly xAdvance: number;
  readonly yAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}
interface GlyphRun {
  readonly glyphs: Glyph[];
  readonly positions: GlyphPosition[];
  readonly advanceWidth: number;
}
interface FontProgram {
  capHeight: number;
  unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): Glyph;
  layout(text: string, features?: Record<string, boolean>): GlyphRun;
}
/** The part used of pdfkit's (untyped) embedded font. */
export interface EmbeddedFont {
  readonly id: string;
  readonly font: FontProgram;
  encode(text: string): [string[], (GlyphPosition & { readonly advanceWidth: number })[]];
  ref(): object;
  /** Writes the font's file into the document, once. */
  finalize(): void;
}

/** Part of a word at one height; `rise` is in thousandths of the font size, like widths. */
interface RunPart {
  code: string;
  readonly rise: number;
}
export interface TextRun {
  readonly width: number;
  readonly parts: readonly RunPart[];
}

/** Scripts whose letters stand side by side: a code point is a glyph, and no shaping is needed. */
const plainWord = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]*$/u;
const maximumCachedWords = 20_000;

/**
 * One embedded font: measures words and encodes them as PDF text operands, each word once. It works on what
 * pdfkit hands out for an opened font; pdfkit's own text() lays every string out again each time it is drawn,
 * which a report of 200,000 cells cannot afford.
 */
export class FontFace {
  readonly id: string;
  readonly capHeight: number;
  readonly #embedded: EmbeddedFont;
  readonly #runs = new Map<string, TextRun>();

  constructor(embedded: EmbeddedFont) {
    this.#embedded = embedded;
    this.id = embedded.id;
    this.capHeight = embedded.font.capHeight / embedded.font.unitsPerEm;
    shapeOnlyWhereNeeded(embedded.font);
  }

  hasGlyph(codePoint: number): boolean {
    return this.#embedded.font.hasGlyphForCodePoint(codePoint);
  }

  ref(): object {
    return this.#embedded.ref();
  }

  /** Writes the subset of the font that was used; nothing new can be encoded afterwards. */
  embed(): void {
    this.#embedded.finalize();
  }

  /** The word's width (thousandths of the font size) and its operands for a TJ operator. */
  run(word: string): TextRun {
    const known = this.#runs.get(word);
    if (known) return known;
    const run = this.#encode(word);
    if (this.#runs.size >= maximumCachedWords) this.#runs.clear();
    this.#runs.set(word, run);
    return run;
  }

  #encode(word: string): TextRun {
    const [codes, positions] = this.#embedded.encode(word);
    const parts: RunPart[] = [];
    let width = 0;
    for (const [index, code] of codes.entries()) {
      const at = positions[index];
      if (!at) continue;
      const before = at.xOffset === 0 ? '' : operand(-at.xOffset);
      const behind = at.xOffset + at.advanceWidth - at.xAdvance;
      const text = `${before}<${code}>${behind === 0 ? '' : operand(behind)}`;
      const last = parts.at(-1);
      if (last && last.rise === at.yOffset) last.code += text;
      else parts.push({ code: text, rise: at.yOffset });
      width += at.xAdvance;
    }
    for (const part of parts) part.code = part.code.replaceAll('><', '');
    return { width, parts };
  }
}

/**
 * Latin, Greek and Cyrillic skip the shaper: it takes 80 ms to warm up and 0.1 ms a word for kerning nobody sees
 * at 7.5 points. Whatever else the font has (combining marks, Devanagari) is shaped, without ligatures, whose
 * code points would come out of the document changed ("ﬁ" for "fi").
 */
function shapeOnlyWhereNeeded(font: FontProgram): void {
  const shape = font.layout.bind(font);
  font.layout = (text) => {
    if (!plainWord.test(text)) return shape(text, { liga: false });
    const glyphs = Array.from(text, (character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0));
    const positions = glyphs.map((glyph) => ({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }));
    return { glyphs, positions, advanceWidth: glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) };
  };
}

function operand(value: number): string {
  return String(Math.round(value * 100) / 100);
}
