import { describe, expect, it } from 'vitest';
import { page } from '../../src/report/pageStyle.ts';
import type { PdfPage } from '../support/pdfText.ts';
import { cellOf, permissionOf, permissionsOf, personOf, renderText } from './sampleReport.ts';

const inBody = ({ items }: PdfPage) => items.filter(({ y }) => y < page.bottom + 10);

function pageOf(pages: readonly PdfPage[], text: string): number {
  const found = pages.flatMap(({ items }, index) => (items.some((item) => item.text === text) ? [index] : []));
  expect(found, text).toHaveLength(1);
  return found[0] ?? -1;
}

describe('pages', () => {
  it('are each numbered, of as many as there are', async () => {
    const permissions = permissionsOf(120);
    const { pages } = await renderText(permissions, [personOf(1, permissions)]);
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, { lines }] of pages.entries()) {
      expect(lines.at(-1)).toMatch(new RegExp(`^Page ${index + 1} of ${pages.length} Audit record`));
    }
  });

  it('are counted right beyond nine and ninety-nine', async () => {
    const permissions = permissionsOf(20);
    const people = Array.from({ length: 260 }, (_, index) => personOf(index, permissions));
    const { pages } = await renderText(permissions, people);
    expect(pages.length).toBeGreaterThan(100);
    expect(pages[99]?.text).toContain(`Page 100 of ${pages.length} `);
  });

  it('after the first name the organization and the package at the top', async () => {
    const permissions = permissionsOf(80);
    const { pages } = await renderText(permissions, [personOf(1, permissions)]);
    const head = 'Universitat del Litoral · Assignment report · package:12 Registry clerk';
    expect(pages[0]?.lines).not.toContain(head);
    for (const { lines } of pages.slice(1)) expect(lines[0]).toBe(head);
  });
});

describe('tables', () => {
  it('repeat their head on every page', async () => {
    const permissions = permissionsOf(120);
    const { pages } = await renderText(permissions, [personOf(1, permissions)]);
    const head = 'Application Permission Value Parameter Before Decision Resulting status';
    const withRows = pages.filter(({ lines }) => lines.some((line) => line.startsWith('Student Registry')));
    expect(withRows.length).toBeGreaterThan(1);
    for (const { lines } of withRows) expect(lines.filter((line) => line === head)).toHaveLength(1);
  });

  it('name their person again, as continued, on the next page', async () => {
    const permissions = permissionsOf(60);
    const people = [personOf(1, permissions), personOf(2, permissions)];
    const { pages } = await renderText(permissions, people);
    const continued = pages.filter(({ lines }) => lines.some((line) => line.endsWith('(continued)')));
    expect(continued.length).toBeGreaterThan(1);
    for (const { lines } of continued) {
      expect(lines[1]).toMatch(/^P100[12] · Person [12] \(continued\)$/);
      expect(lines[2]).toMatch(/^Application Permission/);
    }
  });

  it('move a row that would overflow whole to the next page', async () => {
    const permissions = Array.from({ length: 60 }, (_, index) =>
      permissionOf(index, { name: `start${index}${'\nmiddle'.repeat(9)}\nend${index}` }),
    );
    const { pages } = await renderText(permissions, [personOf(1, permissions)]);
    for (const index of permissions.keys()) {
      expect(pageOf(pages, `start${index}`)).toBe(pageOf(pages, `end${index}`));
    }
    const lowest = Math.max(...pages.slice(0, -1).map((each) => Math.max(...inBody(each).map(({ y }) => y))));
    expect(lowest).toBeLessThan(page.bottom);
    // A row is 115 points high: some page ends with room for much of one.
    const room = pages.slice(0, -1).map((each) => page.bottom - Math.max(...inBody(each).map(({ y }) => y)));
    expect(Math.max(...room)).toBeGreaterThan(70);
    expect(Math.max(...room)).toBeLessThan(125);
  });

  it('cut a row that is taller than a page between its lines, and lose none', async () => {
    const codes = Array.from({ length: 600 }, (_, index) => `DEPARTMENT${1000 + index}`);
    const permissions = [permissionOf(0, { param: codes.join(',') })];
    const { pages } = await renderText(permissions, [personOf(1, permissions)]);
    const shown = pages.flatMap(({ items }) => items.map(({ text }) => text));
    const listed = shown.filter((text) => /^DEPARTMENT\d+,?$/.test(text)).map((text) => text.replace(',', ''));
    expect(listed.slice(0, codes.length)).toEqual(codes);
    for (const each of pages) expect(Math.max(...inBody(each).map(({ y }) => y))).toBeLessThan(page.bottom);
  });

  it('wrap a long word inside its cell', async () => {
    const word = 'unbreakable'.repeat(20);
    const permissions = [permissionOf(0, { value: word })];
    const { pages } = await renderText(permissions, [personOf(1, permissions)]);
    const pieces = (pages[0]?.items ?? []).filter(({ text }) => text.length > 2 && word.includes(text));
    expect(pieces.map(({ text }) => text).join('')).toBe(word);
    expect(new Set(pieces.map(({ x }) => x)).size).toBe(1);
    expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThan(14);
  });
});

it('keeps the heading of a person with the first row', async () => {
  const permissions = permissionsOf(9);
  const people = Array.from({ length: 40 }, (_, index) => {
    const rows = permissions.slice(0, 1 + ((index * 5) % 9)).map((permission, row) => {
      const status = row === 0 ? `first${index}` : 'Active';
      return cellOf(permission, { status });
    });
    return personOf(index, [], { cells: rows });
  });
  const { pages } = await renderText(permissions, people);
  expect(pages.length).toBeGreaterThan(4);
  for (const index of people.keys()) {
    expect(pageOf(pages, `P${1000 + index} · Person ${index}`)).toBe(pageOf(pages, `first${index}`));
  }
});
