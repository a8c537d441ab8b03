import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifyStatus } from '../../../src/engine/core/status.ts';
import { CONFLICTS, WRITTEN_ON_ASSIGN } from '../../../src/engine/core/statusTable.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';
import { addWorldPackages, aWorld, buildWorld, PERMISSIONS, type World } from '../../support/world.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  await addWorldPackages(organization);
});
afterAll(() => test.drop());

type Row = NonNullable<World['members'][number]['cells'][number]['row']>;

/** What assigning must leave behind, cell by cell, from the words of DOMAIN 4 and the pure status alone. */
function expectedRows(world: World, keepPackage: boolean, exception: (member: number, cell: number) => boolean) {
  return world.members.map(({ founder, assignment, cells }, member) =>
    cells.map(({ row, profile }, cell): Row | null => {
      const live = world.live[cell] ?? true;
      if (founder || assignment === 'active' || !live) return row;
      const wanted =
        PERMISSIONS[cell] === 'registry/open' ? { value: 'granted', param: '' } : { value: 'view', param: 'REG' };
      const grant = { name: 'x', value: wanted.value, param: '' };
      const { kind } = classifyStatus({
        ...{
          founder,
          left: null,
          assignment,
          row,
          package: { number: 1, state: 'active' },
          permission: { live, ...wanted },
        },
        profile: profile ? grant : null,
        rule: world.members[member]?.cells[0]?.rule ? grant : null,
      });
      const conflict = CONFLICTS.includes(kind);
      const writes = WRITTEN_ON_ASSIGN.includes(kind) || (conflict && keepPackage !== exception(member, cell));
      return writes ? { active: true, ...wanted, packageNumber: 1 } : row;
    }),
  );
}

async function rowsOf(userIds: readonly number[]): Promise<(Row | null)[][]> {
  const rows = await test.database.prisma.appAuth.findMany({
    where: { organizationId: organization.id, userId: { in: [...userIds] } },
  });
  const found = new Map(rows.map((row) => [`${row.userId}/${row.permissionId}`, row]));
  return userIds.map((userId) =>
    PERMISSIONS.map((name) => {
      const row = found.get(`${userId}/${organization.permissions[name]}`);
      if (!row) return null;
      const held = { value: row.value, param: row.param, packageNumber: row.packageNumber };
      return row.reason ? { active: false, ...held, reason: row.reason } : { active: true, ...held };
    }),
  );
}

it('assigns and unassigns exactly as the pure rules say, for arbitrary people', { timeout: 180_000 }, async () => {
  const { prisma } = test.database;
  const exceptional = fc.func(fc.boolean());
  await fc.assert(
    fc.asyncProperty(aWorld, fc.boolean(), exceptional, async (drawn, keepPackage, isException) => {
      // People who left are refused, and nobody else is assigned with them
      const members = drawn.members.map((member) => ({ ...member, left: false }));
      const world: World = { ...drawn, members, state: 'active' };
      const userIds = await buildWorld(test.database, organization, world);
      const exceptions = userIds.flatMap((userId, member) =>
        PERMISSIONS.flatMap((name, cell) =>
          isException(member, cell) ? [{ userId, permissionId: organization.permissions[name] }] : [],
        ),
      );
      const target = { organizationId: organization.id, packageNumber: 1, userIds };
      const command = { actor: organization.admin, number: 1, userIds };
      const planHash = (await countPreflight(prisma, target)).hash;
      const choices = { keepPackage, exceptions };
      await assignPackage(organization.context, { ...command, key: randomUUID(), choices, planHash });
      const expected = expectedRows(world, keepPackage, isException);
      expect(await rowsOf(userIds)).toEqual(expected);

      const removal = (await countUnassignment(prisma, target)).hash;
      await unassignPackage(organization.context, {
        ...command,
        key: randomUUID(),
        planHash: removal,
        pastBrake: true,
      });
      const left = expected.map((cells, member) =>
        cells.map((row) =>
          row?.active && row.packageNumber === 1 && !world.members[member]?.founder
            ? { ...row, active: false, reason: 'unassignment' }
            : row,
        ),
      );
      expect(await rowsOf(userIds)).toEqual(left);
      const states = await prisma.assignment.findMany({ where: { organizationId: organization.id, packageNumber: 1 } });
      expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['former']));
    }),
    { numRuns: 40 },
  );
});
