import type { EngineContext } from '../../src/engine/operations/runOperation.ts';
import { exportedDrift } from '../../src/engine/readModels/exportedCells.ts';

/** What has drifted, as `package/user/permission`, worked out cell by cell by the pure functions of the exports. */
export async function driftWorkedOut(context: EngineContext, organizationId: number): Promise<string[]> {
  const { prisma } = context.database;
  const users = await prisma.user.findMany({ where: { organizationId } });
  const people = users.map(({ id, code, name }) => ({ userId: id, code, name }));
  const packages = await prisma.package.findMany({ where: { organizationId } });
  const found: string[] = [];
  for (const { number } of packages) {
    const cells = await exportedDrift(context, { organizationId, number }, people);
    for (const { accepted, person, permission } of cells) {
      if (!accepted) found.push(`${number}/${person.userId}/${permission.permissionId}`);
    }
  }
  return found.sort();
}

/** What is written down as drifted, likewise. */
export async function driftWrittenDown({ database }: EngineContext, organizationId: number): Promise<string[]> {
  const cells = await database.prisma.driftCell.findMany({ where: { organizationId } });
  return cells.map(({ packageNumber, userId, permissionId }) => `${packageNumber}/${userId}/${permissionId}`).sort();
}
