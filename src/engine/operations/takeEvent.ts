import type { Transaction } from '../../persistence/database.ts';
import { lockRequest, type StoredRequest } from '../../persistence/requests.ts';
import { afterEvent, type RequestEvent, type RequestStanding } from '../core/requestState.ts';
import { EngineError } from '../errors.ts';

/**
 * Locks a request that is still as it was found, and says where an event takes it.
 * @throws EngineError `request_not_found`, `request_not_pending`, `request_moved`.
 */
export async function takeEvent(
  transaction: Transaction,
  { organizationId, id: requestId, revision }: Pick<StoredRequest, 'organizationId' | 'id' | 'revision'>,
  event: RequestEvent,
): Promise<{ request: StoredRequest; next: RequestStanding }> {
  const request = await lockRequest(transaction, organizationId, requestId);
  if (!request) throw new EngineError('request_not_found', { requestId });
  const next = afterEvent(request, request.policy.stages, event);
  if (!next) throw new EngineError('request_not_pending', { requestId, state: request.state });
  if (request.revision !== revision) throw new EngineError('request_moved', { requestId });
  return { request, next };
}

/** Whether somebody decided, or another process looked after a request, in the same moment. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof EngineError && ['request_not_pending', 'request_moved'].includes(error.code);
}

/** Passes over that. @throws any other error. */
export function unlessOvertaken(error: unknown): void {
  if (!isOvertaken(error)) throw error;
}
