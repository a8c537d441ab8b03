import { zlibSync } from 'fflate';
import PDFDocument from 'pdfkit';
import type { EmbeddedFont } from './fontFace.ts';

export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Tells documents with the same facts apart: it enters the document's ID. */
  readonly keywords: string;
  readonly language: string;
  readonly createdAt: Date;
}

/** An object of the PDF under construction, as pdfkit has it. */
export interface Reference {
  data: object;
  buffer: Uint8Array[];
  finalize(): void;
  end(content: string): void;
}

/**
 * A pdfkit document whose bytes depend on its content alone. Its streams are compressed by fflate: what zlib makes
 * of the same input varies with the version of Node and with the processor.
 */
export class ReproduciblePdf extends PDFDocument {
  // Declared only: pdfkit's constructor writes before a subclass's fields would exist.
  declare _offset: number;
  declare _font: EmbeddedFont;
  declare written: Buffer[] | undefined;
  declare writtenLength: number | undefined;

  constructor(facts: DocumentFacts) {
    const { title, author, subject, keywords, language, createdAt } = facts;
    const options = {
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      compress: false,
      pdfVersion: '1.7' as const,
      lang: language,
      displayTitle: true,
      font: '',
      fontLayoutCache: false,
      info: {
        Title: xmlSafe(title),
        Author: xmlSafe(author),
        Subject: xmlSafe(subject),
        Keywords: xmlSafe(keywords),
        Creator: 'Quartermaster',
        Producer: 'Quartermaster',
        CreationDate: createdAt,
      },
    };
    super(options);
  }

  openFont(data: Buffer): EmbeddedFont {
    this.font(data);
    return this._font;
  }

  get writtenBytes(): number {
    return this.writtenLength ?? 0;
  }

  takeWritten(): Buffer {
    const bytes = Buffer.concat(this.written ?? []);
    this.written = [];
    this.writtenLength = 0;
    return bytes;
  }

  /** Where everything that pdfkit writes passes: kept here until it is taken, not in pdfkit's own stream. */
  _write(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? Buffer.from(`${data}\n`, 'latin1') : Buffer.from(data);
    this.written ??= [];
    this.written.push(bytes);
    this.writtenLength = this.writtenBytes + bytes.length;
    this._offset += bytes.length;
  }

  override ref(data: object): ReturnType<PDFKit.PDFDocument['ref']> & Reference {
    const reference = super.ref(data) as ReturnType<PDFKit.PDFDocument['ref']> & Reference;
    const finalize = reference.finalize;
    reference.finalize = () => {
      const type = 'Type' in reference.data ? reference.data.Type : '';
      if (reference.buffer.length > 0 && type !== 'Metadata') {
        reference.buffer = [zlibSync(Buffer.concat(reference.buffer), { level: 4 })];
        Object.assign(reference.data, { Filter: 'FlateDecode' });
      }
      finalize.call(reference);
      // A page that is written out is only pointed at: what it pointed at itself may go.
      if (type === 'Page') Object.assign(reference, { data: {} });
      reference.finalize = finalize;
    };
    return reference;
  }
}

/** pdfkit puts the same text, unescaped, into XML (as a template literal) and into the PDF dictionary (as a value). */
function xmlSafe(text: string): string {
  const value = new String(text.replace(/[\p{Cc}\p{Cs}]/gu, ' '));
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  value.toString = () => value.valueOf().replace(/[&<>]/g, (character) => escapes[character] ?? character);
  return value as string;
}
