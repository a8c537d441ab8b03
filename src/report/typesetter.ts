import type { FontFace, TextRun } from './fontFace.ts';
import type { FaceName, TextStyle } from './pageStyle.ts';

/** One line of text, ready to be drawn: the operators that show it, and its width in points. */
export interface Line {
  readonly style: TextStyle;
  readonly operators: string;
  readonly width: number;
}

const maximumCachedTexts = 8_000;
/** A word too long for its line is cut after one of these where that leaves the line more than half full. */
const goodBreak = /[-/_.,;:@+&)\]}]/;
const cluster = /\P{M}(?:\p{M}|\u200d|\u200c)*|\p{M}+/gu;

/**
 * Turns text into lines. What it is given is never lost: characters that the font lacks, and invisible ones, are
 * written as \u{…}. Answers are kept (a report repeats the same few texts in most of its cells) up to a bound.
 */
export class Typesetter {
  readonly #faces: Readonly<Record<FaceName, FontFace>>;
  readonly #wrapped = new Map<string, readonly Line[]>();
  #missing = false;

  constructor(faces: Readonly<Record<FaceName, FontFace>>) {
    this.#faces = faces;
  }

  /** Whether some character so far had to be written as its code point. */
  get sawMissingGlyphs(): boolean {
    return this.#missing;
  }

  face(name: FaceName): FontFace {
    return this.#faces[name];
  }

  /** The text on one line, cut with an ellipsis where it is wider than `maximum`; `ending` is kept whole. */
  line(text: string, style: TextStyle, maximum = Number.POSITIVE_INFINITY, ending = ''): Line {
    const printable = this.#printable(text).replaceAll('\n', ' ');
    const whole = this.#compose(printable + ending, style);
    if (whole.width <= maximum) return whole;
    let room = maximum - this.#compose(`…${ending}`, style).width;
    let kept = '';
    for (const part of printable.match(cluster) ?? []) {
      room -= this.#points(this.#faces[style.face].run(part), style);
      if (room < 0) break;
      kept += part;
    }
    return this.#compose(`${kept.trimEnd()}…${ending}`, style);
  }

  /** The text in lines no wider than `maximum`; at least one line, line breaks in the text are kept. */
  wrap(text: string, style: TextStyle, maximum: number): readonly Line[] {
    const key = `${style.face} ${style.size} ${style.leading} ${style.colour} ${maximum} ${text}`;
    const known = this.#wrapped.get(key);
    if (known) return known;
    const lines = this.#printable(text)
      .split('\n')
      .flatMap((paragraph) => this.#wrapParagraph(paragraph, style, maximum))
      .map((line) => this.#compose(line, style));
    if (this.#wrapped.size >= maximumCachedTexts) this.#wrapped.clear();
    this.#wrapped.set(key, lines);
    return lines;
  }

  #wrapParagraph(paragraph: string, style: TextStyle, maximum: number): string[] {
    const face = this.#faces[style.face];
    const measure = (text: string) => this.#points(face.run(text), style);
    const space = measure(' ');
    const lines: string[] = [];
    let line = '';
    let used = 0;
    for (const word of paragraph.split(' ').filter((part) => part !== '')) {
      const width = measure(word);
      if (line !== '' && used + space + width <= maximum) {
        line += ` ${word}`;
        used += space + width;
        continue;
      }
      if (line !== '') lines.push(line);
      const pieces = width <= maximum ? [word] : cutWord(word, measure, maximum);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
      used = measure(line);
    }
    return [...lines, line];
  }

  #compose(text: string, style: TextStyle): Line {
    const face = this.#faces[style.face];
    const words = text.split(' ');
    const space = face.run(' ');
    let operators = '[';
    let width = 0;
    for (const [index, word] of words.entries()) {
      for (const run of index === 0 ? [face.run(word)] : [space, face.run(word)]) {
        width += run.width;
        for (const part of run.parts) {
          if (part.rise === 0) operators += part.code;
          else operators += `]TJ ${decimals((part.rise * style.size) / 1000)} Ts[${part.code}]TJ 0 Ts[`;
        }
      }
    }
    return { style, operators: `${operators.replaceAll('><', '')}]TJ`, width: (width * style.size) / 1000 };
  }

  #points(run: TextRun, style: TextStyle): number {
    return (run.width * style.size) / 1000;
  }

  #printable(text: string): string {
    const { text: printable, escaped } = printableText(text, (codePoint) => this.#faces.regular.hasGlyph(codePoint));
    this.#missing ||= escaped;
    return printable;
  }
}

/** Cuts an unbreakable word into pieces that fit, at a punctuation mark where there is a good one. */
function cutWord(word: string, measure: (text: string) => number, maximum: number): string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  let used = 0;
  for (const part of word.match(cluster) ?? []) {
    const width = measure(part);
    if (piece.length > 0 && used + width > maximum) {
      const mark = piece.findLastIndex((character) => goodBreak.test(character)) + 1;
      const rest = mark > piece.length / 2 ? piece.splice(mark) : [];
      pieces.push(piece.join(''));
      piece = rest;
      used = rest.reduce((sum, character) => sum + measure(character), 0);
    }
    piece.push(part);
    used += width;
  }
  pieces.push(piece.join(''));
  return pieces;
}

const lineBreak = /\r\n?|[\n\u0085\u2028\u2029]/g;
const blank = /[\t\v\f]/g;
const joiner = /[\u200c\u200d]/;
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;

/**
 * The text as the font can show it: composed (NFC), soft hyphens dropped, and each invisible character and each
 * one without a glyph replaced by its code point, as `\u{674E}`.
 */
export function printableText(
  text: string,
  hasGlyph: (codePoint: number) => boolean,
): { text: string; escaped: boolean } {
  let escaped = false;
  let printable = '';
  for (const character of text.normalize('NFC').replace(lineBreak, '\n').replace(blank, ' ')) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (character === '\n') printable += character;
    else if (character === '\u00ad') continue;
    else if (hasGlyph(codePoint) && (joiner.test(character) || !invisible.test(character))) printable += character;
    else {
      escaped = true;
      printable += `\\u{${codePoint.toString(16).toUpperCase()}}`;
    }
  }
  return { text: printable, escaped };
}

function decimals(value: number): string {
  return String(Math.round(value * 100) / 100);
}
