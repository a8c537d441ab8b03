import { expect, it } from 'vitest';
import { isBraked } from '../../../src/engine/core/brake.ts';

it.each([
  [5, 24, 20, true],
  [5, 25, 20, false],
  [6, 25, 20, true],
  [4, 4, 20, false],
  [5, 5, 100, false],
  [5, 500, 1, false],
  [6, 500, 1, true],
  [0, 0, 20, false],
])('of %i of %i members, at %i %%: %s', (people, members, share, held) => {
  expect(isBraked({ people, members, share })).toBe(held);
});
