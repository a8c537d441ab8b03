import { type Delegation, type DelegationFilter, selectDelegations } from '../../persistence/delegations.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';

export { LONGEST_DELEGATION } from '../operations/delegation.ts';
export type { Delegation };

/** Of one's own delegations, these many are shown: they follow one another, and none is longer than a quarter. */
const OWN = 10;

export interface Delegations {
  /** What one has handed over, now or from a later day. */
  mine: Delegation[];
  /** Whose say one holds, now or from a later day. */
  held: { delegations: Delegation[]; total: number };
  /** One page of everybody's; null for who may not administer. */
  everybody: { delegations: Delegation[]; total: number } | null;
}

/** Delegations of one's own say, and of others' to oneself, which everybody may see; all of them needs `administer`. */
export async function showDelegations(
  { database: { prisma }, now }: EngineContext,
  actor: Actor,
  page: { offset: number; limit: number },
): Promise<Delegations> {
  const { organizationId, userId } = actor;
  const at = now();
  const select = (who: DelegationFilter, of = { offset: 0, limit: OWN }) =>
    selectDelegations(prisma, organizationId, { who, at, ...of });
  return {
    mine: (await select({ fromUserId: userId })).delegations,
    held: await select({ toUserId: userId }),
    everybody: mayDo(actor, 'administer') ? await select({}, page) : null,
  };
}
