import { isObject, type JsonObject, parseJson } from '../json.ts';
import { SlackError } from './errors.ts';

/** The arguments of a Web API call, whether they came as a form (all strings) or as JSON. */
export class Args {
  readonly raw: JsonObject;

  constructor(raw: JsonObject) {
    this.raw = raw;
  }

  /** A text argument; `undefined` when absent or empty. */
  text(name: string): string | undefined {
    const value = this.raw[name];
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A text argument that must be there. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  /** A number argument, or its default. */
  number(name: string, otherwise: number): number {
    const value = Number(this.text(name) ?? otherwise);
    return Number.isFinite(value) ? value : otherwise;
  }

  /** A yes/no argument. */
  flag(name: string, otherwise = false): boolean {
    const value = this.raw[name];
    if (value === undefined) return otherwise;
    return value === true || value === 'true' || value === '1';
  }

  /** An object or list, given as JSON text in a form. */
  json(name: string): unknown {
    const value = this.raw[name];
    return typeof value === 'string' ? parseJson(value) : value;
  }

  /** An object that must be there. */
  requiredObject(name: string): JsonObject {
    const value = this.json(name);
    if (!isObject(value)) throw missing(name);
    return value;
  }
}

function missing(name: string): SlackError {
  return new SlackError('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
}

/** One page of a list with Slack's cursor; the cursor is opaque to the caller. */
export function page<Item>(items: Item[], args: Args, defaultLimit: number): { items: Item[]; next: string } {
  const limit = args.number('limit', defaultLimit) || defaultLimit;
  if (limit < 1 || limit > 1000) throw new SlackError('invalid_limit');
  const cursor = args.text('cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('offset:', ''));
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw new SlackError('invalid_cursor');
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`offset:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), next };
}
