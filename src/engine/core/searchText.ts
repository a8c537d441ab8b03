/** Letters that Unicode does not decompose into a base letter and an accent. */
const BASE_LETTERS: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  '’': "'",
};

/**
 * Text as search boxes compare it: lower case, without accents, white space folded. Both what is stored and what is
 * typed go through it, so that `bjornstad` finds Bjørnstad and `παπαδοπουλος` finds Παπαδόπουλος.
 */
export function searchText(...parts: readonly string[]): string {
  return parts
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđðþßæœı’]/g, (letter) => BASE_LETTERS[letter] ?? letter)
    .replaceAll('ς', 'σ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether every word typed occurs in one of the texts, accents and case ignored. */
export function hasWords(typed: string, ...texts: readonly string[]): boolean {
  const searched = searchText(...texts);
  return searchText(typed)
    .split(' ')
    .every((word) => searched.includes(word));
}
