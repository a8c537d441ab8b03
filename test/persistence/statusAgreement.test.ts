import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifyStatus } from '../../src/engine/core/status.ts';
import { selectFacts, selectStatuses } from '../../src/persistence/statuses.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { everyRow } from '../support/statusFacts.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  await organization.addPackage(1, {
    'registry/records': ['view', 'REG'],
    'registry/grades': ['view', 'REG'],
    'registry/open': ['granted'],
  });
  await organization.addPackage(2, {});
});
afterAll(() => test.drop());

const PERMISSIONS = ['registry/records', 'registry/grades', 'registry/open'] as const;

const aCell = fc.record({ row: fc.constantFrom(...everyRow()), profile: fc.boolean(), rule: fc.boolean() });
const aMember = fc.record({
  founder: fc.boolean(),
  assignment: fc.constantFrom('active' as const, 'former' as const),
  cells: fc.array(aCell, { minLength: PERMISSIONS.length, maxLength: PERMISSIONS.length }),
});
const aWorld = fc.record({
  state: fc.constantFrom('active' as const, 'disabled' as const),
  live: fc.array(fc.boolean(), { minLength: PERMISSIONS.length, maxLength: PERMISSIONS.length }),
  members: fc.array(aMember, { minLength: 1, maxLength: 12 }),
});
type World = typeof aWorld extends fc.Arbitrary<infer T> ? T : never;

/** Replaces everything about the members of package 1 by `world`. */
async function build(world: World): Promise<void> {
  const { prisma } = test.database;
  const { id: organizationId, permissions } = organization;
  for (const table of [prisma.appAuth, prisma.assignment, prisma.profileUser, prisma.groupMember]) {
    await (table as typeof prisma.appAuth).deleteMany({ where: { organizationId } });
  }
  await prisma.profilePermission.deleteMany({ where: { organizationId } });
  await prisma.profile.deleteMany({ where: { organizationId } });
  await prisma.rule.deleteMany({ where: { organizationId } });
  await prisma.user.deleteMany({ where: { organizationId, code: { startsWith: 'M' } } });
  await prisma.package.updateMany({ where: { organizationId, number: 1 }, data: { state: world.state } });
  for (const [index, name] of PERMISSIONS.entries()) {
    const where = { organizationId, packageNumber: 1, permissionId: permissions[name] };
    await prisma.packagePermission.updateMany({ where, data: { live: world.live[index] ?? true } });
  }
  const users = await prisma.user.createManyAndReturn({
    data: world.members.map(({ founder }, index) => ({
      ...{ organizationId, founder, code: `M${index}`, name: `Member ${index}`, email: 'm@test.example' },
      ...{ structureId: organization.structureId, searchText: '' },
    })),
  });
  const people = world.members.map((member, index) => ({ ...member, userId: users[index]?.id ?? 0 }));
  await prisma.assignment.createMany({
    data: people.map(({ userId, assignment }) => ({ organizationId, packageNumber: 1, userId, state: assignment })),
  });
  await prisma.appAuth.createMany({
    data: people.flatMap(({ userId, cells }) =>
      cells.flatMap(({ row }, index) =>
        row
          ? [
              {
                reason: null,
                ...row,
                organizationId,
                userId,
                permissionId: permissions[PERMISSIONS[index] ?? PERMISSIONS[0]],
              },
            ]
          : [],
      ),
    ),
  });
  for (const [index, name] of PERMISSIONS.entries()) {
    const withProfile = people.filter(({ cells }) => cells[index]?.profile).map(({ userId }) => userId);
    const level = name === 'registry/open' ? 'granted' : 'view';
    await organization.addProfile(`Profile ${index}`, name, level, ...withProfile);
  }
  // A rule reaches the whole group: those for whom the first cell says so
  const inGroup = people.filter(({ cells }) => cells[0]?.rule).map(({ userId }) => userId);
  for (const [index, name] of PERMISSIONS.entries()) {
    await organization.addRule(`Rule ${index}`, name, name === 'registry/open' ? 'granted' : 'view', ...inGroup);
  }
}

it('classifies in SQL exactly as the pure function does', { timeout: 120_000 }, async () => {
  const { prisma } = test.database;
  await fc.assert(
    fc.asyncProperty(aWorld, async (world) => {
      await build(world);
      const inSql = await selectStatuses(prisma, organization.id, 1);
      const facts = await selectFacts(prisma, organization.id, 1, [...new Set(inSql.map(({ userId }) => userId))]);
      const pure = facts.map(({ userId, permissionId, facts: each }) => {
        const { kind, divergence } = classifyStatus(each);
        return { userId, permissionId, kind, divergence };
      });
      expect(inSql).toHaveLength(world.members.length * PERMISSIONS.length);
      expect(inSql).toEqual(pure);
    }),
    { numRuns: 60 },
  );
});
