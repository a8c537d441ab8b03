import { findPolicy } from '../../persistence/approvalPolicies.ts';
import { insertRequest } from '../../persistence/requests.ts';
import { type ApprovalPolicy, DEFAULT_POLICY } from '../core/approvalPolicy.ts';
import { derivedKey } from '../core/derivedKey.ts';
import { EngineError } from '../errors.ts';
import {
  type ApprovalContext,
  accountsOf,
  requireFeasible,
  type StageAccounts,
  selectStageApprovers,
} from './approvers.ts';
import { asksForNothing, type ConsideredPlan, considerRequest } from './considerRequest.ts';
import { recordRequest } from './recordRequest.ts';
import { isRequestable, type RequestableKind, readRequestedCommand } from './requestableKinds.ts';
import { type ActorRef, type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

const HOUR_MS = 3_600_000;

/** Longest reason, in characters. */
const REASON_LENGTH = 1_000;

export interface CreateRequestCommand extends Command {
  kind: RequestableKind;
  /**
   * The command of that kind, without actor and key. Its plan hash need not fit: what approvers see is planned anew.
   */
  wanted: object;
  reason: string;
  /** Asked for oneself (DOMAIN 6): needs no right, and concerns nobody else. */
  selfService?: boolean;
}

/** A request that can be written: what it would do, and the policy of this moment. */
export interface PreparedRequest {
  requester: ActorRef;
  kind: RequestableKind;
  command: object;
  reason: string;
  selfService: boolean;
  considered: ConsideredPlan;
  policy: ApprovalPolicy;
  accounts: StageAccounts;
}

/**
 * Asks for an operation. `key` is that of the operation, so that what was confirmed once is asked for once and done
 * once. The request keeps the plan, its hash, and the policy of this moment; its approvers hear of it. Needs what the
 * operation needs, unless it is self-service.
 * @throws EngineError `reason_needed`, `not_requestable`, `nothing_changed`, `too_few_approvers` where nobody could
 *   approve it, and what the operation refuses.
 */
export async function createRequest(
  context: ApprovalContext,
  { key, ...command }: CreateRequestCommand,
): Promise<OperationDone<{ requestId: number }>> {
  return writeRequest(context, await prepareRequest(context, command), key);
}

/** Plans a request, in a transaction of its own that is taken back, and asks Slack for the members of user groups. */
async function prepareRequest(
  context: ApprovalContext,
  { kind, wanted, reason, selfService = false, actor }: Omit<CreateRequestCommand, 'key'>,
): Promise<PreparedRequest> {
  const told = requireReason(reason);
  if (!isRequestable(kind)) throw new EngineError('not_requestable', { kind });
  const { command } = readRequestedCommand(kind, wanted);
  if (selfService) requireOwn(kind, command, actor.userId);
  const considered = await considerRequest(context, { kind, command, requester: actor, selfService });
  if (asksForNothing(kind, considered)) throw new EngineError('nothing_changed', {});
  const { packageNumber } = considered;
  const found = await findPolicy(context.database.prisma, actor.organizationId, packageNumber);
  const policy = found?.policy ?? DEFAULT_POLICY;
  const accounts = await accountsOf(context, policy.stages);
  return { requester: actor, kind, command, reason: told, selfService, considered, policy, accounts };
}

/** Writes a request, in the transaction that operations share where the context names one. */
export function writeRequest(
  context: EngineContext,
  { requester: actor, considered, policy, accounts, reason, ...asked }: PreparedRequest,
  key: string,
): Promise<OperationDone<{ requestId: number }>> {
  const { organizationId } = actor;
  const { packageNumber } = considered;
  // The key of the operation stays free for the operation
  const command = { actor, key: derivedKey(`request/${key}`) };
  return runOperation(context, { kind: 'create_request', needs: [], command }, async (transaction, { id, at }) => {
    const approvers = { stages: policy.stages, accounts, without: actor.userId };
    requireFeasible(policy.stages, await selectStageApprovers(transaction, organizationId, approvers));
    const requestId = await insertRequest(transaction, {
      ...{ organizationId, key, packageNumber, requesterUserId: actor.userId, reason, policy, ...asked },
      ...{ plan: considered.plan, planHash: considered.planHash, userIds: considered.userIds },
      ...timesOf(policy, at),
    });
    if (requestId === null) throw new EngineError('nothing_changed', {});
    const request = { organizationId, id: requestId, key, packageNumber, kind: asked.kind };
    const after = { plan: considered.planHash, access: considered.plan.access };
    return recordRequest(transaction, { id, at }, request, {
      ...{ subject: { reason }, before: null, after, outcome: { requestId } },
    });
  });
}

/** The reason as it is stored. @throws EngineError `reason_needed`. */
export function requireReason(reason: string): string {
  const told = reason.trim().slice(0, REASON_LENGTH);
  if (told === '') throw new EngineError('reason_needed', {});
  return told;
}

function timesOf({ livesHours, remindAfterHours }: ApprovalPolicy, at: Date) {
  const after = (hours: number) => new Date(at.getTime() + hours * HOUR_MS);
  const reminds = remindAfterHours !== null && remindAfterHours < livesHours;
  return { createdAt: at, expiresAt: after(livesHours), remindAt: reminds ? after(remindAfterHours) : null };
}

/**
 * Self-service is about oneself, and about packages alone.
 * @throws EngineError `not_allowed`.
 */
function requireOwn(kind: RequestableKind, wanted: object, userId: number): void {
  const { userIds, userId: one } = wanted as { userIds?: readonly number[]; userId?: number };
  const isOwn = userIds?.length === 1 && userIds[0] === userId;
  if (isOwn && (kind === 'assign_package' || kind === 'unassign_package')) return;
  if (kind === 'change_end' && one === userId) return;
  throw new EngineError('not_allowed', { needs: 'assign_packages' });
}
