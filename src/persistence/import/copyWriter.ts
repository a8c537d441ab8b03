import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What a column of a row may hold; a missing value is NULL. */
export type CopyValue = string | number | boolean | readonly string[] | null | undefined;

/** Bytes gathered for one table before they are sent, and the room at first. */
const BATCH = 1024 * 1024;
const FIRST_ROOM = 8 * 1024;

/** Rows waiting to be sent, already encoded: many short strings would keep the garbage collector busy. */
interface Gathered {
  bytes: Buffer;
  length: number;
}

/**
 * Sends rows to tables by COPY, a batch at a time. While one batch travels the next is gathered, so that the parser
 * and the database work side by side; more than that is never held.
 */
export class CopyWriter {
  private readonly client: pg.ClientBase;
  private readonly gathered = new Map<string, Gathered>();
  private travelling: Promise<void> = Promise.resolve();

  constructor(client: pg.ClientBase) {
    this.client = client;
  }

  /** Adds a row; nothing is sent before `drain`. */
  add(table: string, values: readonly CopyValue[]): void {
    let line = '';
    for (let i = 0; i < values.length; i++) line += (i === 0 ? '' : '\t') + encode(values[i]);
    line += '\n';
    const batch = this.roomFor(table, line.length * 3);
    batch.length += batch.bytes.write(line, batch.length);
  }

  /** Sends what is worth a batch; waits only for the batch before. */
  async drain(): Promise<void> {
    for (const [table, { length }] of this.gathered) if (length >= BATCH) await this.send(table);
  }

  /** Sends the rest and waits until the database has it. */
  async end(): Promise<void> {
    for (const table of this.gathered.keys()) await this.send(table);
    await this.travelling;
  }

  /** Waits for the batch on its way, whatever comes of it: the connection is free afterwards. */
  async settle(): Promise<void> {
    await this.travelling.catch(() => undefined);
  }

  private roomFor(table: string, size: number): Gathered {
    let batch = this.gathered.get(table);
    if (!batch) {
      batch = { bytes: Buffer.allocUnsafeSlow(FIRST_ROOM), length: 0 };
      this.gathered.set(table, batch);
    }
    if (batch.length + size > batch.bytes.length) {
      const larger = Buffer.allocUnsafeSlow((batch.bytes.length + size) * 2);
      batch.bytes.copy(larger, 0, 0, batch.length);
      batch.bytes = larger;
    }
    return batch;
  }

  private async send(table: string): Promise<void> {
    const batch = this.gathered.get(table);
    this.gathered.delete(table);
    await this.travelling;
    const stream = this.client.query(copyFrom(`COPY ${table} FROM STDIN`));
    this.travelling = finished(stream.end(batch?.bytes.subarray(0, batch.length)));
    // Whoever waits for it next is told; until then it is not an unhandled rejection
    this.travelling.catch(() => undefined);
  }
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function encode(value: CopyValue): string {
  if (typeof value === 'string') return escapeText(value);
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'object') return escapeText(arrayText(value));
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return String(value);
}

function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : text;
}

function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
