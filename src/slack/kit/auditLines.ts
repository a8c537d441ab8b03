import type { Json } from '../../engine/core/canonicalJson.ts';
import type { AuditRecord } from '../../engine/readModels/audit.ts';
import { readable } from './auditSentence.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';
import { describeValue } from './wording.ts';

/** Entries of a list that are told; the rest are counted. */
const LISTED = 12;

type Fields = { [name: string]: Json };

/** Before and after as lines to read: the fields of both beside each other, or each state by itself. */
export type AuditLines = { kind: 'change'; lines: string[] } | { kind: 'states'; before: string[]; after: string[] };

/** What a record says of before and after, for Slack; a field that is not known is told by its own name. */
export function auditLines(texts: Texts, { kind, before, after }: AuditRecord): AuditLines {
  const [was, is] = [fieldsOf(kind, before), fieldsOf(kind, after)];
  const names = Object.keys(is ?? {});
  const isChange = was !== null && is !== null && Object.keys(was).sort().join() === names.toSorted().join();
  if (!isChange) return { kind: 'states', before: linesOf(texts, was), after: linesOf(texts, is) };
  const lines = names.map((name) => {
    const [old, now] = [told(texts, name, was[name] ?? null), told(texts, name, is[name] ?? null)];
    return line(texts, name, old === now ? now : texts.audit.pair(old, now));
  });
  return { kind: 'change', lines };
}

/** A state as named fields; what stands by itself is named by its kind. */
function fieldsOf(kind: string, state: Json): Fields | null {
  if (state === null) return null;
  if (kind === 'set_meta_permissions') return { rights: state };
  if (kind === 'transfer_founder') return { founders: state };
  if (typeof state !== 'object' || Array.isArray(state)) return { said: state };
  if (kind === 'sync_package') {
    // A count of parameters here; elsewhere the name of a permission's own field
    const { scope = 0, ...counts } = state;
    return { ...counts, otherParameter: scope };
  }
  const { sections, ...others } = state;
  // What an import did, kind by kind
  return sections !== null && typeof sections === 'object' && !Array.isArray(sections)
    ? { ...others, ...sections }
    : state;
}

/** A state by itself; counts of nothing say nothing. */
function linesOf(texts: Texts, fields: Fields | null): string[] {
  const counted = Object.entries(fields ?? {}).filter(([, value]) => value !== 0);
  return counted.map(([name, value]) => line(texts, name, told(texts, name, value)));
}

function line(texts: Texts, name: string, words: string): string {
  return `• ${labelOf(texts, name)}: ${words}`;
}

function labelOf({ auditWords }: Texts, name: string): string {
  const labels: Partial<Record<string, string>> = auditWords.fields;
  if (Object.hasOwn(labels, name)) return labels[name] ?? '';
  // Not a field of ours: a field of another version, or the code of somebody or something, which stays as it is
  return escapeText(/^[a-z][a-zA-Z_]*$/.test(name) ? readable(name) : name);
}

/** Fields whose values are words of ours. */
const WORDED = new Set(['state', 'reason', 'because', 'scope', 'source', 'operations']);
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function told(texts: Texts, name: string, value: Json): string {
  if (typeof value === 'boolean') return value ? texts.exports.yes : texts.exports.no;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value))
    return listed(
      texts,
      value.map((each) => told(texts, name, each)),
    );
  if (value !== null && typeof value === 'object') return toldObject(texts, value);
  if (name === 'param') return describeParameter(texts, value ?? '');
  if (value === null || value === '') return texts.common.none;
  if (name === 'ends' && MOMENT.test(value)) return texts.lastDay(new Date(value));
  if (MOMENT.test(value) && !Number.isNaN(Date.parse(value))) return texts.moment(new Date(value));
  const words: Partial<Record<string, string>> =
    name === 'rights' ? texts.metaPermissions : WORDED.has(name) ? texts.auditWords.values : {};
  return (Object.hasOwn(words, value) && words[value]) || escapeText(value);
}

function toldObject(texts: Texts, value: Fields): string {
  const { permission, value: level, param = '', ...others } = value;
  if (typeof permission === 'string' && typeof level === 'string' && Object.keys(others).length === 0) {
    return `${escapeText(permission)} ${describeValue(texts, level, String(param))}`;
  }
  return listed(
    texts,
    Object.entries(value).map(([name, each]) => `${labelOf(texts, name)} ${told(texts, name, each)}`),
  );
}

function describeParameter(texts: Texts, param: string): string {
  if (param === '') return texts.common.noStructures;
  if (param === '*') return texts.common.allStructures;
  return listed(texts, param.split(',').map(escapeText));
}

function listed(texts: Texts, words: readonly string[]): string {
  if (words.length === 0) return texts.common.none;
  const more = words.length - LISTED;
  const shown = words.slice(0, LISTED).join(', ');
  return more > 0 ? `${shown} ${texts.audit.more(more)}` : shown;
}
