import { selectApplicationsLackingMain } from '../../persistence/catalog.ts';
import {
  type PackagePermission,
  type PackageSummary,
  selectMembers,
  selectPackagePermissions,
  selectPackageStructures,
  selectPackages,
  selectPackagesWithout,
} from '../../persistence/packages.ts';
import { countStatuses, type StatusCount, selectStatuses } from '../../persistence/statuses.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { Status } from '../core/status.ts';
import { EngineError } from '../errors.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { PackagePermission, PackageRecord, PackageSummary, StatusCount };

/** One page of packages, filtered by number, name or description. Needs `view`. */
export async function listPackages(
  { database }: EngineContext,
  actor: Actor,
  page: { text: string; offset: number; limit: number },
): Promise<{ packages: PackageSummary[]; total: number }> {
  requireMay(actor, 'view');
  return selectPackages(database.prisma, actor.organizationId, page);
}

/** The active packages that somebody can ask for: those they have not, by number and name alone. For everybody. */
export function requestablePackages(
  { database }: EngineContext,
  actor: Actor,
  text: string,
  limit: number,
): Promise<Pick<PackageSummary, 'number' | 'name'>[]> {
  return selectPackagesWithout(database.prisma, actor, text, limit);
}

/** The active packages that can be assigned to somebody: those they have not. Needs `view`. */
export async function assignablePackages(
  { database }: EngineContext,
  actor: Actor,
  { userId, text }: { userId: number; text: string },
  limit: number,
): Promise<Pick<PackageSummary, 'number' | 'name'>[]> {
  requireMay(actor, 'view');
  return selectPackagesWithout(database.prisma, { organizationId: actor.organizationId, userId }, text, limit);
}

/** Numbers for the dashboard: packages by state and active assignments. Needs `view`. */
export async function countPackages(
  { database: { prisma } }: EngineContext,
  actor: Actor,
): Promise<{ active: number; disabled: number; members: number }> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const active = await prisma.package.count({ where: { organizationId, state: 'active' } });
  const disabled = await prisma.package.count({ where: { organizationId, state: 'disabled' } });
  const members = await prisma.assignment.count({ where: { organizationId, state: 'active' } });
  return { active, disabled, members };
}

/** Everything of a package but its members. */
export interface PackageDetailsView {
  package: PackageRecord;
  structures: { code: string; name: string }[];
  permissions: PackagePermission[];
  lackingMain: { applicationName: string; mainName: string }[];
  members: { active: number; former: number };
}

/** A package with its permissions and MAIN lint. Needs `view`. @throws EngineError `package_not_found`. */
export async function showPackage(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
): Promise<PackageDetailsView> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const pack = await getPackage(prisma, organizationId, number);
  const where = { organizationId, packageNumber: number };
  return {
    package: pack,
    structures: await selectPackageStructures(prisma, organizationId, number),
    permissions: await selectPackagePermissions(prisma, organizationId, number),
    lackingMain: await selectApplicationsLackingMain(prisma, organizationId, number),
    members: {
      active: await prisma.assignment.count({ where: { ...where, state: 'active' } }),
      former: await prisma.assignment.count({ where: { ...where, state: 'former' } }),
    },
  };
}

/** How many cells of a package show each status. Needs `view`. */
export async function packageStatusCounts(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
): Promise<StatusCount[]> {
  requireMay(actor, 'view');
  return countStatuses(prisma, actor.organizationId, number);
}

/** A member of a package with the status of each of its permissions. */
export interface MemberView {
  userId: number;
  code: string;
  name: string;
  /** When the membership ends by itself; null: never. */
  endsAt: Date | null;
  statuses: Pick<Status, 'kind' | 'divergence'>[];
}

/** One page of a package's members with their statuses. Needs `view`. */
export async function listMembers(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
  page: { state: 'active' | 'former'; text: string; offset: number; limit: number },
): Promise<{ members: MemberView[]; total: number }> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const { members, total } = await selectMembers(prisma, organizationId, number, page);
  const userIds = members.map(({ userId }) => userId);
  const byUser = new Map<number, MemberView['statuses']>(userIds.map((userId) => [userId, []]));
  for (const { userId, kind, divergence } of await selectStatuses(prisma, organizationId, number, userIds)) {
    byUser.get(userId)?.push({ kind, divergence });
  }
  return {
    total,
    members: members.map(({ userId, code, name, endsAt }) => ({
      userId,
      code,
      name,
      endsAt,
      statuses: byUser.get(userId) ?? [],
    })),
  };
}

/**
 * The package that somebody meant by a number, `package:N`, or a part of the name.
 * @throws EngineError `package_not_found`; `several_packages` where a name fits several.
 */
export async function resolvePackage(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  wanted: string,
): Promise<PackageRecord> {
  requireMay(actor, 'view');
  const number = /^(?:package:)?(\d{1,9})$/i.exec(wanted.trim())?.[1];
  if (number) return getPackage(prisma, actor.organizationId, Number(number));
  const { packages } = await selectPackages(prisma, actor.organizationId, { text: wanted, offset: 0, limit: 6 });
  const exact = packages.filter(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase());
  const [only, ...others] = exact.length > 0 ? exact : packages;
  if (!only || wanted.trim() === '') throw new EngineError('package_not_found', { wanted });
  if (others.length > 0) throw new EngineError('several_packages', { wanted, choices: [only, ...others] });
  return only;
}
