import {
  type BackgroundEnd,
  type BackgroundRef,
  findBackgroundOperation,
  markEnded,
  markRunning,
  selectAbandoned,
} from '../../persistence/backgroundOperations.ts';
import { findOperation } from '../../persistence/operations.ts';
import type { Json } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { readBackgroundCommand } from './backgroundKinds.ts';
import { BACKGROUND_TASK, tellProgress } from './enqueueBackground.ts';
import type { EngineContext } from './runOperation.ts';

/** What the worker wants to know, and what it says of errors that nobody foresaw. */
export interface Watch {
  /** Called when the operation is marked as running, before it is done. */
  onBegun: () => void;
  /** Whether an unforeseen error ends the operation; else it is thrown, for another attempt. */
  lastAttempt: boolean;
  /** Logs the error. @returns the reference that people are given. */
  report: (error: unknown) => string;
}

/**
 * Does a background operation, or goes on with one that a worker left behind. It may be cut off anywhere: the operation
 * has its own key, so that a second attempt finds done what was done. A refusal of the engine ends it as failed.
 * @throws what nobody foresaw, unless it is the last attempt.
 */
export async function runBackground(context: EngineContext, ref: BackgroundRef, watch: Watch): Promise<void> {
  try {
    await begin(context, ref);
    const operation = await findBackgroundOperation(context.database.prisma, ref);
    if (operation?.state !== 'running') return;
    watch.onBegun();
    const { run } = readBackgroundCommand(operation.kind, operation.command);
    const actor = { organizationId: ref.organizationId, userId: operation.actorUserId };
    const done = await run(context, { actor, key: ref.key });
    await end(context, ref, { state: 'done', operationId: done.operationId, outcome: done.outcome });
  } catch (error) {
    if (error instanceof EngineError) {
      await endAsItStands(context, ref, () => ({ code: error.code, details: error.details as Json }));
    } else if (watch.lastAttempt) await endAsItStands(context, ref, () => ({ reference: watch.report(error) }));
    else throw error;
  }
}

/** Abandoned operations ended in one round. */
const ROUND = 20;

/** Ends operations that no worker will take up any more, and tells those who wait for them. @returns how many. */
export async function endAbandoned(context: EngineContext, report: (error: unknown) => string): Promise<number> {
  const abandoned = await selectAbandoned(context.database.prisma, BACKGROUND_TASK, ROUND);
  for (const ref of abandoned) {
    const died = new Error(`Every worker that began operation ${ref.key} died`);
    await endAsItStands(context, ref, () => ({ reference: report(died) }));
  }
  return abandoned.length;
}

async function begin({ database, now }: EngineContext, ref: BackgroundRef): Promise<void> {
  const at = now();
  await database.prisma.$transaction(async (transaction) => {
    if (await markRunning(transaction, ref, at)) await tellProgress(transaction, ref, at);
  });
}

async function end({ database, now }: EngineContext, ref: BackgroundRef, how: BackgroundEnd): Promise<void> {
  const at = now();
  await database.prisma.$transaction(async (transaction) => {
    if (await markEnded(transaction, ref, how, at)) await tellProgress(transaction, ref, at);
  });
}

/** Ends an operation by what became of it: the error may have come after the operation had been committed. */
async function endAsItStands(
  context: EngineContext,
  ref: BackgroundRef,
  reason: () => Extract<BackgroundEnd, { state: 'failed' }>['error'],
): Promise<void> {
  const { organizationId, key } = ref;
  const done = await findOperation(context.database.prisma, organizationId, { key });
  if (done) await end(context, ref, { state: 'done', operationId: done.id, outcome: done.outcome });
  else await end(context, ref, { state: 'failed', error: reason() });
}
