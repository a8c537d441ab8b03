import { findPolicy } from '../../persistence/approvalPolicies.ts';
import { type AuditRecord, findAuditByOperation } from '../../persistence/auditTrail.ts';
import type { Queryable } from '../../persistence/database.ts';
import { findOperation } from '../../persistence/operations.ts';
import { getOrganization, type Organization } from '../../persistence/organizations.ts';
import { type Approval, selectApprovals, selectDeputies } from '../../persistence/requestDecisions.ts';
import { findRequest, type StoredRequest, selectRequestAudience } from '../../persistence/requests.ts';
import { findUser } from '../../persistence/users.ts';
import { type ApprovalPolicy, DEFAULT_POLICY, policyOperationOf } from '../core/approvalPolicy.ts';
import type { Json } from '../core/canonicalJson.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { type ApprovalContext, type Approver, accountsOf, selectStageApprovers } from '../operations/approvers.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { countToDecide } from './requestLists.ts';

/** Somebody, as a request names them. */
export interface NamedPerson {
  userId: number;
  code: string;
  name: string;
  slackUserId: string | null;
}

/** A request with everything that is told of it. */
export interface RequestView {
  request: StoredRequest;
  organization: Organization;
  requester: NamedPerson;
  /** Those in favour of the plan as it is now, in the order of their decisions. */
  approvals: Approval[];
  /** Who rejected or cancelled it; null where nobody did. */
  endedBy: NamedPerson | null;
  /** Who could decide in each stage at this moment. */
  approvers: Approver[][];
  /** Who else could at the stage that is being decided, for an approver who delegated their say to them. */
  deputies: Approver[];
}

/**
 * A request with what is told of it; null where the organization has none. For the bot's messages: not authorized here.
 */
export async function requestToTell(
  context: ApprovalContext,
  organizationId: number,
  requestId: number,
): Promise<RequestView | null> {
  const { prisma } = context.database;
  const request = await findRequest(prisma, organizationId, { id: requestId });
  if (!request) return null;
  const { policy, requesterUserId, endedBy } = request;
  const accounts = await accountsOf(context, policy.stages);
  const about = { stages: policy.stages, accounts, without: requesterUserId };
  const [organization, requester, approvals, ender, approvers] = await Promise.all([
    getOrganization(prisma, organizationId),
    person(prisma, organizationId, requesterUserId),
    selectApprovals(prisma, request),
    endedBy === null ? null : person(prisma, organizationId, endedBy),
    selectStageApprovers(prisma, organizationId, about),
  ]);
  const deciding = (approvers[request.stage - 1] ?? []).map(({ userId }) => userId);
  const deputies = await selectDeputies(prisma, organizationId, deciding, context.now());
  const others = deputies.filter(({ userId }) => userId !== requesterUserId && !deciding.includes(userId));
  return { request, organization, requester, approvals, endedBy: ender, approvers, deputies: others };
}

async function person(queryable: Queryable, organizationId: number, userId: number): Promise<NamedPerson> {
  const found = await findUser(queryable, organizationId, { userId });
  if (!found) throw new EngineError('user_not_found', { wanted: String(userId) });
  const { code, name, slackUserId } = found;
  return { userId, code, name, slackUserId };
}

/** What somebody may do with a request that they look at. */
export interface RequestRights {
  decide: boolean;
  cancel: boolean;
  retry: boolean;
}

/**
 * A request, for the requester, for whoever it names as an approver, and for those who may `view`.
 * @throws EngineError `request_not_found`, for the others too.
 */
export async function showRequest(
  context: ApprovalContext,
  actor: Actor,
  requestId: number,
): Promise<RequestView & { may: RequestRights }> {
  const view = await requestToTell(context, actor.organizationId, requestId);
  if (!view) throw new EngineError('request_not_found', { requestId });
  const { request, approvers } = view;
  const isOwn = request.requesterUserId === actor.userId;
  const decide = request.state === 'pending' && (await countToDecide(context, actor, requestId)) > 0;
  const isApprover = decide || approvers.some((stage) => stage.some(({ userId }) => userId === actor.userId));
  if (!isOwn && !isApprover && !mayDo(actor, 'view')) throw new EngineError('request_not_found', { requestId });
  const manages = isOwn || mayDo(actor, 'administer');
  const cancel = manages && (request.state === 'pending' || request.state === 'failed');
  return { ...view, may: { decide, cancel, retry: manages && request.state === 'failed' } };
}

