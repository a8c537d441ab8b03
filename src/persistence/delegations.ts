import { z } from 'zod';
import type { Queryable } from './database.ts';

const Delegation = z.object({
  id: z.number(),
  fromUserId: z.number(),
  fromCode: z.string(),
  fromName: z.string(),
  toUserId: z.number(),
  toCode: z.string(),
  toName: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  reason: z.string(),
});

/** Somebody's say in approvals, handed to somebody else for a time. */
export type Delegation = z.infer<typeof Delegation>;

/** Whose delegations: those of somebody, those to somebody, or all; each under way at a moment, or still to come. */
export type DelegationFilter = { fromUserId: number } | { toUserId: number } | Record<string, never>;

/** One page of the delegations that have not ended at a moment, the first to begin first. */
export async function selectDelegations(
  queryable: Queryable,
  organizationId: number,
  { who, at, offset, limit }: { who: DelegationFilter; at: Date; offset: number; limit: number },
): Promise<{ delegations: Delegation[]; total: number }> {
  const where = { organizationId, ...who, endsAt: { gt: at } };
  const found = await queryable.delegation.findMany({
    where,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    skip: offset,
    take: limit,
  });
  const total = await queryable.delegation.count({ where });
  const ids = found.flatMap(({ fromUserId, toUserId }) => [fromUserId, toUserId]);
  const users = await queryable.user.findMany({
    where: { organizationId, id: { in: ids } },
    select: { id: true, code: true, name: true },
  });
  const named = new Map(users.map((user) => [user.id, user]));
  const delegations = found.map((each) => {
    const [from, to] = [named.get(each.fromUserId), named.get(each.toUserId)];
    return Delegation.parse({
      ...each,
      ...{ fromCode: from?.code, fromName: from?.name, toCode: to?.code, toName: to?.name },
    });
  });
  return { delegations, total };
}

/** Whether somebody has handed their say over for any moment of a time. */
export async function hasDelegationWithin(
  queryable: Queryable,
  { organizationId, fromUserId }: { organizationId: number; fromUserId: number },
  { startsAt, endsAt }: Pick<Delegation, 'startsAt' | 'endsAt'>,
): Promise<boolean> {
  const where = { organizationId, fromUserId, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } };
  return (await queryable.delegation.count({ where })) > 0;
}

/** Writes a delegation. @returns its id. */
export async function insertDelegation(
  queryable: Queryable,
  delegation: { organizationId: number } & Omit<Delegation, 'id' | 'fromCode' | 'fromName' | 'toCode' | 'toName'>,
): Promise<number> {
  return (await queryable.delegation.create({ data: delegation })).id;
}

/** A delegation that has not ended at a moment; null where the organization has none such. */
export function findDelegation(
  queryable: Queryable,
  { organizationId, id }: { organizationId: number; id: number },
  at: Date,
): Promise<Pick<Delegation, 'fromUserId' | 'toUserId' | 'startsAt' | 'endsAt'> | null> {
  return queryable.delegation.findFirst({ where: { organizationId, id, endsAt: { gt: at } } });
}

/** Ends a delegation at a moment; one that has not begun by then is as if it had never been. */
export async function cutDelegation(
  queryable: Queryable,
  { organizationId, id }: { organizationId: number; id: number },
  at: Date,
): Promise<void> {
  const { count } = await queryable.delegation.deleteMany({ where: { organizationId, id, startsAt: { gte: at } } });
  if (count > 0) return;
  await queryable.delegation.updateMany({ where: { organizationId, id }, data: { endsAt: at } });
}
