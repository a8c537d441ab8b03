import { createHash } from 'node:crypto';
import {
  ELEMENTS,
  type ListSection,
  ORGANIZATION_SECTION,
  type OrganizationHeader,
  SECTIONS,
  type Section,
} from '../../engine/core/importFormat.ts';
import { AuthorizationTerms } from './authorizationTerms.ts';
import type { CopyWriter } from './copyWriter.ts';
import { EXAMINE } from './examineElement.ts';
import { JsonSections } from './jsonSections.ts';
import { type JsonPosition, MalformedJson, parseJson } from './malformedJson.ts';
import { parseElement } from './parseElement.ts';
import type { ProblemList } from './problems.ts';
import { STAGE, type Staging } from './stageElement.ts';

/** How far a section has been read. */
export interface ImportProgress {
  section: Section;
  rows: number;
}

/** What reading the whole file told, beside the staged rows. */
export interface StagedFile {
  /** Null where it is wrong or missing. */
  organization: OrganizationHeader | null;
  /** Elements in each section that the file has; absent: the section is missing or is no list. */
  counts: ReadonlyMap<Section, number>;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  hash: string;
}

/** Bytes parsed between two looks at what is ready to be sent; bounds memory whatever chunks the source gives. */
const SLICE = 256 * 1024;
const PROGRESS_EVERY = 20_000;

/**
 * Reads the file once, element by element, into the staging tables.
 * @throws ImportError where the file is not JSON to its end: what follows the fault cannot be judged.
 */
export async function stageFile(
  source: AsyncIterable<Buffer | string>,
  writer: CopyWriter,
  problems: ProblemList,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<StagedFile> {
  const hash = createHash('sha256');
  const reader = new FileReader(writer, problems, onProgress);
  const sections = new JsonSections(reader);
  try {
    for await (const chunk of source) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      for (let at = 0; at < bytes.length; at += SLICE) {
        sections.write(bytes.subarray(at, at + SLICE));
        await writer.drain();
      }
    }
    sections.end();
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
    problems.add(`line ${error.position.line}, column ${error.position.column}`, `malformed JSON: ${error.message}`);
    problems.throwIfAny();
  }
  await writer.end();
  reader.end();
  return { organization: reader.organization, counts: reader.counts, hash: hash.digest('hex') };
}

class FileReader {
  organization: OrganizationHeader | null = null;
  readonly counts = new Map<Section, number>();
  private readonly seen = new Set<string>();
  private current: Section | null = null;
  private readonly staging: Staging;
  private readonly problems: ProblemList;
  private readonly onProgress: (progress: ImportProgress) => void;

  constructor(writer: CopyWriter, problems: ProblemList, onProgress: (progress: ImportProgress) => void) {
    this.staging = { writer, terms: new AuthorizationTerms(writer) };
    this.problems = problems;
    this.onProgress = onProgress;
  }

  section(name: string, list: boolean): void {
    this.tell();
    this.current = null;
    this.problems.beginSection(name);
    if (!isSection(name)) {
      this.problems.add(name, `is not a section (${SECTIONS.join(', ')})`);
    } else if (this.seen.has(name)) {
      this.problems.add(name, 'is in the file twice');
    } else if (list === (name === 'organization')) {
      this.problems.add(name, list ? 'should be an object, not a list' : 'should be a list');
    } else {
      this.current = name;
      this.counts.set(name, list ? 0 : 1);
    }
    this.seen.add(name);
  }

  value(text: string, index: number | null, position: JsonPosition): void {
    const { current: section, staging } = this;
    if (section === 'authorizations' && index !== null && staging.terms.stageKnown(text, index)) {
      this.count(section, index);
      return;
    }
    const before = this.problems.total;
    const raw = parseJson(text, position);
    if (section === 'organization') {
      const header = parseElement(ORGANIZATION_SECTION, raw, section, this.problems);
      if (this.problems.total === before) this.organization = header as OrganizationHeader;
    } else if (section !== null && index !== null) {
      this.element(section, raw, index);
      this.count(section, index);
      if (section === 'authorizations' && this.problems.total === before) staging.terms.remember(text);
    }
  }

  /** Tells the missing sections, once the file has been read. */
  end(): void {
    this.tell();
    for (const name of SECTIONS) if (!this.seen.has(name)) this.problems.add(name, 'the section is missing');
  }

  private element<S extends ListSection>(section: S, raw: unknown, index: number): void {
    const place = `${section}[${index}]`;
    const element = parseElement(ELEMENTS[section], raw, place, this.problems);
    if (element === undefined) return;
    const { [section]: examine } = EXAMINE;
    const { [section]: stage } = STAGE;
    examine(element as Parameters<typeof examine>[0], place, this.problems, raw as object);
    stage(element as Parameters<typeof stage>[0], index, this.staging);
  }

  private count(section: ListSection, index: number): void {
    this.counts.set(section, index + 1);
    if ((index + 1) % PROGRESS_EVERY === 0) this.tell();
  }

  private tell(): void {
    if (this.current) this.onProgress({ section: this.current, rows: this.counts.get(this.current) ?? 0 });
  }
}

function isSection(name: string): name is Section {
  return (SECTIONS as readonly string[]).includes(name);
}
