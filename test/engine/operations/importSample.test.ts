import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StatusKind } from '../../../src/engine/core/statusTable.ts';
import { type ImportSummary, importOrganization } from '../../../src/engine/operations/importOrganization.ts';
import { selectStatuses } from '../../../src/persistence/statuses.ts';
import { IMPORTED_AT } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const SAMPLE = fileURLToPath(new URL('../../../prisma/sample/organization.json', import.meta.url));

let test: TestDatabase;
let summary: ImportSummary;

const importSample = () =>
  importOrganization({
    ...{ database: test.database, source: createReadStream(SAMPLE) },
    ...{ target: { slackTeamId: null }, now: IMPORTED_AT },
  });

beforeAll(async () => {
  test = await createTestDatabase();
  summary = await importSample();
});

afterAll(() => test.drop());

it('imports without problems, and a second time without changes', async () => {
  expect(summary.sections.users).toEqual({ created: 42, changed: 0, unchanged: 0 });
  expect((await importSample()).operationId).toBeNull();
});

it('shows every badge among the members of its packages', async () => {
  const cells = [];
  for (const number of [1, 2, 3, 4, 5]) {
    cells.push(...(await selectStatuses(test.database.prisma, summary.organizationId, number)));
  }
  const shown: StatusKind[] = [
    ...(['founder', 'other_package', 'active_legacy', 'active', 'divergent', 'active_manual'] as const),
    ...(['manual_coincident', 'divergent_manual', 'disabled_manual', 'profile', 'rule', 'archived'] as const),
    ...(['disabled_assignment', 'not_granted'] as const),
  ];
  expect(new Set(cells.map(({ kind }) => kind))).toEqual(new Set(shown));
  expect(new Set(cells.map(({ divergence }) => divergence))).toEqual(new Set([null, 'value', 'param', 'all']));
});
