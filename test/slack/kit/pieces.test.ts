import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AssignDraft, decideAll, decideConflict, isException } from '../../../src/slack/assign/assignDraft.ts';
import { pageOf } from '../../../src/slack/kit/paging.ts';
import { splitMention } from '../../../src/slack/kit/people.ts';
import { packageState, SCREENS } from '../../../src/slack/kit/screenRefs.ts';
import { addAll, checkOnPage, startChoice } from '../../../src/slack/kit/structureChoice.ts';
import { nearestWord, splitCommand } from '../../../src/slack/kit/subcommands.ts';
import { escapeText, truncate, unescapeText } from '../../../src/slack/kit/text.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { describeSource, describeValue } from '../../../src/slack/kit/wording.ts';
import { editedDetails, formLimits } from '../../../src/slack/packages/editForm.ts';

const en = textsOf('en');
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('text', () => {
  it('is cut to its length, with an ellipsis only where it was cut', () => {
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('abcd', 3)).toBe('ab…');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        const cut = truncate(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        if (text.length <= max) expect(cut).toBe(text);
      }),
    );
  });

  it('is never cut inside a letter of two units or an escaped sign', () => {
    expect(truncate('a😀b', 3)).toBe('a…');
    expect(truncate('&amp;&amp;', 8)).toBe('&amp;…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const cut = truncate(escapeText(text), max);
        // Half of a letter cannot be encoded
        expect(() => encodeURIComponent(cut)).not.toThrow();
        expect(cut.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
      }),
    );
  });

  it('comes back as it was typed after Slack escaped it', () => {
    fc.assert(fc.property(anyText, (text) => unescapeText(escapeText(text)) === text));
    expect(escapeText('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });
});

describe('a command', () => {
  it('is split into its word, in lower case, and the rest as it was written', () => {
    expect(splitCommand('  Show   Registry  Clerk ')).toEqual({ word: 'show', rest: 'Registry  Clerk' });
    expect(splitCommand('')).toEqual({ word: '', rest: '' });
  });

  it('names a person by mention, anywhere', () => {
    expect(splitMention('1 <@U0ANA|ana>')).toEqual({ before: '1', mention: '<@U0ANA|ana>' });
    expect(splitMention('<@U0ANA>')).toEqual({ before: '', mention: '<@U0ANA>' });
    expect(splitMention(' 1 P1002 ')).toEqual({ before: '1 P1002', mention: null });
  });

  it.each([
    ['asign', 'assign'],
    ['lst', 'list'],
    ['sho', 'show'],
    ['xyz', null],
    ['', null],
  ])('“%s” is nearest to %s', (typed, expected) => {
    expect(nearestWord(typed, ['', 'list', 'show', 'assign', 'status'])).toBe(expected);
  });
});

describe('a page', () => {
  it('lies within what there is, whatever was wanted', () => {
    expect(pageOf(0, 0)).toEqual({ page: 0, pages: 1, offset: 0 });
    expect(pageOf(9, 41)).toEqual({ page: 2, pages: 3, offset: 40 });
    expect(pageOf(-1, 41)).toEqual({ page: 0, pages: 3, offset: 0 });
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 50 }), (wanted, total, size) => {
        const { page, pages, offset } = pageOf(wanted, total, size);
        expect(page).toBeGreaterThanOrEqual(0);
        expect(page).toBeLessThan(pages);
        expect(offset).toBeLessThan(Math.max(1, total));
      }),
    );
  });
});

