import {
  type Access,
  type Membership,
  selectAccess,
  selectMemberships,
  selectUnusableApplications,
} from '../../persistence/access.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';

export type { Access, Membership };

/** A person's packages. Anyone may see their own. */
export async function ownMemberships({ database }: EngineContext, actor: Actor): Promise<Membership[]> {
  return selectMemberships(database.prisma, actor.organizationId, actor.userId);
}

/** A person's effective access, and the applications they cannot open for want of MAIN. Anyone may see their own. */
export async function ownAccess(
  { database: { prisma } }: EngineContext,
  actor: Actor,
): Promise<{ access: Access[]; unusable: { applicationName: string; mainName: string }[] }> {
  return {
    access: await selectAccess(prisma, actor.organizationId, actor.userId),
    unusable: await selectUnusableApplications(prisma, actor.organizationId, actor.userId),
  };
}
