import { replaceRequestPeople, type StoredRequest, updateRequest } from '../../persistence/requests.ts';
import type { EngineError } from '../errors.ts';
import type { ConsideredPlan } from './considerRequest.ts';
import { recordRequest } from './recordRequest.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';
import { takeEvent } from './takeEvent.ts';

/** A request as it was found, and what came of looking at it again. */
interface About extends Command {
  request: StoredRequest;
}

type Revised = { requestId: number; revision: number };

/**
 * Gives a request the plan of now, as another revision: earlier decisions were about another plan and count no more.
 * Does nothing where somebody else has just done it.
 */
export function reviseRequest(
  context: EngineContext,
  { considered, request: found, ...command }: About & { considered: ConsideredPlan },
): Promise<OperationDone<Revised>> {
  const { planHash, plan, userIds } = considered;
  return runOperation<Revised>(
    context,
    { kind: 'revise_request', needs: [], command },
    async (transaction, operation) => {
      const { request, next } = await takeEvent(transaction, found, { kind: 'move' });
      const { state, stage, revision } = next;
      await replaceRequestPeople(transaction, request, userIds);
      const replaced = { ...plan, was: request.plan.access };
      const people = userIds.length;
      await updateRequest(transaction, request, { state, stage, revision, plan: replaced, planHash, people });
      return recordRequest(transaction, operation, request, {
        before: { plan: request.planHash, revision: request.revision },
        after: { plan: planHash, revision },
        outcome: { requestId: request.id, revision },
      });
    },
  );
}

/** Ends a request whose operation is no longer possible, keeping why. */
export function outdateRequest(
  context: EngineContext,
  { error, request: found, ...command }: About & { error: EngineError },
): Promise<OperationDone<Revised>> {
  return runOperation<Revised>(
    context,
    { kind: 'outdate_request', needs: [], command },
    async (transaction, operation) => {
      const { request, next } = await takeEvent(transaction, found, { kind: 'outdate' });
      const refusal = { code: error.code, details: error.details };
      await updateRequest(transaction, request, { state: next.state, endedAt: operation.at, error: refusal });
      return recordRequest(transaction, operation, request, {
        before: { state: request.state },
        after: { state: next.state, because: error.code },
        outcome: { requestId: request.id, revision: request.revision },
      });
    },
  );
}
