import type { ReportBefore, ReportDecision, ReportParty, ReportPermission, ReportSource } from './reportModel.ts';
import type { ReportTexts } from './reportTexts.ts';

/** Digits in groups of three, as both languages write them ("1,204", "1.204"). Own code: Intl's data changes. */
export function numberText(value: number, texts: ReportTexts): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, texts.thousands);
}

/** A day of the calendar (`2026-12-12`) in words, such as "12 December 2026". */
export function dayText(day: string, texts: ReportTexts): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return texts.day({ day: date, month, year });
}

/** "22 November 2026, 14:05 (Europe/Madrid, UTC+1)". Throws a RangeError for an unknown time zone. */
export function momentText(at: Date, timeZone: string, texts: ReportTexts): string {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = value;
  const date = texts.date({
    day: Number(part.day),
    month: Number(part.month),
    year: Number(part.year),
    time: `${part.hour}:${part.minute}`,
  });
  const offset = offsetText(part.timeZoneName ?? '');
  return `${date} (${timeZone === offset ? timeZone : `${timeZone}, ${offset}`})`;
}

/** "GMT+05:30" → "UTC+5:30", "GMT+01:00" → "UTC+1"; no offset, which is "GMT" or "GMT+00:00", → "UTC". */
function offsetText(longOffset: string): string {
  const match = /([+-])0?(\d+):(\d+)/.exec(longOffset);
  if (!match) return 'UTC';
  const [, sign, hours, minutes] = match;
  if (hours === '0' && minutes === '00') return 'UTC';
  return `UTC${sign}${hours}${minutes === '00' ? '' : `:${minutes}`}`;
}

/** The parameter for a reader; empty where the permission has none at all. */
export function paramText(param: string, permission: ReportPermission, texts: ReportTexts): string {
  if (!permission.structured && param === '') return '';
  if (param === '*') return texts.allStructures;
  return param === '' ? texts.noParameter : param.replaceAll(',', ', ');
}

/** The structure codes that a parameter names. */
export function paramCodes(param: string): string[] {
  return param === '' || param === '*' ? [] : param.split(',');
}

/** A person by personal code and name. */
export function partyText(party: ReportParty): string {
  return `${party.code} · ${party.name}`;
}

function grantText(value: string, param: string, permission: ReportPermission, texts: ReportTexts): string {
  const worded = paramText(param, permission, texts);
  return worded === '' ? value : `${value} · ${worded}`;
}

const codesInShort = 8;

/** The same with a long list of structures cut short, for where the whole list stands elsewhere in the report. */
export function shortGrantText(permission: ReportPermission, texts: ReportTexts): string {
  const { value, param } = permission;
  const codes = paramCodes(param);
  if (codes.length <= codesInShort + 2) return grantText(value, param, permission, texts);
  const shown = codes.slice(0, codesInShort).join(', ');
  return `${value} · ${shown} ${texts.moreCodes(numberText(codes.length - codesInShort, texts))}`;
}

/** What was there, and where it came from: two lines in a wide table, one in a compact one. */
export function beforeTexts(
  before: ReportBefore,
  permission: ReportPermission,
  texts: ReportTexts,
): { what: string; origin: string } {
  switch (before.kind) {
    case 'nothing':
      return { what: texts.nothing, origin: '' };
    case 'active':
      return {
        what: grantText(before.value, before.param, permission, texts),
        origin: sourceText(before.source, texts),
      };
    case 'inactive': {
      const reason = texts.inactiveReason[before.reason];
      const origin = before.source === 'manual' ? reason : `${before.source}, ${reason}`;
      return { what: `${texts.inactive}: ${grantText(before.value, before.param, permission, texts)}`, origin };
    }
    case 'profile':
    case 'rule':
      return {
        what: grantText(before.value, before.param, permission, texts),
        origin: `${before.kind === 'profile' ? texts.profile : texts.rule}: ${before.name}`,
      };
    default:
      return before satisfies never;
  }
}

function sourceText(source: ReportSource, texts: ReportTexts): string {
  return source === 'manual' ? texts.byHand : source;
}

/** Keep Package or Keep Original; a word for none where nothing was to be decided. */
export function decisionText(decision: ReportDecision, texts: ReportTexts): string {
  switch (decision) {
    case 'keep_package':
      return texts.keepPackage;
    case 'keep_original':
      return texts.keepOriginal;
    case 'written':
    case 'none':
      return texts.noDecision;
    default:
      return decision satisfies never;
  }
}
