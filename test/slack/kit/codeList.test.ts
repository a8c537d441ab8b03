import { expect, it } from 'vitest';
import { readCodes } from '../../../src/slack/kit/codeList.ts';

const codesOf = async (text: string) => (await readCodes(text)).map(({ code, line }) => `${line}:${code}`).join(' ');

it.each([
  ['one code a line', 'P1\nP2\r\nP3\n', '1:P1 2:P2 3:P3'],
  ['a heading alone above them', 'código\nP1\nP2', '2:P1 3:P2'],
  ['a column among others, with commas', 'name,code,email\n"Ruiz, Ana",P1,a@x\nBen,P2,b@x', '2:P1 3:P2'],
  ['semicolons and the heading Usuario', 'Nombre;Usuario\nAna;P1\n;P2', '2:P1 3:P2'],
  ['tabs and the heading User', 'User\tName\nP1\tAna', '2:P1'],
  ['all codes on one line', 'P1, P2 ,P3', '1:P1 1:P2 1:P3'],
  ['a byte order mark, quotes, blank lines and spaces', '\uFEFF"P1"\n\n  P2 \n', '1:P1 3:P2'],
  ['a code twice, told by its first line', 'P1\nP2\nP1', '1:P1 2:P2'],
  ['separators behind every code, as spreadsheets leave them', 'P1;;\nP2;;\n', '1:P1 2:P2'],
  ['empty cells of the column', 'code,name\n,Ana\nP1,Ben', '3:P1'],
])('reads %s', async (_what, text, expected) => {
  expect(await codesOf(text)).toBe(expected);
});

it.each([
  ['nothing', '', 'empty', 1],
  ['a heading and nobody below it', 'code,name\n', 'empty', 1],
  ['several columns of which none holds codes', 'name,email\nAna,a@x', 'noColumn', 1],
  ['a quote that is never closed', 'P1\n"P2\nP3', 'malformed', 3],
  ['a quote inside a field', 'P1\nP"2', 'malformed', 2],
])('refuses %s', async (_what, text, problem, line) => {
  await expect(readCodes(text)).rejects.toMatchObject({ problem, line });
});

it('reads a long list in pieces, cut anywhere', async () => {
  const codes = Array.from({ length: 30_000 }, (_, index) => `P${index}é`);
  const found = await readCodes(codes.join('\r\n'));
  expect(found).toHaveLength(30_000);
  expect(found.at(-1)).toEqual({ code: 'P29999é', line: 30_000 });
});
