import {
  type Administrator,
  type HeldMetaPermission,
  selectAdministrators,
  selectHeldMetaPermissions,
} from '../../persistence/administrators.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { Administrator, HeldMetaPermission };

/** One page of those who may do more than look at their own access. Needs `administer`. */
export async function listAdministrators(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: { offset: number; limit: number },
): Promise<{ administrators: Administrator[]; total: number }> {
  requireMay(actor, 'administer');
  return selectAdministrators(prisma, actor.organizationId, page);
}

/**
 * A person and the meta-permissions they hold, with who granted each. Needs `administer`.
 * @throws EngineError `user_not_found`.
 */
export async function showAdministrator(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
): Promise<{ person: Person; held: HeldMetaPermission[] }> {
  requireMay(actor, 'administer');
  const person = await findUser(prisma, actor.organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  return { person, held: await selectHeldMetaPermissions(prisma, actor.organizationId, userId) };
}
