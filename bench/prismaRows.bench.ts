import { randomUUID } from 'node:crypto';
import { assignPackage } from '../src/engine/operations/assignPackage.ts';
import { countPreflight } from '../src/persistence/assignCells.ts';
import type { Database } from '../src/persistence/database.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { digestTarget, resetTarget } from './support/reset.ts';
import { ADMIN, ORGANIZATION, PERMISSIONS_PER_PACKAGE, peopleIds, TARGET_PACKAGE } from './support/world.ts';

/** More would take minutes. */
const PEOPLE = 100;

/**
 * An outside baseline, the other way round: what somebody may write by hand with Prisma, beside the product. It does less:
 * no plan, history, audit or notices.
 */
export const prismaRows: Bench = {
  name: 'prismaRows',
  async run({ options, database, engine }) {
    const { pool, prisma } = database;
    const userIds = peopleIds(PEOPLE);
    const target = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, userIds };
    await resetTarget(pool);
    const { hash: planHash } = await countPreflight(prisma, target);
    const ours = (keepPackage: boolean) => ({
      label: '`assignPackage`',
      run: () =>
        assignPackage(engine, {
          ...{ actor: ADMIN, key: randomUUID(), number: TARGET_PACKAGE, userIds, planHash },
          choices: { keepPackage, exceptions: [] },
        }),
    });
    const common = {
      rounds: options.rounds,
      reset: () => resetTarget(pool),
      result: () => digestTarget(pool),
      rows: PERMISSIONS_PER_PACKAGE * PEOPLE,
    };
    const size = `${PERMISSIONS_PER_PACKAGE} × ${PEOPLE}`;
    const created = await compare({
      ...common,
      label: `outside: assign ${size} by createMany`,
      baseline: ours(false),
      subject: { label: 'Prisma `createMany`', run: () => createRows(database, userIds) },
    });
    const upserted = await compare({
      ...common,
      label: `outside: assign ${size} by upsert`,
      baseline: ours(true),
      subject: { label: 'Prisma `upsert` per row', run: () => upsertRows(database, userIds) },
    });
    await resetTarget(pool);
    return [created, upserted];
  },
};

async function rowsFor({ prisma }: Database, userIds: readonly number[]) {
  const wanted = await prisma.packagePermission.findMany({
    where: { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, live: true },
  });
  return userIds.flatMap((userId) =>
    wanted.map(({ permissionId, value, param }) => ({
      ...{ organizationId: ORGANIZATION, userId, permissionId, packageNumber: TARGET_PACKAGE },
      ...{ active: true, reason: null, value, param },
    })),
  );
}

function membershipsFor(userIds: readonly number[]) {
  return userIds.map((userId) => ({
    organizationId: ORGANIZATION,
    packageNumber: TARGET_PACKAGE,
    userId,
    state: 'active' as const,
  }));
}

/** What is there already stays: Keep Original. */
async function createRows(database: Database, userIds: readonly number[]): Promise<void> {
  const rows = await rowsFor(database, userIds);
  await database.prisma.$transaction(async (transaction) => {
    await transaction.assignment.createMany({ data: membershipsFor(userIds), skipDuplicates: true });
    await transaction.appAuth.createMany({ data: rows, skipDuplicates: true });
  });
}

/** What is there already is overwritten: Keep Package. */
async function upsertRows(database: Database, userIds: readonly number[]): Promise<void> {
  const rows = await rowsFor(database, userIds);
  await database.prisma.$transaction(
    async (transaction) => {
      await transaction.assignment.createMany({ data: membershipsFor(userIds), skipDuplicates: true });
      for (const row of rows) {
        const { organizationId, userId, permissionId } = row;
        const key = { organizationId_userId_permissionId: { organizationId, userId, permissionId } };
        await transaction.appAuth.upsert({ where: key, create: row, update: row });
      }
    },
    { timeout: 300_000 },
  );
}
