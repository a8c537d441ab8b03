import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { textsOf } from '../../src/slack/kit/texts/index.ts';

/** Every text, with the names of emoji in it; functions are read as they are written. */
function emojiIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(emojiIn);
  return [...String(value).matchAll(/:([a-z_]{3,}):/g)].flatMap(([, name]) => name ?? []);
}

it('every emoji of the bot’s texts is drawn by the page itself: a machine may have no emoji font', async () => {
  const used = [...new Set(emojiIn(textsOf('en')))];
  expect(used.length).toBeGreaterThan(10);
  const icons = await readFile(new URL('../../src/sandbox/page/icons.js', import.meta.url), 'utf8');
  expect(used.filter((name) => !icons.includes(`\n    ${name}: `))).toEqual([]);
});