/** The terms under which an operation needs approval; null where it needs none. For those who may do it anyway. */
export async function approvalFor(
  { database: { prisma } }: EngineContext,
  { organizationId }: Actor,
  { kind, packageNumber }: { kind: string; packageNumber: number | null },
): Promise<ApprovalPolicy | null> {
  const operation = policyOperationOf(kind);
  if (operation === null) return null;
  const policy = (await findPolicy(prisma, organizationId, packageNumber))?.policy ?? null;
  return policy?.operations.includes(operation) ? policy : null;
}

/** The terms of a request about a package (or, with null, about none in particular) that is made now. */
export async function policyOf(
  { database: { prisma } }: EngineContext,
  { organizationId }: Actor,
  packageNumber: number | null,
): Promise<ApprovalPolicy> {
  return (await findPolicy(prisma, organizationId, packageNumber))?.policy ?? DEFAULT_POLICY;
}

/** Something that happened to a request, for its story: the operation that did it. */
export interface RequestEventTold {
  operationId: number;
  kind: string;
  at: Date;
  actor: NamedPerson | null;
  /** What the operation kept of it, such as the reason of a rejection. */
  snapshot: Json;
}

/** Who could decide in each stage at this moment, of a request that somebody would make. */
export async function approversFor(
  context: ApprovalContext,
  { organizationId, userId }: Actor,
  { stages }: Pick<ApprovalPolicy, 'stages'>,
): Promise<Approver[][]> {
  const accounts = await accountsOf(context, stages);
  return selectStageApprovers(context.database.prisma, organizationId, { stages, accounts, without: userId });
}

/** The operation that changed a request. For the bot's messages: not authorized here. */
export async function requestEvent(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  operationId: number,
): Promise<RequestEventTold | null> {
  const found = await findOperation(prisma, organizationId, { id: operationId });
  if (!found) return null;
  const { kind, at, actorUserId, snapshot } = found;
  const actor = actorUserId === null ? null : await person(prisma, organizationId, actorUserId);
  return { operationId, kind, at, actor, snapshot };
}

/** Whom a request is about, some at a time, in the order of their ids. For the bot's messages: not authorized here. */
export function requestAudience(
  { database: { prisma } }: EngineContext,
  request: Pick<StoredRequest, 'organizationId' | 'id'>,
  page: { after: number; limit: number },
): Promise<{ userId: number; slackUserId: string }[]> {
  return selectRequestAudience(prisma, request, page);
}

/** Something that a founder did without the approval that it needed. */
export interface BrokenGlass {
  /** What was done, as the audit trail has it. */
  record: AuditRecord;
  founder: NamedPerson;
  organization: Organization;
  /** Where requests of the kind are told; null where nowhere but to approvers. */
  channel: string | null;
  /** Who would have had to approve. */
  approvers: Approver[];
}

/** What a founder did without approval, and who is to hear of it. For the bot's messages: not authorized here. */
export async function brokenGlass(
  context: ApprovalContext,
  organizationId: number,
  operationId: number,
  packageNumber: number | null,
): Promise<BrokenGlass | null> {
  const { prisma } = context.database;
  const [event, record] = await Promise.all([
    requestEvent(context, organizationId, operationId),
    findAuditByOperation(prisma, organizationId, operationId),
  ]);
  if (!event?.actor || !record) return null;
  const policy = (await findPolicy(prisma, organizationId, packageNumber))?.policy ?? DEFAULT_POLICY;
  const accounts = await accountsOf(context, policy.stages);
  const about = { stages: policy.stages, accounts, without: event.actor.userId };
  const stages = await selectStageApprovers(prisma, organizationId, about);
  const approvers = new Map(stages.flat().map((approver) => [approver.userId, approver]));
  return {
    ...{ record, founder: event.actor },
    organization: await getOrganization(prisma, organizationId),
    channel: policy.channel,
    approvers: [...approvers.values()],
  };
}