describe('the choices of an assignment', () => {
  const people = { userIds: [1], leftOut: 0, until: null };
  const draft: AssignDraft = { number: 1, ...people, keepPackage: false, exceptions: [], planHash: '' };
  const decision = fc.oneof(
    fc.record({ all: fc.boolean() }),
    fc.record({ userId: fc.nat(2), permissionId: fc.nat(2), keepPackage: fc.boolean() }),
  );

  it('are what was decided last, for each conflict', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 30 }), (decisions) => {
        let current = draft;
        const expected = new Map<string, boolean>();
        let otherwise = false;
        for (const each of decisions) {
          if ('all' in each) {
            current = decideAll(current, each.all);
            expected.clear();
            otherwise = each.all;
          } else {
            current = decideConflict(current, each);
            expected.set(`${each.userId}:${each.permissionId}`, each.keepPackage);
          }
        }
        for (const userId of [0, 1, 2]) {
          for (const permissionId of [0, 1, 2]) {
            const kept = current.keepPackage !== isException(current, userId, permissionId);
            expect(kept).toBe(expected.get(`${userId}:${permissionId}`) ?? otherwise);
          }
        }
        expect(new Set(current.exceptions.map(String)).size).toBe(current.exceptions.length);
      }),
    );
  });
});

describe('the structures chosen for a permission', () => {
  const choice = startChoice(['A', 'B', 'X']);

  it('follow the boxes of the page, and stay as they are on others', () => {
    expect(checkOnPage(choice, ['A', 'B', 'C'], ['A', 'C']).structures).toEqual(['X', 'A', 'C']);
    expect(checkOnPage(choice, ['A', 'B', 'C'], ['elsewhere']).structures).toEqual(['X']);
  });

  it('grow by what a filter shows, once each, and all of them stand for themselves', () => {
    expect(addAll(choice, ['B', 'C']).structures).toEqual(['A', 'B', 'X', 'C']);
    expect(addAll(startChoice(['*']), ['C']).structures).toEqual(['C']);
  });
});

describe('the form of a package', () => {
  const typed = { name: 'Clerk', description: 'Keeps the books', structures: ['A'] };

  it('takes what is typed, and never less than what is there', () => {
    expect(formLimits(null)).toEqual({ name: 120, description: 1000 });
    expect(formLimits({ name: 'N'.repeat(300), description: 'D'.repeat(5000) })).toEqual({
      ...{ name: 300, description: 3000 },
    });
    expect(editedDetails({ name: '', description: '', structures: ['B'] }, typed)).toEqual(typed);
  });

  it('keeps what it could not show', () => {
    const structures = Array.from({ length: 102 }, (_, index) => `S${index}`);
    const before = { name: 'Clerk', description: `${'D'.repeat(3000)} tail`, structures };
    const untouched = { ...typed, description: 'D'.repeat(3000), structures: ['S0'] };
    expect(editedDetails(before, untouched)).toEqual({ ...before, structures: ['S0', 'S100', 'S101'] });
    expect(editedDetails(before, typed).description).toBe('Keeps the books tail');
  });
});

describe('a note', () => {
  it('of any length can travel in the state of its screen', () => {
    expect(SCREENS.package.state.safeParse(packageState(1, 'x'.repeat(2000))).success).toBe(true);
  });
});

describe('wording', () => {
  it('of a parameter names a dozen structures and counts the rest', () => {
    const codes = Array.from({ length: 14 }, (_, index) => `S${index}`).join(',');
    expect(describeValue(en, 'edit', codes)).toBe('`edit` (S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11 +2)');
    expect(describeValue(en, 'granted', '')).toBe('`granted`');
  });

  it.each([
    ['manual', 'a manual grant'],
    ['package:3', 'package:3'],
    ['profile:A: B & C', 'profile A: B &amp; C'],
    ['rule:<all>', 'rule &lt;all&gt;'],
    ['founder', 'being a founder'],
  ])('of the source %s is “%s”', (source, words) => {
    expect(describeSource(en, source)).toBe(words);
  });
});

describe('a moment', () => {
  it.each([
    ['en', 'Europe/Madrid', '3 May 2026, 12:00 CEST'],
    ['es', 'Europe/Madrid', '3 may 2026, 12:00 CEST'],
    ['en', 'America/Bogota', '3 May 2026, 05:00 GMT-5'],
  ] as const)('in %s is told in %s, the time zone of the organization', (language, timeZone, words) => {
    expect(textsOf(language, timeZone).moment(new Date('2026-05-03T10:00:00Z'))).toBe(words);
  });
});
