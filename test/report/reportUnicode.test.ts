import { describe, expect, it } from 'vitest';
import { printableText } from '../../src/report/typesetter.ts';
import { permissionsOf, personOf, renderText } from './sampleReport.ts';

const names = [
  'Νίκος Παπαδόπουλος',
  'Олена Щербакова',
  'Dávid Nguyễn',
  'Thảo Żeromski',
  'Oğuz Ribas',
  'Björn Ångström',
  'Àlex Puig i Ferrer',
  'Renée Öztürk',
  'Łukasz Ïsern',
  'Ștefan Čapek',
  'Laia D’Angelo',
  "Chloé O'Neill",
  'Siobhán Bjørnstad',
  'Íris Παπαδόπουλος',
  'Jordi Шевченко',
  'Office Affine Offline',
];

describe('names', () => {
  it.each(names)('shows %s as it is written', async (name) => {
    const { text } = await renderText(permissionsOf(1), [personOf(1, permissionsOf(1), { name })]);
    expect(text).toContain(`${name}\nP1001`);
    expect(text).not.toContain('\\u{');
  });

  it('shows them in both weights, in tables, headings and bookmarks of a long report', async () => {
    const permissions = permissionsOf(1);
    const people = names.map((name, index) => personOf(index, permissions, { name }));
    const { text, bookmarks } = await renderText(permissions, people);
    for (const [index, name] of names.entries()) {
      expect(text).toContain(`P${1000 + index} · ${name}`);
      expect(bookmarks).toContain(`P${1000 + index} · ${name}`);
    }
  });

  it('composes a decomposed name, and shapes the marks that have no composed letter', async () => {
    const permissions = permissionsOf(1);
    const name = 'Jose\u0301 Nguye\u0302\u0303n x\u0323\u0302';
    const { text } = await renderText(permissions, [personOf(1, permissions, { name })]);
    expect(text).toContain('José Nguyễn x\u0323\u0302');
  });
});

describe('characters that the font lacks', () => {
  it('are written as code points, and the report says so', async () => {
    const permissions = permissionsOf(1);
    const { text, bookmarks } = await renderText(permissions, [personOf(1, permissions, { name: '李小龙 Lee 😀' })]);
    expect(text).toContain('\\u{674E}\\u{5C0F}\\u{9F99} Lee \\u{1F600}');
    expect(text).toContain('Characters that the font of this document cannot draw are written as \\u{…}');
    expect(bookmarks).not.toContain('People');
  });

  it('are not spoken of where there are none', async () => {
    const { text } = await renderText(permissionsOf(1), [personOf(1, permissionsOf(1))]);
    expect(text).not.toContain('cannot draw');
  });

  it.each([
    ['a right-to-left override', 'a\u202Eb', 'a\\u{202E}b'],
    ['a zero-width space', 'a\u200Bb', 'a\\u{200B}b'],
    ['a control character', 'a\u0007b', 'a\\u{7}b'],
    ['half a surrogate pair', 'a\uD83D', 'a\\u{D83D}'],
  ])('so is %s, though nobody would see it', (_, text, shown) => {
    expect(printableText(text, () => true)).toEqual({ text: shown, escaped: true });
  });

  it('does not escape line breaks, tabs and soft hyphens', () => {
    expect(printableText('a\r\nb\tc\u00add', () => true)).toEqual({ text: 'a\nb cd', escaped: false });
  });
});
