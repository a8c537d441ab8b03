import fc from 'fast-check';
import type { Database } from '../../src/persistence/database.ts';
import type { TestOrganization } from './organization.ts';
import { everyRow } from './statusFacts.ts';

/** Package 1 with three permissions, and package 2: what {@link buildWorld} fills with members. */
export async function addWorldPackages(organization: TestOrganization): Promise<void> {
  await organization.addPackage(1, {
    'registry/records': ['view', 'REG'],
    'registry/grades': ['view', 'REG'],
    'registry/open': ['granted'],
  });
  await organization.addPackage(2, {});
}

export const PERMISSIONS = ['registry/records', 'registry/grades', 'registry/open'] as const;

const aCell = fc.record({ row: fc.constantFrom(...everyRow()), profile: fc.boolean(), rule: fc.boolean() });
const aMember = fc.record({
  founder: fc.boolean(),
  /** Marked as having left. */
  left: fc.boolean(),
  assignment: fc.constantFrom('active' as const, 'former' as const),
  cells: fc.array(aCell, { minLength: PERMISSIONS.length, maxLength: PERMISSIONS.length }),
});
/** When the people of a world left who did. */
export const LEFT_AT = new Date('2026-04-30T08:00:00Z');

/** Everything that can differ about the members of package 1. */
export const aWorld = fc.record({
  state: fc.constantFrom('active' as const, 'disabled' as const),
  live: fc.array(fc.boolean(), { minLength: PERMISSIONS.length, maxLength: PERMISSIONS.length }),
  members: fc.array(aMember, { minLength: 1, maxLength: 12 }),
});
export type World = typeof aWorld extends fc.Arbitrary<infer T> ? T : never;

/**
 * Replaces everything about the members of package 1 by `world`.
 * @returns the members' ids, in the order of the world.
 */
export async function buildWorld(database: Database, organization: TestOrganization, world: World): Promise<number[]> {
  const { prisma } = database;
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
    data: world.members.map(({ founder, left }, index) => ({
      ...{ organizationId, founder, code: `M${index}`, name: `Member ${index}`, email: 'm@test.example' },
      ...{ structureId: organization.structureId, searchText: '' },
      ...(left && { leftAt: LEFT_AT, leftBecause: 'administrator' }),
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
  return people.map(({ userId }) => userId);
}
