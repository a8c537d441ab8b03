import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { findTextPlaces, type TextPlace } from '../../support/texts/textPlaces.ts';

const places = findTextPlaces();

/** Names as long as they usually are, numbers as large: data beyond that is cut, words never are. */
const NAME = 'A name of words';
const NUMBER = 9_999;

/** The limit of what a question says: of all places the only one that takes formatting. */
const MARKED_UP = 300;

/** Every text at or below a path. */
function textsAt(texts: object, { path }: TextPlace): string[] {
  const value = path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], texts);
  return leavesOf(value);
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return leavesOf(callWithSamples(value as (...args: unknown[]) => unknown));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** A text takes names or numbers; one that formats what it gets tells by failing which it wanted. */
function callWithSamples(text: (...args: unknown[]) => unknown): unknown {
  try {
    return text(...Array.from({ length: text.length }, () => NUMBER));
  } catch {
    return text(...Array.from({ length: text.length }, () => NAME));
  }
}

describe.each(['en', 'es'] as const)('in %s', (language) => {
  it('no text is too long for its place', () => {
    const texts = textsOf(language);
    const tooLong = places.flatMap((place) =>
      textsAt(texts, place)
        .filter((text) => text.length + place.around > place.limit)
        .map((text) => `${place.at} ${place.path.join('.')}: ${text.length} of ${place.limit}: ${text}`),
    );
    expect(tooLong).toEqual([]);
  });

  it('no text is marked up where Slack shows the marks themselves', () => {
    const texts = textsOf(language);
    const marked = places
      .filter(({ limit }) => limit !== MARKED_UP)
      .flatMap((place) => textsAt(texts, place).filter((text) => /`|\*\S[^*]*\*|<[@#!]/.test(text)));
    expect(marked).toEqual([]);
  });
});

describe('the places that were looked at', () => {
  it('are those of titles, buttons, choices, questions, placeholders, and every one leads to a text', () => {
    const limits = new Set(places.map(({ limit }) => limit));
    expect([...limits].sort((a, b) => a - b)).toEqual([24, 30, 75, 100, 150, 300, 2000]);
    expect(places.filter((place) => textsAt(textsOf('en'), place).length === 0)).toEqual([]);
    expect(places).toContainEqual(expect.objectContaining({ path: ['settings', 'title'], limit: 24 }));
    expect(places).toContainEqual(expect.objectContaining({ path: ['show', 'tabs'], limit: 75 }));
    expect(places).toContainEqual(expect.objectContaining({ path: ['show', 'disableConfirm'], limit: 300 }));
    expect(places.length).toBeGreaterThan(200);
  });
});
