import type { AccessFacts, EffectiveAccess } from '../../engine/core/effectiveAccess.ts';
import type { Grant } from '../../engine/core/status.ts';
import type { Person } from '../../engine/readModels/search.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';
import { describeSource, describeValue } from './wording.ts';

/** What of a held permission its wording needs; more travels with it. */
interface Held {
  access: AccessFacts;
  effective: EffectiveAccess | null;
  changed: { at: Date; by: string | null; bySlackId: string | null } | null;
}

/** A person as the head of a screen. */
export function describePerson(texts: Texts, { name, code }: Person): string {
  return texts.manage.heading(escapeText(name), escapeText(code));
}

/** What somebody can really do, and where it comes from. */
export function describeAccess(texts: Texts, effective: EffectiveAccess | null): string {
  if (!effective) return texts.manage.noAccess;
  const { value, param, source } = effective;
  return texts.manage.access(describeValue(texts, value, param), describeSource(texts, source));
}

/**
 * A person's own authorization in words: who set it and when, what it suspends or blocks, and what would give it
 * besides.
 */
export function describeRow(texts: Texts, held: Held): string {
  const { row, profile, rule } = held.access;
  const denies = row !== null && !row.active && row.reason === 'manual';
  const besides = [
    ...(profile && !held.effective?.source.startsWith('profile:')
      ? [texts.why.alsoProfile(escapeText(profile.name), describeValue(texts, profile.value, profile.param))]
      : []),
    ...(rule && !held.effective?.source.startsWith('rule:')
      ? [texts.why.alsoRule(escapeText(rule.name), describeValue(texts, rule.value, rule.param))]
      : []),
  ];
  const blocked = describeGrants(texts, { profile, rule });
  const more = denies ? (blocked ? [texts.manage.state.blocked(blocked)] : []) : besides;
  return [ownRow(texts, held), ...more].join('; ');
}

/** The profile and the rule behind a permission, named; empty where there is none. */
export function describeGrants(texts: Texts, { profile, rule }: { profile: Grant | null; rule: Grant | null }): string {
  return [
    ...(profile ? [texts.manage.profile(escapeText(profile.name))] : []),
    ...(rule ? [texts.manage.rule(escapeText(rule.name))] : []),
  ].join(', ');
}

function ownRow(texts: Texts, { access: { row, sourceState }, changed }: Held): string {
  if (!row) return texts.manage.state.none;
  const by = changed?.bySlackId ? `<@${changed.bySlackId}>` : changed?.by && escapeText(changed.by);
  const when = changed ? ` ${texts.why.changed(texts.moment(changed.at), by ?? null)}` : '';
  const value = describeValue(texts, row.value, row.param);
  const { row: words } = texts.why;
  if (!row.active) {
    const reasons = { manual: words.disabledByHand, unassignment: words.unassigned, removal: words.removed };
    return texts.manage.state.keeps(`${reasons[row.reason]}${when}`, value);
  }
  if (row.packageNumber === null) return `${words.manual(value)}${when}`;
  const suspended = sourceState === 'disabled' ? `; ${texts.why.suspended(row.packageNumber)}` : '';
  return `${words.package(row.packageNumber, value)}${when}${suspended}`;
}
