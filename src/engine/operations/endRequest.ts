import { randomUUID } from 'node:crypto';
import { selectDueRequests } from '../../persistence/dueRequests.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import { findRequest, lockRequest, type StoredRequest, updateRequest } from '../../persistence/requests.ts';
import { mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { enqueueRequest, recordRequest } from './recordRequest.ts';
import { type Command, type EngineContext, type OperationDone, runOperation, runTogether } from './runOperation.ts';
import { takeEvent, unlessOvertaken } from './takeEvent.ts';

type Ended = { requestId: number };

/**
 * Takes a request back. The requester may, and whoever may administer.
 * @throws EngineError `request_not_found`, `request_not_pending`, `not_allowed`.
 */
export async function cancelRequest(
  context: EngineContext,
  { requestId, ...command }: Command & { requestId: number },
): Promise<OperationDone<Ended>> {
  const found = await getRequest(context, command, requestId);
  return runOperation<Ended>(
    context,
    { kind: 'cancel_request', needs: [], command },
    async (transaction, operation) => {
      const { actor, at } = operation;
      const isOwn = actor.userId === found.requesterUserId;
      if (!isOwn && !mayDo(actor, 'administer')) throw new EngineError('not_allowed', { needs: 'administer' });
      const current = await lockRequest(transaction, actor.organizationId, requestId);
      const { request, next } = await takeEvent(transaction, current ?? found, { kind: 'cancel' });
      await updateRequest(transaction, request, { state: next.state, endedAt: at, endedBy: actor.userId });
      return recordRequest(transaction, operation, request, {
        ...{ before: { state: request.state }, after: { state: next.state }, outcome: { requestId } },
      });
    },
  );
}

/**
 * Tries an approved request again that failed. The requester may, and whoever may administer.
 * @throws EngineError `request_not_found`, `request_not_pending`, `not_allowed`.
 */
export async function retryRequest(
  context: EngineContext,
  { requestId, ...command }: Command & { requestId: number },
): Promise<OperationDone<Ended>> {
  const found = await getRequest(context, command, requestId);
  return runOperation<Ended>(context, { kind: 'retry_request', needs: [], command }, async (transaction, operation) => {
    const { actor } = operation;
    const isOwn = actor.userId === found.requesterUserId;
    if (!isOwn && !mayDo(actor, 'administer')) throw new EngineError('not_allowed', { needs: 'administer' });
    const { request, next } = await takeEvent(transaction, found, { kind: 'retry' });
    await updateRequest(transaction, request, { state: next.state, endedAt: null });
    await enqueueRequest(transaction, request);
    return recordRequest(transaction, operation, request, {
      ...{ before: { state: request.state }, after: { state: next.state }, outcome: { requestId } },
    });
  });
}

/** Requests looked after in one round. */
const ROUND = 50;

/**
 * Ends requests whose time is over, and reminds of those that wait. What goes wrong with one is reported, and keeps
 * nothing from the others. @returns how many it looked after.
 */
export async function tendRequests(context: EngineContext, report: (error: unknown) => unknown): Promise<number> {
  const due = await selectDueRequests(context.database.prisma, context.now(), ROUND);
  let tended = 0;
  for (const { organizationId, id, expired } of due) {
    try {
      const found = await findRequest(context.database.prisma, organizationId, { id });
      if (found) await (expired ? expire(context, found) : remind(context, found));
      tended++;
    } catch (error) {
      report(error);
    }
  }
  return tended;
}

async function expire(context: EngineContext, found: StoredRequest): Promise<void> {
  const { organizationId, requesterUserId: userId, id: requestId } = found;
  const command = { actor: { organizationId, userId }, key: randomUUID() };
  await runOperation(
    context,
    { kind: 'expire_request', needs: [], command, byItself: true },
    async (transaction, operation) => {
      const { request, next } = await takeEvent(transaction, found, { kind: 'expire' });
      await updateRequest(transaction, request, { state: next.state, endedAt: operation.at });
      return recordRequest(transaction, operation, request, {
        ...{ before: { state: request.state }, after: { state: next.state }, outcome: { requestId } },
      });
    },
  ).catch(unlessOvertaken);
}

/** Reminds once. */
async function remind(context: EngineContext, { organizationId, id, key }: StoredRequest): Promise<void> {
  await runTogether(context, async ({ within }) => {
    const request = await lockRequest(within, organizationId, id);
    if (request?.state !== 'pending' || request.remindAt === null) return;
    await updateRequest(within, request, { remindAt: null });
    await enqueueMessages(within, { organizationId, operationId: null, at: context.now(), series: key }, [
      { kind: 'request_reminder', payload: { requestId: id } },
    ]);
  });
}

async function getRequest({ database }: EngineContext, { actor }: Command, requestId: number): Promise<StoredRequest> {
  const request = await findRequest(database.prisma, actor.organizationId, { id: requestId });
  if (!request) throw new EngineError('request_not_found', { requestId });
  return request;
}
