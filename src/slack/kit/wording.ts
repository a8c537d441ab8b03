import { ALL_STRUCTURES, NO_STRUCTURES, type Parameter, parameterCodes } from '../../engine/core/parameter.ts';
import type { Status, StatusFacts } from '../../engine/core/status.ts';
import type { PackagePermission } from '../../engine/readModels/packages.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';

/** Structures shown by code before "and N more". */
const CODES_SHOWN = 12;

/** A value with its parameter, as people read it: `edit` · FENG, FHUM. */
export function describeValue(texts: Texts, value: string, param: Parameter): string {
  return withParameter(texts, `\`${escapeText(value)}\``, param, escapeText);
}

/** The same for a file, with nothing marked up: edit (FENG, FHUM). */
export function plainValue(texts: Texts, value: string, param: Parameter): string {
  return withParameter(texts, value, param, (code) => code);
}

function withParameter(texts: Texts, level: string, param: Parameter, write: (code: string) => string): string {
  if (param === NO_STRUCTURES) return level;
  if (param === ALL_STRUCTURES) return `${level} (${texts.common.allStructures})`;
  const codes = parameterCodes(param);
  const shown = codes.slice(0, CODES_SHOWN).map(write).join(', ');
  return `${level} (${codes.length > CODES_SHOWN ? `${shown} +${codes.length - CODES_SHOWN}` : shown})`;
}

/** Application and permission, marked where it is the application's entry point. */
export function describePermission(
  texts: Texts,
  permission: Pick<PackagePermission, 'applicationName' | 'name' | 'main'>,
): string {
  return `${escapeText(permission.applicationName)} · ${describeName(texts, permission)}`;
}

/** A permission where its application is named already. */
export function describeName(texts: Texts, { name, main }: Pick<PackagePermission, 'name' | 'main'>): string {
  return `${escapeText(name)}${main ? texts.details.main : ''}`;
}

/** The badge of a status in the person's language, for Slack. */
export function badgeOf(texts: Texts, status: Status, facts: StatusFacts): string {
  return escapeText(plainBadge(texts, status, facts));
}

/** The badge of a status as it is, for a file. */
export function plainBadge(texts: Texts, status: Status, facts: StatusFacts): string {
  const { row, profile, rule } = facts;
  return texts.badges[status.kind]({
    divergence: status.divergence,
    packageNumber: row?.packageNumber ?? null,
    grantName: status.kind === 'profile' ? (profile?.name ?? null) : (rule?.name ?? null),
  });
}

/** The dot of a package permission; a dot always comes with a word. */
export function dotOf(texts: Texts, live: boolean): string {
  return live ? texts.dots.live : texts.dots.removed;
}

/** A package as it is named in sentences. */
export function packageName(texts: Texts, { number, name }: { number: number; name: string }): string {
  return texts.common.package(number, escapeText(name));
}

/** The source of an effective access (`manual`, `package:3`, `profile:NAME`, `rule:NAME`, `founder`) in words. */
export function describeSource(texts: Texts, source: string): string {
  const [kind, name = ''] = splitOnce(source, ':');
  if (kind === 'package') return texts.sources.package(name);
  if (kind === 'profile') return texts.sources.profile(escapeText(name));
  if (kind === 'rule') return texts.sources.rule(escapeText(name));
  return kind === 'founder' ? texts.sources.founder : texts.sources.manual;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
