import { isUtf8 } from 'node:buffer';

/** Where a value stands in the file. Lines and columns count from 1. */
export interface JsonPosition {
  line: number;
  column: number;
}

/** Text that is not JSON, or not shaped as one object. */
export class MalformedJson extends Error {
  override name = 'MalformedJson';
  readonly position: JsonPosition;

  constructor(message: string, position: JsonPosition) {
    super(message);
    this.position = position;
  }
}

/** `JSON.parse` that says where in the file it failed. @throws MalformedJson */
export function parseJson(text: string, position: JsonPosition): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const said = (error as Error).message;
    const offset = Number(/at position (\d+)/.exec(said)?.[1] ?? 0);
    const lines = text.slice(0, offset).split('\n');
    const column = (lines.at(-1) ?? '').length + (lines.length === 1 ? position.column : 1);
    throw new MalformedJson(said.replace(/ (?:in JSON )?at position \d+.*$/, ''), {
      line: position.line + lines.length - 1,
      column,
    });
  }
}

/** What stands in for bytes that are not UTF-8, once decoded. It may also be in the text as it was written. */
const REPLACEMENT = '\uFFFD';

/** Text of some bytes of the file. @throws MalformedJson where they are not UTF-8 */
export function decode(bytes: Buffer, from: number, to: number, position: JsonPosition): string {
  const text = bytes.toString('utf8', from, to);
  if (text.includes(REPLACEMENT) && !isUtf8(bytes.subarray(from, to))) {
    throw new MalformedJson('the text is not UTF-8', position);
  }
  return text;
}
