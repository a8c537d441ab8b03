import { describe, expect, it } from 'vitest';
import { languageOf, type Texts, textsOf } from '../../../src/slack/kit/texts/index.ts';

const en = textsOf('en');
const LANGUAGES: [string, Texts][] = [
  ['en', en],
  ['es', textsOf('es')],
];

/** The paths of every text, functions and lists included. */
function pathsOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${at}:${typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${at}/${name}`));
}

describe.each(LANGUAGES)('the texts in %s', (_language, texts) => {
  it('have the shape of the English ones, and none is empty', () => {
    expect(pathsOf(texts)).toEqual(pathsOf(en));
    const empty = Object.values(texts).flatMap((group) => Object.entries(group).filter(([, text]) => text === ''));
    expect(empty).toEqual([]);
  });
});

describe('the badges in English', () => {
  it('are the words of the product’s help pages', () => {
    const { badges } = en;
    const none = { divergence: null, packageNumber: null, grantName: null };
    const plain = {
      ...{ active: 'Active', manual_coincident: 'Manual (coincident)', active_legacy: 'Active Legacy' },
      ...{ active_manual: 'Active Manual', not_granted: 'Not granted', disabled_manual: 'Disabled Manual' },
      ...{ disabled_assignment: 'Disabled Assignment', archived: 'Archived', founder: 'Founder' },
      undefined_exception: 'NON-DEFINED EXCEPTION',
    } as const;
    for (const [kind, words] of Object.entries(plain)) expect(badges[kind as keyof typeof plain]()).toBe(words);
    for (const kind of ['divergent', 'divergent_manual'] as const) {
      const wordsOf = (divergence: 'value' | 'param' | 'all') => badges[kind]({ ...none, divergence });
      expect([wordsOf('value'), wordsOf('param'), wordsOf('all')]).toEqual([
        ...['Divergent (Value)', 'Divergent (Param)', 'Divergent (All)'],
      ]);
    }
    expect(badges.profile({ ...none, grantName: 'Reader' })).toBe('Profile: Reader');
    expect(badges.rule({ ...none, grantName: 'Rota' })).toBe('Auto (Rota)');
    expect(badges.rule(none)).toBe('Auto (rule)');
    expect(badges.other_package({ ...none, packageNumber: 7 })).toBe('Other Package (package:7)');
  });
});

describe('the language of a person', () => {
  it.each([
    ['en-US', 'es', 'en'],
    ['es-ES', 'en', 'es'],
    ['es-LA', 'en', 'es'],
    ['fr-FR', 'es', 'en'],
    [undefined, 'es', 'es'],
  ] as const)('with the locale %s, %s by default, is %s', (locale, otherwise, expected) => {
    expect(languageOf(locale, otherwise)).toBe(expected);
  });
});
