import { parse } from 'csv-parse/sync';
import type { Exports, PageSizes } from '../../src/engine/readModels/exports.ts';
import { exportsOf } from '../../src/engine/readModels/exports.ts';
import { organizationCsv, type WantedExport } from '../../src/export/organizationCsv.ts';
import { textsOf } from '../../src/slack/kit/texts/index.ts';
import type { TestOrganization } from '../support/organization.ts';

/** Everything that a stream gives. */
export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The lines of a CSV file by title, read by an independent parser that is strict about RFC 4180. */
export function readCsv(bytes: Buffer): Record<string, string>[] {
  return parse<Record<string, string>>(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });
}

/** An export of an organization in English. */
export async function exportBytes(
  { id, context }: TestOrganization,
  wanted: WantedExport,
  exports: Exports = exportsOf(context, id),
): Promise<Buffer> {
  const language = { texts: textsOf('en'), timeZone: 'Europe/Madrid' };
  return bytesOf((await organizationCsv(exports, language, wanted)).content);
}

/** The lines of an export of an organization. */
export async function exportLines(
  organization: TestOrganization,
  wanted: WantedExport,
  pageSizes?: PageSizes,
): Promise<Record<string, string>[]> {
  return readCsv(await exportBytes(organization, wanted, exportsOf(organization.context, organization.id, pageSizes)));
}
