import { type Element, isCode, type Loose, packageOfSource } from '../../engine/core/importFormat.ts';
import type { CopyWriter } from './copyWriter.ts';
import { parameterColumns } from './parameterColumns.ts';

/** Terms remembered at once. Beyond that the memory starts anew, and terms may be staged twice, which does no harm. */
const REMEMBERED = 100_000;

/** How an authorization usually begins: with its person, written without escapes. */
const PERSON = /^\{\s*"user"\s*:\s*"([^"\\]*)"/;

/** What could name the person a second time; the last one would count. Rare enough to be parsed each time. */
const AMBIGUOUS = /"user"|\\/;

/**
 * What authorizations say apart from the person. Millions of authorizations share a few thousand terms: each is staged
 * and checked once, and an authorization is staged as a person and the number of its terms. Terms are recognized by
 * their text, so that only the first authorization with each is parsed; that is most of the work of a large file.
 */
export class AuthorizationTerms {
  private readonly writer: CopyWriter;
  /** By the text that follows the person in an authorization without problems. */
  private readonly known = new Map<string, number>();
  private last = 0;

  constructor(writer: CopyWriter) {
    this.writer = writer;
  }

  /**
   * Stages an authorization from its text, if its terms are known and its person is a code.
   * @returns whether it did.
   */
  stageKnown(text: string, i: number): boolean {
    const begin = PERSON.exec(text);
    const user = begin?.[1];
    if (!begin || user === undefined || !isCode(user)) return false;
    const terms = this.known.get(text.slice(begin[0].length));
    if (terms === undefined) return false;
    this.writer.add('import_authorizations', [i, user, terms]);
    return true;
  }

  /** Remembers the terms of the authorization that was staged last, which `text` says without any problem. */
  remember(text: string): void {
    const begin = PERSON.exec(text);
    if (!begin || AMBIGUOUS.test(text.slice(begin[0].length))) return;
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(text.slice(begin[0].length), this.last);
  }

  /** Stages an authorization that has been parsed. */
  stage(authorization: Loose<Element<'authorizations'>>, i: number): void {
    const { user, application, permission, value, param, active, source, disabledBy } = authorization;
    const reason = active === false ? (disabledBy ?? 'manual') : undefined;
    const owner = source === undefined ? undefined : packageOfSource(source);
    this.last++;
    const granted = [application, permission, value, ...parameterColumns(param)];
    this.writer.add('import_terms', [this.last, ...granted, active, reason, owner]);
    this.writer.add('import_authorizations', [i, user, this.last]);
  }
}
