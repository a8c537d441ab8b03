import { setImmediate as turn } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvFile } from '../../src/export/csvFile.ts';
import { bytesOf } from './support.ts';

async function* onePage(...lines: string[]): AsyncGenerator<string[]> {
  yield lines;
}

/** A file of one column and these cells. */
function fileOf(...cells: string[]) {
  return csvFile([{ title: 'Cell', cell: (line: string) => line }], onePage(...cells));
}

async function cellsOf(...cells: string[]): Promise<string[]> {
  const bytes = await bytesOf(fileOf(...cells).content);
  const lines: string[][] = parse(bytes, { bom: true, record_delimiter: '\r\n', from_line: 2 });
  return lines.map(([cell = '']) => cell);
}

describe('a CSV file', () => {
  it('is UTF-8 with a byte order mark, its lines end in CR LF, and what needs quotes has them', async () => {
    const columns = [
      { title: 'Name', cell: ([name = '']: string[]) => name },
      { title: 'Say, "what"', cell: ([, said = '']: string[]) => said },
    ];
    const file = csvFile(
      columns,
      (async function* () {
        yield [
          ['Zoë Ñandú', 'a, b'],
          ['', 'she said "no"'],
        ];
        yield [['two\r\nlines', 'one\nmore']];
      })(),
    );
    expect((await bytesOf(file.content)).toString('utf8')).toBe(
      '\uFEFFName,"Say, ""what"""\r\nZoë Ñandú,"a, b"\r\n,"she said ""no"""\r\n"two\r\nlines","one\nmore"\r\n',
    );
    expect(file.lines()).toBe(3);
  });

  it('has its titles where it has nothing else', async () => {
    const empty = csvFile([{ title: 'Cell', cell: String }], onePage());
    expect((await bytesOf(empty.content)).toString('utf8')).toBe('\uFEFFCell\r\n');
    expect(empty.lines()).toBe(0);
  });

  it('reads no further than what is taken, and stops reading where nobody takes any more', async () => {
    let read = 0;
    let ended = false;
    const pages = (async function* () {
      try {
        for (; read < 1_000; read++) yield Array.from({ length: 100 }, () => 'x'.repeat(1_000));
      } finally {
        ended = true;
      }
    })();
    const { content } = csvFile([{ title: 'Cell', cell: String }], pages);
    for await (const _chunk of content) {
      for (let waited = 0; waited < 20; waited++) await turn();
      break;
    }
    expect(read).toBeLessThan(5);
    expect(ended).toBe(true);
  });

  it('fails as what it is read from fails', async () => {
    const pages = (async function* () {
      yield ['first'];
      throw new Error('The database is gone');
    })();
    const { content } = csvFile([{ title: 'Cell', cell: String }], pages);
    await expect(bytesOf(content)).rejects.toThrow('The database is gone');
  });
});

describe('what a spreadsheet would take for a formula', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+34 600 000', "'+34 600 000"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\tplain', "'\tplain"],
    ['\r=1', "'\r'=1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠A1', "'＠A1"],
    // Behind white space and characters that nobody sees
    [' =1', "' =1"],
    ['\u00A0=1', "'\u00A0=1"],
    ['\u200B\u2060=1', "'\u200B\u2060=1"],
    ['\n=1', "\n'=1"],
    // Where a spreadsheet separates columns by semicolons
    ['Ana;=HYPERLINK("x")', 'Ana;\'=HYPERLINK("x")'],
    ['a; -1;\u200B@b', "a; '-1;\u200B'@b"],
    ['a\t+1', "a\t'+1"],
  ])('%j is written as text', async (cell, harmless) => {
    expect(await cellsOf(cell)).toEqual([harmless]);
  });

  it.each([
    'a=b',
    '2026-05-03T12:00:00+02:00',
    'Ana-María',
    'x@test.example',
    "'quoted'",
    'package:1',
    '*',
    'a; b',
    ' ',
    '',
  ])('%j is none and stays as it is', async (cell) => {
    expect(await cellsOf(cell, 'end')).toEqual([cell, 'end']);
  });
});
