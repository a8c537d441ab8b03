import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';

/** What a report says of the record that it belongs to. */
export interface Receipt {
  planHash: string;
  sequence: number;
  recordHash: string;
}

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Claim = z.object({ planHash: Hash, sequence: z.coerce.number().int().positive(), recordHash: Hash });

/** The keywords of our reports, in every language: "Plan hash …; Audit record 12 …". */
const KEYWORDS = /^[^;]{0,40} (?<planHash>[0-9a-f]{64}); .{0,60}? (?<sequence>\d{1,9}) (?<recordHash>[0-9a-f]{64})$/su;

/**
 * How much of a file's end is looked at: its metadata stand there, behind the pages; after them, the table of its
 * objects.
 */
const END_BYTES = 8 * 1024 * 1024;

/**
 * Reads, from the metadata of a PDF that this program printed, which record it belongs to; null where it is no such
 * file. Whether it tells the truth is not known from it: print the report again and compare. Reads a bounded part of
 * the file.
 */
export async function readReceipt(file: FileHandle): Promise<Receipt | null> {
  const { size } = await file.stat();
  const begin = await readAt(file, 0, Math.min(size, 5));
  if (begin.toString('latin1') !== '%PDF-') return null;
  const length = Math.min(size, END_BYTES);
  const metadata = lastBetween(await readAt(file, size - length, length), '<x:xmpmeta', '</x:xmpmeta>');
  if (!metadata?.includes('<pdf:Producer>Quartermaster</pdf:Producer>')) return null;
  const keywords = /<pdf:Keywords>([^<]{1,300})<\/pdf:Keywords>/u.exec(metadata)?.[1];
  return Claim.safeParse(KEYWORDS.exec(keywords ?? '')?.groups).data ?? null;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function lastBetween(bytes: Buffer, begin: string, end: string): string | null {
  const from = bytes.lastIndexOf(begin);
  const to = from < 0 ? -1 : bytes.indexOf(end, from);
  return to < 0 ? null : bytes.subarray(from, to).toString('utf8');
}

/** Where two streams of bytes first differ; null where they are the same. Holds a piece of each at a time. */
export async function firstDifference(
  one: AsyncIterable<Buffer>,
  other: AsyncIterable<Buffer>,
): Promise<number | null> {
  const others = other[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let at = 0;
  for await (const piece of one) {
    let rest = piece;
    while (rest.length > 0) {
      if (held.length === 0) {
        const next = await others.next();
        if (next.done) return at;
        held = next.value;
        continue;
      }
      const length = Math.min(rest.length, held.length);
      if (rest.compare(held, 0, length, 0, length) !== 0) {
        const index = rest.subarray(0, length).findIndex((byte, position) => byte !== held[position]);
        return at + index;
      }
      at += length;
      rest = rest.subarray(length);
      held = held.subarray(length);
    }
  }
  while (held.length === 0) {
    const next = await others.next();
    if (next.done) return null;
    held = next.value;
  }
  return at;
}
