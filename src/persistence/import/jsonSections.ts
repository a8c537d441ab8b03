import { decode, type JsonPosition, MalformedJson, parseJson } from './malformedJson.ts';

/** What the reader tells as it goes. */
export interface JsonSectionsListener {
  /** A key of the outer object; `list`: its value is an array, told element by element. */
  section(name: string, list: boolean): void;
  /** The text of one element of a list, or of a whole value that is no list (index null). Not parsed yet. */
  value(text: string, index: number | null, position: JsonPosition): void;
}

type State =
  | 'start'
  | 'first key'
  | 'key'
  | 'colon'
  | 'section'
  | 'first element'
  | 'element'
  | 'after element'
  | 'after section'
  | 'end';

/** What is being captured, byte by byte, until it is complete. */
type Capture = 'nothing' | 'key' | 'text' | 'container' | 'scalar';

const [TAB, NEWLINE, RETURN, SPACE, QUOTE, BACKSLASH, COMMA, COLON] = [9, 10, 13, 32, 34, 92, 44, 58];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [123, 125, 91, 93];
const BOM = [0xef, 0xbb, 0xbf];

/** An element above this is a missing quote or bracket rather than data. */
const LARGEST_VALUE = 64 * 1024 * 1024;

/**
 * Cuts the bytes of one JSON object into its sections' elements while they arrive. It only finds where values begin
 * and end, which is several times faster than tokenizing them; the caller has each checked by `JSON.parse`.
 */
export class JsonSections {
  private readonly listener: JsonSectionsListener;
  private state: State = 'start';
  private capture: Capture = 'nothing';
  private parts: Buffer[] = [];
  private captured = 0;
  private depth = 0;
  private inText = false;
  private escaped = false;
  private name = '';
  private index: number | null = null;
  private line = 1;
  /** Bytes of the file before the current chunk, and before the current line. */
  private before = 0;
  private lineStart = 0;
  private position: JsonPosition = { line: 1, column: 1 };

  constructor(listener: JsonSectionsListener) {
    this.listener = listener;
  }

  /** @throws MalformedJson */
  write(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.capture === 'nothing') {
        at = this.step(chunk, at);
        continue;
      }
      const end = this.capture === 'scalar' ? this.scanScalar(chunk, at) : this.scanNested(chunk, at);
      if (end < 0) this.keep(chunk.subarray(at));
      else this.complete(this.textUntil(chunk, at, end));
      at = Math.abs(end);
    }
    this.before += chunk.length;
  }

  /** @throws MalformedJson where the file ends too early. */
  end(): void {
    if (this.state === 'end') return;
    const empty = this.state === 'start';
    this.fail(empty ? 'the file is empty' : 'the file ends before its JSON is complete', 0);
  }

  /** One byte outside of values. Returns where to go on. */
  private step(chunk: Buffer, at: number): number {
    const byte = chunk[at] as number;
    if (byte === NEWLINE) this.newLine(at);
    if (byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB) return at + 1;
    if (this.state === 'start' && this.before + at < BOM.length && byte === BOM[this.before + at]) return at + 1;
    const next = this.next(byte, at);
    if (next === null) return at;
    this.state = next;
    return at + 1;
  }

  /** The state after `byte`; null where a value begins with this byte. */
  private next(byte: number, at: number): State | null {
    switch (this.state) {
      case 'start':
        return byte === BRACE ? 'first key' : this.fail('the file should be one JSON object, in UTF-8', at);
      case 'first key':
        if (byte === BRACE_END) return 'end';
        return byte === QUOTE ? this.begin('key', at) : this.fail('expected the name of a section, or }', at);
      case 'key':
        return byte === QUOTE ? this.begin('key', at) : this.fail('expected the name of a section', at);
      case 'colon':
        return byte === COLON ? 'section' : this.fail('expected :', at);
      case 'section':
        this.index = byte === BRACKET ? 0 : null;
        this.listener.section(this.name, byte === BRACKET);
        return byte === BRACKET ? 'first element' : this.beginValue(byte, at);
      case 'first element':
        return byte === BRACKET_END ? 'after section' : this.beginValue(byte, at);
      case 'element':
        return this.beginValue(byte, at);
      case 'after element':
        if (byte === BRACKET_END) return 'after section';
        return byte === COMMA ? 'element' : this.fail('expected , or ]', at);
      case 'after section':
        if (byte === BRACE_END) return 'end';
        return byte === COMMA ? 'key' : this.fail('expected , or }', at);
      case 'end':
        return this.fail('there is more after the end of the JSON object', at);
      default:
        return this.state satisfies never;
    }
  }

  private beginValue(byte: number, at: number): null {
    if (byte === COMMA || byte === COLON || byte === BRACKET_END || byte === BRACE_END)
      this.fail('expected a value', at);
    if (byte === QUOTE) return this.begin('text', at);
    return this.begin(byte === BRACE || byte === BRACKET ? 'container' : 'scalar', at);
  }

  private begin(capture: Capture, at: number): null {
    this.capture = capture;
    this.position = this.positionAt(at);
    this.depth = 0;
    this.inText = false;
    return null;
  }

  /** End of a text, object or array; negative where the chunk ends before it does. */
  private scanNested(chunk: Buffer, from: number): number {
    let { depth, inText, escaped } = this;
    let at = from;
    for (; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inText = false;
          if (depth === 0) break;
        } else if (byte < SPACE) this.fail('a text is not closed before the end of its line', at);
      } else if (byte === QUOTE) inText = true;
      else if (byte === BRACE || byte === BRACKET) depth++;
      else if (byte === BRACE_END || byte === BRACKET_END) {
        if (--depth === 0) break;
      } else if (byte === NEWLINE) this.newLine(at);
    }
    this.depth = depth;
    this.inText = inText;
    this.escaped = escaped;
    return at < chunk.length ? at + 1 : -at;
  }

  /** End of a number, true, false or null, before what follows it; negative where the chunk ends first. */
  private scanScalar(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte <= SPACE || byte === COMMA || byte === BRACKET_END || byte === BRACE_END) return at;
    }
    return -chunk.length;
  }

  private keep(bytes: Buffer): void {
    this.parts.push(bytes);
    this.captured += bytes.length;
    if (this.captured > LARGEST_VALUE) throw new MalformedJson('a value never ends', this.position);
  }

  /** The captured text, which ends in this chunk. */
  private textUntil(chunk: Buffer, from: number, to: number): string {
    if (this.parts.length === 0) return decode(chunk, from, to, this.position);
    const bytes = Buffer.concat([...this.parts, chunk.subarray(from, to)]);
    this.parts = [];
    this.captured = 0;
    return decode(bytes, 0, bytes.length, this.position);
  }

  private complete(text: string): void {
    const wasKey = this.capture === 'key';
    this.capture = 'nothing';
    if (wasKey) {
      this.name = String(parseJson(text, this.position));
      this.state = 'colon';
      return;
    }
    this.listener.value(text, this.index, this.position);
    this.state = this.index === null ? 'after section' : 'after element';
    if (this.index !== null) this.index++;
  }

  private newLine(at: number): void {
    this.line++;
    this.lineStart = this.before + at + 1;
  }

  private positionAt(at: number): JsonPosition {
    return { line: this.line, column: this.before + at - this.lineStart + 1 };
  }

  private fail(message: string, at: number): never {
    throw new MalformedJson(message, this.positionAt(at));
  }
}
