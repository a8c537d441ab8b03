import { expect, it } from 'vitest';
import { hasWords, searchText } from '../../../src/engine/core/searchText.ts';

it.each([
  ['Bjørnstad', 'bjornstad'],
  ['Παπαδόπουλος', 'παπαδοπουλοσ'],
  ['Nguyễn  Thảo', 'nguyen thao'],
  ['Łukasz D’Angelo', "lukasz d'angelo"],
  ['Weißhaupt', 'weisshaupt'],
])('reads %s as %s', (text, plain) => {
  expect(searchText(text)).toBe(plain);
});

it.each([
  ['gestion', true],
  ['GESTIÓN acad', true],
  ['acad gestión', true],
  ['', true],
  ['gestion economica', false],
])('finds "%s" in "Gestión académica": %s', (typed, found) => {
  expect(hasWords(typed, 'ga', 'Gestión académica')).toBe(found);
});
