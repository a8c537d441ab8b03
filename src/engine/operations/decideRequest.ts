import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../persistence/database.ts';
import { insertDecision, selectApprovals, selectPrincipals } from '../../persistence/requestDecisions.ts';
import { findRequest, lockRequest, type StoredRequest, updateRequest } from '../../persistence/requests.ts';
import { afterEvent } from '../core/requestState.ts';
import { EngineError } from '../errors.ts';
import { type ApprovalContext, accountsOf, type StageAccounts, selectStageApprovers } from './approvers.ts';
import { type Consideration, type ConsideredPlan, considerAgain } from './considerRequest.ts';
import { enqueueRequest, recordRequest } from './recordRequest.ts';
import { outdateRequest, reviseRequest } from './reviseRequest.ts';
import { type Command, type OperationDone, runOperation } from './runOperation.ts';

/** A click on Approve or Reject, about the plan as it was shown. */
export interface DecideRequestCommand extends Command {
  requestId: number;
  /** The revision that was shown: another plan is another revision. */
  revision: number;
  decision: { kind: 'approve' } | { kind: 'reject'; reason: string };
}

/** How the request stands after a decision. */
export type DecisionOutcome = { requestId: number; state: 'pending' | 'approved' | 'rejected'; approvals: number };

/**
 * Decides about a request (DOMAIN 6): authorizes whoever clicked anew, computes the plan anew, and where that is still
 * what was shown, counts the say. The last say that is needed leaves the request to a worker. Where the plan is
 * another, nothing is decided, and the request asks for a new look.
 * @throws EngineError `request_not_found`, `request_not_pending`, `own_request`, `not_an_approver`, `already_decided`,
 *   `reason_needed`, `request_moved`.
 */
export async function decideRequest(
  context: ApprovalContext,
  command: DecideRequestCommand,
): Promise<OperationDone<DecisionOutcome>> {
  const { actor, decision, requestId, revision } = command;
  const { organizationId } = actor;
  const shown = await getRequest(context, organizationId, requestId);
  const accounts = await accountsOf(context, shown.policy.stages);
  // Whoever may not decide, or comes too late, sets nothing in motion
  await findSay(context.database.prisma, shown, command, { accounts, at: context.now() });
  if (decision.kind === 'approve') {
    // Of many clicks at once all but one find out here that they come too late, before a plan is made for them
    const first = async (within: Transaction) => {
      const now = await findRequest(within, organizationId, { id: requestId });
      if (now) await findSay(within, now, command, { accounts, at: context.now() });
    };
    const considered = await considerAnew(context, shown, { ...command, first });
    if (considered.planHash !== shown.planHash) {
      await reviseRequest(context, { actor, key: randomUUID(), request: shown, considered });
      throw new EngineError('request_moved', { requestId });
    }
  }
  const kind = decision.kind === 'approve' ? 'approve_request' : 'reject_request';
  return runOperation<DecisionOutcome>(context, { kind, needs: [], command }, async (transaction, operation) => {
    const { at } = operation;
    const request = await lockRequest(transaction, organizationId, requestId);
    if (!request) throw new EngineError('request_not_found', { requestId });
    const principalId = await findSay(transaction, request, command, { accounts, at });
    if (request.revision !== revision) throw new EngineError('request_moved', { requestId });
    await insertDecision(transaction, request, {
      ...{ userId: actor.userId, principalId, approved: decision.kind === 'approve', at },
    });
    const approvals = (await selectApprovals(transaction, request)).filter(({ stage }) => stage === request.stage);
    const event = decision.kind === 'approve' ? { kind: decision.kind, approvals: approvals.length } : decision;
    const next = afterEvent(request, request.policy.stages, event);
    if (!next) throw new EngineError('request_not_pending', { requestId, state: request.state });
    const { state, stage } = next;
    const reason = decision.kind === 'reject' ? decision.reason.trim() : null;
    const ended = { endedAt: at, endedBy: actor.userId, endReason: reason };
    await updateRequest(transaction, request, { state, stage, ...(state === 'rejected' && ended) });
    if (state === 'approved') await enqueueRequest(transaction, request);
    return recordRequest(transaction, operation, request, {
      subject: { ...(reason !== null && { reason }), ...(principalId !== actor.userId && { onBehalfOf: principalId }) },
      before: { state: request.state, stage: request.stage },
      after: { state, stage },
      outcome: { requestId, state: state as DecisionOutcome['state'], approvals: approvals.length },
    });
  });
}

/** A request of the organization. @throws EngineError `request_not_found`. */
async function getRequest(
  { database }: ApprovalContext,
  organizationId: number,
  requestId: number,
): Promise<StoredRequest> {
  const request = await findRequest(database.prisma, organizationId, { id: requestId });
  if (!request) throw new EngineError('request_not_found', { requestId });
  return request;
}

/** What is wrong with a decision, and not with what is asked for. */
const OF_DECISIONS: ReadonlySet<string> = new Set([
  'request_not_pending',
  'own_request',
  'not_an_approver',
  'already_decided',
]);

/** The plan of now; a request whose operation is refused by now is out of date, and ends. */
async function considerAnew(
  context: ApprovalContext,
  request: StoredRequest,
  { actor, first }: Command & Required<Pick<Consideration, 'first'>>,
): Promise<ConsideredPlan> {
  const { kind, command, selfService, organizationId, requesterUserId } = request;
  const requester = { organizationId, userId: requesterUserId };
  try {
    return await considerAgain(context, { kind, command, selfService, requester, first });
  } catch (error) {
    if (!(error instanceof EngineError) || OF_DECISIONS.has(error.code)) throw error;
    await outdateRequest(context, { actor, key: randomUUID(), request, error });
    throw new EngineError('request_not_pending', { requestId: request.id, state: 'stale' });
  }
}

/**
 * Whose say somebody uses: their own, or that of an approver who delegated it to them.
 * @returns the approver whose say it is.
 * @throws EngineError `request_not_pending`, `own_request`, `reason_needed`, `not_an_approver`, `already_decided`.
 */
async function findSay(
  queryable: Transaction,
  request: StoredRequest,
  { actor: { userId }, decision }: DecideRequestCommand,
  { accounts, at }: { accounts: StageAccounts; at: Date },
): Promise<number> {
  const { organizationId, id: requestId, state, stage, policy, requesterUserId } = request;
  if (state !== 'pending') throw new EngineError('request_not_pending', { requestId, state });
  if (at >= request.expiresAt) throw new EngineError('request_not_pending', { requestId, state: 'expired' });
  if (userId === requesterUserId) throw new EngineError('own_request', {});
  if (decision.kind === 'reject' && decision.reason.trim() === '') throw new EngineError('reason_needed', {});
  const stages = { stages: policy.stages, accounts, without: requesterUserId };
  const approvers = (await selectStageApprovers(queryable, organizationId, stages))[stage - 1] ?? [];
  const delegated = await selectPrincipals(queryable, { organizationId, userId }, at);
  const may = new Set(approvers.map((each) => each.userId));
  const says = [userId, ...delegated].filter((principal) => may.has(principal));
  if (says.length === 0) throw new EngineError('not_an_approver', { requestId });
  const used = await selectApprovals(queryable, request);
  const free = says.find((principal) => !used.some(({ principalId }) => principalId === principal));
  if (free === undefined || used.some((each) => each.userId === userId)) {
    throw new EngineError('already_decided', { requestId });
  }
  return free;
}
