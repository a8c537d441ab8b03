import type { Json } from '../../engine/core/canonicalJson.ts';
import { isRecordedKind } from '../../engine/core/recordedKinds.ts';
import type { AuditRecord } from '../../engine/readModels/audit.ts';
import { escapeText } from './text.ts';
import type { AuditFacts } from './texts/auditFacts.ts';
import type { Texts } from './texts/index.ts';
import { describeValue, plainValue } from './wording.ts';

/** What a sentence is made of. */
export type ToldRecord = Pick<
  AuditRecord,
  'kind' | 'actor' | 'subject' | 'before' | 'after' | 'packageNumber' | 'packageName' | 'people' | 'person'
>;

/** How what people wrote is put into a sentence: for Slack, or for a file. */
interface Hand {
  write: (text: string) => string;
  value: (value: string, param: string) => string;
  package: (number: number, name: string) => string;
}

/**
 * What a record of the audit trail says, in one sentence, for Slack. Total: a kind that is not known is told in
 * general.
 */
export function auditSentence(texts: Texts, record: ToldRecord): string {
  return sentence(texts, record, {
    write: escapeText,
    value: (value, param) => describeValue(texts, value, param),
    package: (number, name) => texts.common.package(number, escapeText(name)).trim(),
  });
}

/** The same for a file, with nothing marked up. */
export function plainAuditSentence(texts: Texts, record: ToldRecord): string {
  return sentence(texts, record, {
    write: (text) => text,
    value: (value, param) => plainValue(texts, value, param),
    package: (number, name) => `package:${number} ${name}`.trim(),
  });
}

/** What a kind of operation is called; a kind that is not known by its own name, made readable. */
export function auditKind(texts: Texts, kind: string): string {
  return isRecordedKind(kind) ? texts.auditWords.kinds[kind] : readable(kind);
}

function sentence(texts: Texts, record: ToldRecord, hand: Hand): string {
  const facts = factsOf(texts, record, hand);
  const { sentences, unknown } = texts.auditWords;
  if (isRecordedKind(record.kind)) return sentences[record.kind](facts);
  return unknown(facts.by, hand.write(readable(record.kind)), aboutOf(record, facts, hand));
}

function factsOf(texts: Texts, record: ToldRecord, hand: Hand): AuditFacts {
  const { actor, packageNumber, packageName, people, person } = record;
  const { write } = hand;
  const [subject, before, after] = [record.subject, record.before, record.after].map(fields);
  const named = (...names: (Json | undefined)[]) => firstText(names, write);
  const unnamed = texts.auditWords.nothingNamed;
  const number = packageNumber ?? firstNumber(subject?.package);
  const original = firstNumber(subject?.from);
  const several = person === null ? (firstNumber(subject?.people) ?? people) : 1;
  const sole = person && `${write(person.name)} (${write(person.code)})`;
  const written = (state: typeof after) =>
    typeof state?.value === 'string' ? hand.value(state.value, String(state.param ?? '')) : unnamed;
  const undone = { kind: String(subject?.kind ?? ''), package: number };
  return {
    by: actor ? `${write(actor.name)} (${write(actor.code)})` : actorless(texts, record.kind),
    package: number === null ? unnamed : hand.package(number, packageName ?? ''),
    original: original === null ? unnamed : hand.package(original, ''),
    people: sole ?? texts.common.people(several),
    several: several !== 1,
    person: sole ?? named(subject?.user, subject?.name) ?? unnamed,
    permission: named(subject?.permission) ?? unnamed,
    synced: named(subject?.permission),
    application: named(subject?.application) ?? unnamed,
    structure: named(subject?.structure) ?? unnamed,
    profile: named(subject?.profile) ?? unnamed,
    rule: named(subject?.rule) ?? unnamed,
    group: named(subject?.group) ?? unnamed,
    organization: named(subject?.organization, fields(subject?.organization)?.name, subject?.name) ?? unnamed,
    userGroup: named(after?.slackUserGroup),
    ...{ valueBefore: written(before), value: written(after) },
    until: lastDay(texts, after?.ends),
    change: String(subject?.change ?? 'set'),
    ...{ founderFrom: named(subject?.from), founderTo: named(subject?.to) },
    undone: undoneWords(texts, undone, subject?.undone, hand),
  };
}

/** Kinds that the program records of itself; whatever else has no actor came from the command line. */
const BY_ITSELF = new Set(['expire_request', 'fail_request']);

/** Who did what nobody of the organization did. */
export function actorless(texts: Texts, kind: string): string {
  return BY_ITSELF.has(kind) ? texts.app : texts.auditWords.commandLine;
}

/** "Package assigned, package:3 (operation 12)". */
function undoneWords(
  texts: Texts,
  undone: { kind: string; package: number | null },
  operation: Json | undefined,
  hand: Hand,
): string {
  const about = undone.package === null ? '' : `, ${hand.package(undone.package, '')}`;
  return `${hand.write(auditKind(texts, undone.kind))}${about}${typeof operation === 'number' ? ` (${operation})` : ''}`;
}

/** What an unknown record is about: the plain values of its subject. */
function aboutOf({ subject, people }: ToldRecord, facts: AuditFacts, { write }: Hand): string {
  const plain = Object.entries(fields(subject) ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [`${readable(name)} ${value}`] : [],
  );
  return [...plain.slice(0, 6).map(write), ...(people > 0 ? [facts.people] : [])].join(', ');
}

function lastDay(texts: Texts, end: Json | undefined): string | null {
  const at = typeof end === 'string' ? new Date(end) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : texts.lastDay(at);
}

function fields(value: Json | undefined): { [name: string]: Json } | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
}

function firstNumber(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function firstText(values: readonly (Json | undefined)[], write: (text: string) => string): string | null {
  const found = values.find((value) => typeof value === 'string' && value !== '');
  return found === undefined ? null : write(String(found));
}

/** `approve_request` as "approve request". */
export function readable(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}
