import { selectAcceptedDeviations, selectDisabledAmong } from '../../persistence/driftFacts.ts';
import type { ExportedPerson } from '../../persistence/exportPages.ts';
import { selectPackagePermissions } from '../../persistence/packages.ts';
import { selectFacts, selectStatuses } from '../../persistence/statuses.ts';
import { type DriftKind, driftKind } from '../core/driftKind.ts';
import { type EffectiveAccess, effectiveAccess, fullAccess } from '../core/effectiveAccess.ts';
import { classifyStatus } from '../core/status.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import type { PermissionStatus } from './userDetails.ts';

/** One (package, member, permission). */
export interface ExportedStatus extends PermissionStatus {
  packageNumber: number;
  person: ExportedPerson;
  /** What the person has of the permission: in a drift effectively, else as the status takes it, suspended or not. */
  has: EffectiveAccess | null;
}

/** A status that has drifted. */
export interface ExportedDrift extends ExportedStatus {
  drift: DriftKind;
  /** An administrator decided that it may stay so, and nothing has changed since. */
  accepted: boolean;
}

/** Which package of which organization. */
export interface PackageKey {
  organizationId: number;
  number: number;
}

/** The cells of some members, in the order of the people and of the package's permissions. */
export async function exportedStatuses(
  { database: { prisma } }: EngineContext,
  { organizationId, number }: PackageKey,
  people: readonly ExportedPerson[],
): Promise<ExportedStatus[]> {
  const userIds = people.map(({ userId }) => userId);
  const permissions = await selectPackagePermissions(prisma, organizationId, number);
  const cells = await selectFacts(prisma, organizationId, number, userIds);
  const byCell = new Map(cells.map((cell) => [cellKey(cell), cell]));
  return people.flatMap((person) =>
    permissions.flatMap((permission) => {
      const cell = byCell.get(cellKey({ userId: person.userId, permissionId: permission.permissionId }));
      if (!cell) return [];
      const { facts, changed } = cell;
      const has = effectiveAccess({ ...facts, full: fullAccess(permission), sourceState: 'active' });
      return [{ packageNumber: number, person, permission, facts, status: classifyStatus(facts), changed, has }];
    }),
  );
}

/** The cells of some active members that have drifted, in the same order. */
export async function exportedDrift(
  context: EngineContext,
  pack: PackageKey,
  people: readonly ExportedPerson[],
): Promise<ExportedDrift[]> {
  const { prisma } = context.database;
  const { organizationId, number } = pack;
  const userIds = people.map(({ userId }) => userId);
  // Most members are in line with their package: who is not is found before anything more is read of them
  const statuses = await selectStatuses(prisma, organizationId, number, userIds);
  const drifted = new Set(statuses.flatMap(({ kind, userId }) => (isInLine(kind) ? [] : [userId])));
  if (drifted.size === 0) return [];
  const cells = await exportedStatuses(
    context,
    pack,
    people.filter(({ userId }) => drifted.has(userId)),
  );
  const sources = new Set(cells.flatMap(({ facts: { row } }) => row?.packageNumber ?? []));
  const disabled = new Set(await selectDisabledAmong(prisma, organizationId, [...sources]));
  const deviations = await selectAcceptedDeviations(prisma, organizationId, number, {
    ...{ userIds: [...drifted], at: context.now() },
  });
  const accepted = new Set(deviations.map(cellKey));
  return cells.flatMap((cell) => {
    const { facts, permission, person, status } = cell;
    const suspended = facts.row !== null && disabled.has(facts.row.packageNumber ?? 0);
    const full = fullAccess(permission);
    const has = effectiveAccess({ ...facts, full, sourceState: suspended ? 'disabled' : 'active' });
    const drift = driftKind(facts, status, has);
    const key = cellKey({ userId: person.userId, permissionId: permission.permissionId });
    return drift === null ? [] : [{ ...cell, has, drift, accepted: accepted.has(key) }];
  });
}

function isInLine(kind: ExportedStatus['status']['kind']): boolean {
  return kind === 'active' || kind === 'founder';
}

function cellKey({ userId, permissionId }: { userId: number; permissionId: number }): string {
  return `${userId}/${permissionId}`;
}
