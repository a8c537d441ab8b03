import { findPolicy } from '../../persistence/approvalPolicies.ts';
import type { Transaction } from '../../persistence/database.ts';
import type { OutboxMessage } from '../../persistence/outbox.ts';
import { selectApprovals } from '../../persistence/requestDecisions.ts';
import { lockRequest } from '../../persistence/requests.ts';
import { policyOperationOf } from '../core/approvalPolicy.ts';
import type { Json } from '../core/canonicalJson.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext, Named, OperationHead } from './operationFrame.ts';

/** Why an operation may be done: who approved it, and what of that its records and messages say. */
interface Permit {
  approvedBy: readonly Named[];
  recorded: { [name: string]: Json };
  messages: OutboxMessage[];
}

const FREE: Permit = { approvedBy: [], recorded: {}, messages: [] };

/**
 * Asks the policies at the moment of the operation (DOMAIN 6): where one demands approval, the operation is refused
 * unless it is done for an approved request, or by a founder who breaks the glass. A rehearsal needs nobody's approval.
 * @throws EngineError `approval_needed`, `founders_only`, `reason_needed`, `request_not_pending`.
 */
export async function requirePermit(
  transaction: Transaction,
  { rehearsing, request }: EngineContext,
  { kind, governedAs = kind, packageNumber, command }: OperationHead,
  actor: Actor,
): Promise<Permit> {
  if (rehearsing) return FREE;
  if (request?.id) return permitOfRequest(transaction, actor, request.id, command.key);
  const operation = policyOperationOf(governedAs);
  if (operation === null) return FREE;
  if (packageNumber === undefined)
    throw new Error(`An operation of the kind ${kind} must name the package it is about`);
  const found = await findPolicy(transaction, actor.organizationId, packageNumber);
  if (!found?.policy.operations.includes(operation)) return FREE;
  if (command.breakGlass === undefined) throw new EngineError('approval_needed', { operation, packageNumber });
  return permitOfFounder(actor, command.breakGlass, packageNumber);
}

function permitOfFounder({ founder }: Actor, breakGlass: string, packageNumber: number | null): Permit {
  if (!founder) throw new EngineError('founders_only', {});
  const reason = breakGlass.trim();
  if (reason === '') throw new EngineError('reason_needed', {});
  const messages: OutboxMessage[] = [{ kind: 'break_glass', payload: { reason, packageNumber } }];
  return { approvedBy: [], recorded: { breakGlass: reason }, messages };
}

async function permitOfRequest(
  transaction: Transaction,
  { organizationId, userId }: Actor,
  requestId: number,
  key: string,
): Promise<Permit> {
  const request = await lockRequest(transaction, organizationId, requestId);
  const isIts = request?.state === 'approved' && request.key === key && request.requesterUserId === userId;
  if (!isIts) throw new EngineError('request_not_pending', { requestId, state: request?.state ?? 'cancelled' });
  const approvals = await selectApprovals(transaction, request);
  const approvedBy = approvals.map(({ code, name }) => ({ code, name }));
  return { approvedBy, recorded: { request: requestId, reason: request.reason, approvedBy }, messages: [] };
}
