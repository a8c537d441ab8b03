import {
  type BackgroundRef,
  type ReportTo,
  recordBackgroundOperation,
} from '../../persistence/backgroundOperations.ts';
import type { Transaction } from '../../persistence/database.ts';
import { enqueueJob } from '../../persistence/jobs.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import { findActor } from '../../persistence/users.ts';
import { mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { BACKGROUND_KINDS, type BackgroundCommand, type BackgroundKind } from './backgroundKinds.ts';
import type { ActorRef, EngineContext } from './runOperation.ts';

/** The queue's name of the task that does a background operation. */
export const BACKGROUND_TASK = 'background_operation';

/** Times that a job may be begun: errors are given up much sooner, the rest is for workers that died over it. */
const ATTEMPTS = 25;

/** A confirmed operation that somebody shall not have to wait for. */
export interface BackgroundRequest<K extends BackgroundKind> {
  kind: K;
  actor: ActorRef;
  /** The operation's key: however often it is confirmed, and whatever becomes of the worker, it happens once. */
  key: string;
  command: BackgroundCommand<K>;
  people: number;
  /** What it is about, as whoever confirmed it reads it. */
  subject: string;
  reportTo: ReportTo;
}

/**
 * Leaves a confirmed operation to a worker: the operation, its job and the message that tells of it are written
 * together, or none of them.
 * @returns false where the key was left to a worker before and has not failed.
 * @throws EngineError `not_allowed`.
 */
export function enqueueBackground<K extends BackgroundKind>(
  context: EngineContext,
  request: BackgroundRequest<K>,
): Promise<boolean> {
  return context.database.prisma.$transaction((transaction) =>
    enqueueBackgroundIn(transaction, context.now(), request),
  );
}

/** As {@link enqueueBackground}, in a transaction that decides other things too. */
export async function enqueueBackgroundIn<K extends BackgroundKind>(
  transaction: Transaction,
  at: Date,
  { kind, actor: { organizationId, userId }, key, command, people, subject, reportTo }: BackgroundRequest<K>,
): Promise<boolean> {
  const { needs } = BACKGROUND_KINDS[kind];
  // Refused at once rather than later; the operation itself asks again
  const actor = await findActor(transaction, organizationId, { userId });
  if (!actor || !mayDo(actor, needs)) throw new EngineError('not_allowed', { needs });
  const recorded = await recordBackgroundOperation(transaction, {
    ...{ organizationId, key, kind, command, actorUserId: userId, people, subject, reportTo, at },
  });
  if (!recorded) return false;
  await enqueueJob(transaction, {
    task: BACKGROUND_TASK,
    payload: { organizationId, key },
    key: `${BACKGROUND_TASK}:${organizationId}:${key}`,
    // The writers of one organization take turns anyway: waiting in the queue they keep no worker from the others
    queue: `organization:${organizationId}`,
    attempts: ATTEMPTS,
  });
  await tellProgress(transaction, { organizationId, key }, at);
  return true;
}

/** Has the state of a background operation told to whoever confirmed it, after the transaction. */
export function tellProgress(
  transaction: Transaction,
  { organizationId, key }: BackgroundRef,
  at: Date,
): Promise<void> {
  return enqueueMessages(transaction, { organizationId, operationId: null, at, series: key }, [
    { kind: 'background_progress', payload: { key } },
  ]);
}
