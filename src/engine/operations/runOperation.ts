import { setTimeout as delay } from 'node:timers/promises';
import { appendAudit } from '../../persistence/audit.ts';
import type { Transaction } from '../../persistence/database.ts';
import { markDrift } from '../../persistence/drift/driftMarks.ts';
import { claimOperation, completeOperation, findOperation } from '../../persistence/operations.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import { type RawQuery, rawQueryOf } from '../../persistence/rawQuery.ts';
import { openSavepoint, returnToSavepoint } from '../../persistence/savepoint.ts';
import { findActor } from '../../persistence/users.ts';
import type { Json } from '../core/canonicalJson.ts';
import { driftEffect } from '../core/driftEffect.ts';
import { type Actor, type MetaPermission, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { finishNotices, prepareNotices } from './accessNotices.ts';
import type {
  ActorRef,
  EngineContext,
  OperationDone,
  OperationEffect,
  OperationHead,
  Together,
  Underway,
} from './operationFrame.ts';
import { requirePermit } from './requirePermit.ts';

export type * from './operationFrame.ts';

type Body<Outcome extends Json> = (transaction: Transaction, operation: Underway) => Promise<OperationEffect<Outcome>>;

/**
 * The frame of every operation: one transaction that takes the organization's lock, authorizes the actor, claims the
 * key, asks the policies, runs `body`, and records outcome, audit and outbox messages. All or nothing; deadlocks and
 * serialization failures are tried again.
 * @throws EngineError `not_allowed`, `approval_needed`, or what `body` refuses.
 */
export async function runOperation<Outcome extends Json>(
  context: EngineContext,
  head: OperationHead,
  body: Body<Outcome>,
): Promise<OperationDone<Outcome>> {
  const { kind, needs, command } = head;
  const { organizationId, userId } = command.actor;
  const perform = async (transaction: Transaction) => {
    const query = rawQueryOf(transaction);
    await lockOrganization(query, organizationId);
    const actor = await authorize(transaction, command.actor, context.request?.selfService ? [] : [needs].flat());
    const at = context.now();
    const id = await claimOperation(transaction, {
      organizationId,
      key: command.key,
      kind,
      actorUserId: head.byItself ? null : userId,
      at,
    });
    if (id === null) return repeatedOutcome<Outcome>(transaction, organizationId, command.key);
    const permit = await requirePermit(transaction, context, head, actor);
    await prepareNotices(context, transaction, head);
    const effect = await body(transaction, { id, actor, at, approvedBy: permit.approvedBy });
    await completeOperation(transaction, organizationId, id, effect);
    const { subject, before, after } = effect.audit;
    await appendAudit(query, {
      ...{ organizationId, operationId: id, at, action: kind, planHash: effect.planHash, before, after },
      subject: { ...subject, ...permit.recorded, ...(command.pastBrake && { pastBrake: true }) },
      actor: head.byItself ? null : { code: actor.code, name: actor.name },
    });
    const messages = [...effect.messages, ...permit.messages];
    const { packageNumber } = effect;
    await finishNotices(transaction, { organizationId, operationId: id, kind, at, packageNumber }, messages);
    await enqueueMessages(transaction, { organizationId, operationId: id, at }, messages);
    if (!context.rehearsing) await noteDrift(query, head, id, effect);
    return { operationId: id, outcome: effect.outcome, repeated: false };
  };
  return context.within ? perform(context.within) : inTransaction(context, perform);
}

/** Runs operations that stand or fall together: in one transaction, tried again as a whole after a conflict. */
export function runTogether<T>(context: EngineContext, work: (context: Together) => Promise<T>): Promise<T> {
  return inTransaction(context, (transaction) => work({ ...context, within: transaction }));
}

/**
 * Runs operations to see what they would do, and takes everything back: the most exact preview there is, since it is
 * the thing itself. Within a transaction that is under way, what that did before stays.
 */
export async function rehearse<T>(context: EngineContext, work: (context: Together) => Promise<T>): Promise<T> {
  const { within } = context;
  if (within) {
    await openSavepoint(within);
    try {
      return await work({ ...context, within, rehearsing: true });
    } finally {
      await returnToSavepoint(within);
    }
  }
  const seen: T[] = [];
  const rollback = new Error('Taken back');
  try {
    await runTogether({ ...context, rehearsing: true }, async (within) => {
      seen.splice(0, seen.length, await work(within));
      throw rollback;
    });
  } catch (error) {
    if (error !== rollback) throw error;
  }
  return seen[0] as T;
}

/**
 * Holds an operation to the plan that was confirmed. One that is done or rehearsed for a request is held to the
 * request's plan, by whoever does it for that.
 * @throws EngineError `plan_changed`.
 */
export function requirePlan({ request }: EngineContext, planHash: string, confirmed: string): void {
  if (!request && planHash !== confirmed) throw new EngineError('plan_changed', {});
}

/** Marks what may have drifted by it, for a worker to look at after the commit. */
async function noteDrift(
  query: RawQuery,
  { kind, governedAs, command: { actor } }: OperationHead,
  operationId: number,
  { packageNumber, undone }: OperationEffect<Json>,
): Promise<void> {
  const { organizationId } = actor;
  const moved = driftEffect(governedAs ?? kind);
  if (moved === 'nowhere') return;
  await markDrift(query, { organizationId, operationId, packageNumber: moved === 'package' ? packageNumber : null });
  if (undone !== undefined) await markDrift(query, { organizationId, operationId: undone, packageNumber: null });
}

function inTransaction<T>(context: EngineContext, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return retryConflicts(() => context.database.prisma.$transaction(work, { maxWait: 30_000, timeout: 300_000 }));
}

async function authorize(
  transaction: Transaction,
  { organizationId, userId }: ActorRef,
  needed: readonly MetaPermission[],
): Promise<Actor> {
  const actor = await findActor(transaction, organizationId, { userId });
  const missing = needed.find((needs) => !actor || !mayDo(actor, needs));
  if (!actor || missing) throw new EngineError('not_allowed', { needs: missing ?? 'view' });
  return actor;
}

async function repeatedOutcome<Outcome>(
  transaction: Transaction,
  organizationId: number,
  key: string,
): Promise<OperationDone<Outcome>> {
  const done = await findOperation(transaction, organizationId, { key });
  if (!done) throw new EngineError('draft_lost', {});
  // The outcome was written by this program under the same kind and key
  return { operationId: done.id, outcome: done.outcome as Outcome, repeated: true };
}

const RETRIES = 5;

/** Deadlock (40P01) and serialization failure (40001), as PostgreSQL's driver or Prisma reports them. */
function isConflict(error: unknown): boolean {
  const text = error instanceof Error ? `${(error as { code?: string }).code} ${error.message}` : '';
  return /\b(40P01|40001|P2034)\b/.test(text);
}

async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= RETRIES || !isConflict(error)) throw error;
      await delay(20 * 2 ** tried * (0.5 + Math.random()));
    }
  }
}
