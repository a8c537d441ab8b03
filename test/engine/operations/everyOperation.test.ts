import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { steps } from '../../support/operationSteps.ts';
import { makeTwin } from '../../support/operationsTwin.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('leaves, after every step of long random sequences, what the words of the rules say', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const twin = await makeTwin(test);
      for (const [by, one] of sequence.entries()) {
        await twin.take(one, by);
        expect({ by, one, ...(await twin.stored()) }).toEqual({ by, one, ...twin.expected() });
      }
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 12), endOnFailure: true },
  );
});
