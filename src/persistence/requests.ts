import { z } from 'zod';
import { ApprovalPolicy } from '../engine/core/approvalPolicy.ts';
import { RequestPlan } from '../engine/core/requestPlan.ts';
import { REQUEST_STATES, type RequestState } from '../engine/core/requestState.ts';
import type { Queryable, Transaction } from './database.ts';
import { idArray } from './idArray.ts';

const Stored = z.object({
  organizationId: z.number(),
  id: z.number(),
  key: z.string(),
  kind: z.string(),
  command: z.record(z.string(), z.json()),
  packageNumber: z.number().nullable(),
  requesterUserId: z.number(),
  selfService: z.boolean(),
  reason: z.string(),
  plan: RequestPlan,
  planHash: z.string(),
  revision: z.number(),
  policy: ApprovalPolicy,
  stage: z.number(),
  state: z.enum(REQUEST_STATES),
  people: z.number(),
  createdAt: z.date(),
  expiresAt: z.date(),
  remindAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  endedBy: z.number().nullable(),
  endReason: z.string().nullable(),
  operationId: z.number().nullable(),
  error: z.json().nullable(),
});

/** A request as it is stored. */
export type StoredRequest = z.infer<typeof Stored>;

/** A request that is about to be made. */
export type NewRequest = Pick<
  StoredRequest,
  | 'organizationId'
  | 'key'
  | 'kind'
  | 'packageNumber'
  | 'requesterUserId'
  | 'selfService'
  | 'reason'
  | 'plan'
  | 'planHash'
  | 'policy'
  | 'createdAt'
  | 'expiresAt'
  | 'remindAt'
> & { command: object; userIds: readonly number[] };

/** Writes a request and whom it is about. @returns its id; null where the key was asked for before. */
export async function insertRequest(transaction: Transaction, request: NewRequest): Promise<number | null> {
  const { userIds, command, plan, policy, ...data } = request;
  const { organizationId, key } = request;
  if (await transaction.request.findUnique({ where: { organizationId_key: { organizationId, key } } })) return null;
  const { id } = await transaction.request.create({
    data: { ...data, command, plan: plan as object, policy: policy as object, people: userIds.length },
  });
  await replaceRequestPeople(transaction, { organizationId, id }, userIds);
  return id;
}

/** Writes whom a request is about, over what was there. */
export async function replaceRequestPeople(
  transaction: Transaction,
  { organizationId, id }: Pick<StoredRequest, 'organizationId' | 'id'>,
  userIds: readonly number[],
): Promise<void> {
  await transaction.requestPerson.deleteMany({ where: { organizationId, requestId: id } });
  await transaction.$executeRaw`
    INSERT INTO request_people (organization_id, request_id, user_id)
    SELECT ${organizationId}::int, ${id}::int, user_id FROM unnest(${idArray(userIds)}) AS about(user_id)
    ORDER BY user_id`;
}

/** Whom a request is about. */
export async function selectRequestPeople(
  queryable: Queryable,
  { organizationId, id }: Pick<StoredRequest, 'organizationId' | 'id'>,
): Promise<number[]> {
  const found = await queryable.requestPerson.findMany({
    where: { organizationId, requestId: id },
    select: { userId: true },
  });
  return found.map(({ userId }) => userId);
}

const Reachable = z.object({ userId: z.number(), slackUserId: z.string() });

/** Those whom a request is about and who have a Slack account, in the order of their ids, after one of them. */
export async function selectRequestAudience(
  queryable: Queryable,
  { organizationId, id }: Pick<StoredRequest, 'organizationId' | 'id'>,
  { after, limit }: { after: number; limit: number },
): Promise<z.infer<typeof Reachable>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.slack_user_id AS "slackUserId"
    FROM request_people p
    JOIN users u ON u.organization_id = p.organization_id AND u.id = p.user_id
    WHERE p.organization_id = ${organizationId}::int AND p.request_id = ${id}::int AND p.user_id > ${after}::int
      AND u.left_at IS NULL AND u.slack_user_id IS NOT NULL
    ORDER BY p.user_id LIMIT ${limit}::int`;
  return z.array(Reachable).parse(rows);
}

/** A request by id or by the key of its operation; null where the organization has none. */
export async function findRequest(
  queryable: Queryable,
  organizationId: number,
  by: { id: number } | { key: string },
): Promise<StoredRequest | null> {
  const found = await queryable.request.findFirst({ where: { organizationId, ...by } });
  return found && Stored.parse(found);
}

/** The same, locked until the transaction ends. */
export async function lockRequest(
  transaction: Transaction,
  organizationId: number,
  id: number,
): Promise<StoredRequest | null> {
  await transaction.$queryRaw`
    SELECT id FROM requests WHERE organization_id = ${organizationId}::int AND id = ${id}::int FOR UPDATE`;
  return findRequest(transaction, organizationId, { id });
}

/** What may change of a request. */
export interface RequestChange {
  state?: RequestState;
  stage?: number;
  revision?: number;
  plan?: RequestPlan;
  planHash?: string;
  command?: object;
  people?: number;
  remindAt?: Date | null;
  endedAt?: Date | null;
  endedBy?: number | null;
  endReason?: string | null;
  operationId?: number;
  error?: object;
}

/** Writes a change of a request that the caller holds locked. */
export async function updateRequest(
  transaction: Transaction,
  { organizationId, id }: Pick<StoredRequest, 'organizationId' | 'id'>,
  change: RequestChange,
): Promise<void> {
  await transaction.request.update({ where: { organizationId_id: { organizationId, id } }, data: change });
}
