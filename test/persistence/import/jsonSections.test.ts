import { describe, expect, it } from 'vitest';
import { JsonSections } from '../../../src/persistence/import/jsonSections.ts';
import { MalformedJson } from '../../../src/persistence/import/malformedJson.ts';

const TRICKY = JSON.stringify(
  {
    'a "quoted" {key}': [
      { brackets: ']}[{', escaped: 'back\\slash and "quote"' },
      [],
      {},
      'plain, text',
      -1.5e3,
      true,
      null,
    ],
    empty: [],
    object: { name: 'Ñandú Ελλάδα Việt 🎉', nested: [[1, [2, { three: '\n' }]]] },
    number: 12,
    text: 'x',
  },
  null,
  1,
);

function read(text: string | Buffer, chunk: number) {
  const told: unknown[] = [];
  const sections = new JsonSections({
    section: (name, list) => told.push({ name, list }),
    value: (value, index, position) => told.push({ value: JSON.parse(value), index, line: position.line }),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) sections.write(bytes.subarray(at, at + chunk));
  sections.end();
  return told;
}

function faultOf(text: string | Buffer): string {
  try {
    read(text, 3);
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
    return `${error.position.line}:${error.position.column} ${error.message}`;
  }
  return 'no fault';
}

describe('JsonSections', () => {
  it('cuts a file into its elements wherever the chunks end', () => {
    const whole = read(TRICKY, TRICKY.length * 4);
    for (const chunk of [1, 2, 3, 5, 7, 11, 64]) expect(read(TRICKY, chunk)).toEqual(whole);
    const values = whole.flatMap((entry) =>
      'value' in (entry as object) ? [(entry as { value: unknown }).value] : [],
    );
    const original = JSON.parse(TRICKY) as Record<string, unknown>;
    expect(values).toEqual(Object.values(original).flatMap((value) => (Array.isArray(value) ? value : [value])));
  });

  it('tells the line on which an element begins', () => {
    expect(read('{"users": [\n 1,\n\n {"a":\n2},\n 3]}', 4)).toEqual([
      { name: 'users', list: true },
      { value: 1, index: 0, line: 2 },
      { value: { a: 2 }, index: 1, line: 4 },
      { value: 3, index: 2, line: 6 },
    ]);
  });

  it('skips a byte order mark', () => {
    expect(read('\uFEFF{"a":1}', 2)).toHaveLength(2);
  });

  it.each([
    ['', '1:1 the file is empty'],
    [' \n ', '2:2 the file is empty'],
    ['[]', '1:1 the file should be one JSON object, in UTF-8'],
    ['{"a":[1,]}', '1:9 expected a value'],
    ['{"a":[1 2]}', '1:9 expected , or ]'],
    ['{"a":1,}', '1:8 expected the name of a section'],
    ['{"a" 1}', '1:6 expected :'],
    ['{"a":[1]\n"b":2}', '2:1 expected , or }'],
    ['{"a":[1]} x', '1:11 there is more after the end of the JSON object'],
    ['{"a":[{"b":1}', '1:14 the file ends before its JSON is complete'],
    ['{"a":["not closed\n]}', '1:18 a text is not closed before the end of its line'],
  ])('refuses %j', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('refuses bytes that are not UTF-8, but not the replacement character itself', () => {
    expect(faultOf(Buffer.from('{"a":\n["Ana Ru\xedz"]}', 'latin1'))).toBe('2:2 the text is not UTF-8');
    expect(faultOf('{"a":["\uFFFD"]}')).toBe('no fault');
  });
});
