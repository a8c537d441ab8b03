import { randomUUID } from 'node:crypto';
import { selectAbandonedRequests } from '../../persistence/dueRequests.ts';
import { findOperation } from '../../persistence/operations.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { findRequest, type StoredRequest, updateRequest } from '../../persistence/requests.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import { EngineError } from '../errors.ts';
import { considerAgain } from './considerRequest.ts';
import { REQUEST_TASK, recordRequest, tellOfRequest } from './recordRequest.ts';
import { readRequestedCommand } from './requestableKinds.ts';
import { reviseRequest } from './reviseRequest.ts';
import { type ActorRef, type EngineContext, runOperation, runTogether } from './runOperation.ts';
import { isOvertaken, takeEvent, unlessOvertaken } from './takeEvent.ts';

/** Which request a worker is to do. */
export interface RequestRef {
  organizationId: number;
  requestId: number;
}

/** What the worker says of errors that nobody foresaw. */
export interface ApplyWatch {
  /** Whether such an error ends the attempt for good; else it is thrown, for another. */
  lastAttempt: boolean;
  /** Logs the error. @returns the reference that people are given. */
  report: (error: unknown) => string;
}

/**
 * Does what an approved request asked for, in the requester's name, and marks it as applied in the same transaction:
 * cut off anywhere, it is either done and known to be done, or neither. Does nothing where the request is not approved,
 * or where another worker is faster. Where the plan has moved since the last decision, nothing is applied and it asks
 * for new decisions; what is refused fails, and can be tried again.
 * @throws what nobody foresaw, unless it is the last attempt.
 */
export async function applyRequest(context: EngineContext, ref: RequestRef, watch: ApplyWatch): Promise<void> {
  const { organizationId, requestId } = ref;
  const found = await findRequest(context.database.prisma, organizationId, { id: requestId });
  if (found?.state !== 'approved') return;
  try {
    await applyOrAskAnew(context, found);
  } catch (error) {
    if (isOvertaken(error)) return;
    if (error instanceof EngineError) await fail(context, found, { code: error.code, details: error.details });
    else if (watch.lastAttempt) await fail(context, found, { reference: watch.report(error) });
    else throw error;
  }
}

/** Abandoned requests failed in one round. */
const ROUND = 20;

/** Fails approved requests that no worker will take up any more; they can be tried again. @returns how many. */
export async function failAbandonedRequests(context: EngineContext, report: ApplyWatch['report']): Promise<number> {
  const { prisma } = context.database;
  const abandoned = await selectAbandonedRequests(prisma, REQUEST_TASK, ROUND);
  for (const { organizationId, id } of abandoned) {
    const found = await findRequest(prisma, organizationId, { id });
    const died = new Error(`Every worker that began request ${id} of organization ${organizationId} died`);
    if (found?.state === 'approved') await fail(context, found, { reference: report(died) });
  }
  return abandoned.length;
}

async function applyOrAskAnew(context: EngineContext, found: StoredRequest): Promise<void> {
  try {
    await apply(context, found);
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'plan_changed')) throw error;
    return askAnew(context, found);
  }
  // Two rows a person are a fair guess, and it is about nothing but statistics
  refreshStatistics(context.database, found.people * 2);
}

function requesterOf({ organizationId, requesterUserId }: StoredRequest): ActorRef {
  return { organizationId, userId: requesterUserId };
}

async function apply(context: EngineContext, found: StoredRequest): Promise<void> {
  const { organizationId, id, kind, key, selfService, planHash } = found;
  const standing = { ...context, request: { id, selfService } };
  await runTogether(standing, async (together) => {
    const { within } = together;
    await lockOrganization(rawQueryOf(within), organizationId);
    const { request, next } = await takeEvent(within, found, { kind: 'apply' });
    const { run } = readRequestedCommand(kind, request.command);
    const { operationId } = await run(together, { actor: requesterOf(found), key });
    const operation = await findOperation(within, organizationId, { id: operationId });
    if (operation?.planHash !== planHash) throw new EngineError('plan_changed', {});
    const at = context.now();
    await updateRequest(within, request, { state: next.state, operationId, endedAt: at });
    await tellOfRequest(within, request, { id: operationId, at });
  });
}

/** The world moved between the last decision and now: the plan of now is put to the approvers. */
async function askAnew(context: EngineContext, request: StoredRequest): Promise<void> {
  const { kind, command, selfService } = request;
  const actor = requesterOf(request);
  const considered = await considerAgain(context, { kind, command, selfService, requester: actor });
  await reviseRequest(context, { actor, key: randomUUID(), request, considered });
}

async function fail(context: EngineContext, found: StoredRequest, error: object): Promise<void> {
  const command = { actor: requesterOf(found), key: randomUUID() };
  const head = { kind: 'fail_request', needs: [], command, byItself: true } as const;
  await runOperation(context, head, async (transaction, operation) => {
    const { request, next } = await takeEvent(transaction, found, { kind: 'fail' });
    await updateRequest(transaction, request, { state: next.state, error, endedAt: operation.at });
    return recordRequest(transaction, operation, request, {
      before: { state: request.state },
      after: { state: next.state, because: 'code' in error ? String(error.code) : 'unforeseen' },
      outcome: { requestId: request.id },
    });
  }).catch(unlessOvertaken);
}
