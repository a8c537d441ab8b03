import {
  type ListedApplication,
  type ListedPermission,
  type PackageUse,
  selectCatalogApplications,
  selectCatalogPermissions,
  selectPackagesWith,
} from '../../persistence/catalogEntries.ts';
import { selectPermissionUses } from '../../persistence/catalogUses.ts';
import { type MainFinding, selectMainFindings } from '../../persistence/mainLint.ts';
import { type ListedStructure, selectStructureTree } from '../../persistence/structureTree.ts';
import { isSimpleApp } from '../core/catalogEntry.ts';
import type { CatalogUses } from '../core/catalogUses.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getApplication, getPermission } from '../operations/loadCatalog.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';
import type { Application } from './search.ts';

export type { ListedApplication, ListedPermission, ListedStructure, MainFinding, PackageUse };

/** What a list is asked for. */
export interface CatalogPage {
  text: string;
  offset: number;
  limit: number;
}

/** One page of the applications, retired ones last. Needs `view`. */
export function catalogApplications(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: CatalogPage,
): Promise<{ applications: ListedApplication[]; total: number }> {
  requireMay(actor, 'view');
  return selectCatalogApplications(prisma, actor.organizationId, page);
}

/** An application with all its permissions, and how much each is used. */
export interface CatalogApplicationView {
  application: Application;
  permissions: ListedPermission[];
  /** Exactly one permission on offer: no Profiles (Simple App Mode). */
  simple: boolean;
}

/** One application of the catalogue. Needs `view`. @throws EngineError `application_not_found`. */
export async function catalogApplication(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  applicationId: number,
): Promise<CatalogApplicationView> {
  requireMay(actor, 'view');
  const application = await getApplication(prisma, actor.organizationId, applicationId);
  const permissions = await selectCatalogPermissions(prisma, actor.organizationId, applicationId);
  return { application, permissions, simple: isSimpleApp(permissions) };
}

/** Where a permission is used: its packages page by page, and everything else counted, the first of it by name. */
export interface PermissionUsesView {
  permission: ListedPermission;
  packages: PackageUse[];
  uses: CatalogUses;
}

/** Where a permission is used. Needs `view`. @throws EngineError `permission_not_found`. */
export async function permissionUses(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  permissionId: number,
  page: { offset: number; limit: number },
): Promise<PermissionUsesView> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const { applicationId } = await getPermission(prisma, organizationId, permissionId);
  const [permission] = await selectCatalogPermissions(prisma, organizationId, applicationId, permissionId);
  if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
  return {
    permission,
    packages: await selectPackagesWith(prisma, organizationId, permissionId, page),
    uses: await selectPermissionUses(prisma, { organizationId, permissionIds: [permissionId], rows: 'active' }),
  };
}

/** One page of the tree of structures. Needs `view`. */
export function catalogStructures(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: CatalogPage,
): Promise<{ structures: ListedStructure[]; total: number }> {
  requireMay(actor, 'view');
  return selectStructureTree(prisma, actor.organizationId, page);
}

/**
 * One page of everything that gives permissions of an application without its entry permission: packages, profiles, and
 * people by whatever they have. `text` filters applications by name and key. Needs `view`.
 */
export async function mainCheck(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  { text, ...page }: CatalogPage,
): Promise<{ findings: MainFinding[]; total: number }> {
  requireMay(actor, 'view');
  const all = { text, offset: 0, limit: Number.POSITIVE_INFINITY };
  const { applications } = await selectCatalogApplications(prisma, actor.organizationId, all);
  const ids = applications.filter(({ retired, mainName }) => !retired && mainName !== null).map(({ id }) => id);
  return selectMainFindings(prisma, actor.organizationId, ids, page);
}
