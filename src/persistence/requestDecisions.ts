import { z } from 'zod';
import type { Queryable, Transaction } from './database.ts';
import { idArray } from './idArray.ts';
import type { StoredRequest } from './requests.ts';

/** A request at one revision of its plan. */
export type RequestRevision = Pick<StoredRequest, 'organizationId' | 'id' | 'revision'>;

const Decision = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  slackUserId: z.string().nullable(),
  /** Whose say was used; the decider's own, unless it was delegated. */
  principalId: z.number(),
  principalName: z.string(),
  stage: z.number(),
  at: z.date(),
});

/** A say of somebody in favour of a request. */
export type Approval = z.infer<typeof Decision>;

/** Who approved a request as it is planned now, in the order of their decisions. */
export async function selectApprovals(
  queryable: Queryable,
  { organizationId, id, revision }: RequestRevision,
): Promise<Approval[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT d.user_id AS "userId", u.code, u.name, u.slack_user_id AS "slackUserId", d.principal_id AS "principalId",
           p.name AS "principalName", d.stage, d.at
    FROM request_decisions d
    JOIN users u ON u.organization_id = d.organization_id AND u.id = d.user_id
    JOIN users p ON p.organization_id = d.organization_id AND p.id = d.principal_id
    WHERE d.organization_id = ${organizationId}::int AND d.request_id = ${id}::int AND d.revision = ${revision}::int
      AND d.approved
    ORDER BY d.stage, d.at, d.user_id`;
  return z.array(Decision).parse(rows);
}

/** Writes a decision about a request as it is planned now. */
export async function insertDecision(
  transaction: Transaction,
  { organizationId, id, revision, stage }: Pick<StoredRequest, 'organizationId' | 'id' | 'revision' | 'stage'>,
  decision: { userId: number; principalId: number; approved: boolean; at: Date },
): Promise<void> {
  await transaction.requestDecision.create({ data: { organizationId, requestId: id, revision, stage, ...decision } });
}

/** Who has delegated their say to somebody at a moment. */
export async function selectPrincipals(
  queryable: Queryable,
  { organizationId, userId }: { organizationId: number; userId: number },
  at: Date,
): Promise<number[]> {
  const found = await queryable.delegation.findMany({
    where: { organizationId, toUserId: userId, startsAt: { lte: at }, endsAt: { gt: at } },
    select: { fromUserId: true },
    orderBy: { fromUserId: 'asc' },
  });
  return found.map(({ fromUserId }) => fromUserId);
}

const Deputy = z.object({ userId: z.number(), code: z.string(), name: z.string(), slackUserId: z.string() });

/**
 * To whom some approvers have delegated their say at a moment, by name. Who left, or has no Slack account, is none of
 * them.
 */
export async function selectDeputies(
  queryable: Queryable,
  organizationId: number,
  principalIds: readonly number[],
  at: Date,
): Promise<z.infer<typeof Deputy>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT DISTINCT u.id AS "userId", u.code, u.name, u.slack_user_id AS "slackUserId"
    FROM delegations d
    JOIN users u ON u.organization_id = d.organization_id AND u.id = d.to_user_id
    WHERE d.organization_id = ${organizationId}::int AND d.from_user_id = ANY (${idArray(principalIds)})
      AND d.starts_at <= ${at} AND d.ends_at > ${at} AND u.left_at IS NULL AND u.slack_user_id IS NOT NULL
    ORDER BY u.name, u.code`;
  return z.array(Deputy).parse(rows);
}
