import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCESS_CHANGES, accessChange } from '../../src/engine/core/accessChange.ts';
import { accessChangeSql } from '../../src/persistence/accessChangeSql.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('says in SQL of every change to a value what the pure function says', async () => {
  const levels = ['view', 'edit', 'admin'];
  const values = [...levels, 'gone'];
  const held = values.flatMap((value) => ['', 'REG', '*'].map((param) => ({ value, param })));
  const seen = new Set<string>();
  for (const before of [null, ...held]) {
    for (const after of held) {
      const [row] = await test.database.prisma.$queryRaw<{ change: string }[]>`
        SELECT ${accessChangeSql()} AS change
        FROM (SELECT ${levels}::text[] AS levels, ${before?.value ?? null}::text AS before_value,
                     ${before?.param ?? null}::text AS before_param, ${after.value}::text AS value,
                     ${after.param}::text AS param) cell`;
      const change = accessChange(before, after, levels);
      seen.add(change);
      expect({ before, after, change: row?.change }).toEqual({ before, after, change });
    }
  }
  // A sync only grants: nothing is lost by it
  expect([...seen].sort()).toEqual(ACCESS_CHANGES.filter((change) => change !== 'loss').sort());
});
