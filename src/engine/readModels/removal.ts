import { countRemoval, type RemovalCounts, type RemovalHolder, selectHolders } from '../../persistence/removeCells.ts';
import type { CellChoices } from '../core/cellChoices.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { type PackagePermission, type PackageRecord, showPackage } from './packages.ts';
import { requireMay } from './requireMay.ts';

export type { RemovalHolder };

/** What removing a permission from a package would do, with one page of those who have it through the package. */
export interface RemovalPageView {
  package: PackageRecord;
  permission: PackagePermission;
  holders: RemovalHolder[];
  /** How many holders the search fits. */
  total: number;
  counts: RemovalCounts;
}

/**
 * The page on which the removal of a permission is decided, holder by holder (DOMAIN 4). Needs `define_packages`.
 * @throws EngineError `package_not_found`, `permission_not_in_package`.
 */
export async function removalPage(
  context: EngineContext,
  actor: Actor,
  { number, permissionId }: { number: number; permissionId: number },
  choices: CellChoices,
  page: { text: string; offset: number; limit: number },
): Promise<RemovalPageView> {
  requireMay(actor, 'define_packages');
  const { prisma } = context.database;
  const { package: pack, permissions } = await showPackage(context, actor, number);
  const permission = permissions.find((each) => each.permissionId === permissionId && each.live);
  if (!permission) throw new EngineError('permission_not_in_package', { permission: '?', number });
  const scope = { organizationId: actor.organizationId, packageNumber: number, permissionId };
  const [shown, counts] = await Promise.all([
    selectHolders(prisma, scope, choices, page),
    countRemoval(prisma, scope, choices),
  ]);
  return { package: pack, permission, ...shown, counts };
}
