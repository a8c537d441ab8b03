import {
  type BurstCell,
  type BurstScope,
  type ClosedBurst,
  closeBursts,
  findBurst,
  markBurstTold,
  recordBursts,
  rememberBefore,
  selectBurstCells,
  settleBursts,
  answerBurst as writeAnswer,
} from '../../persistence/accessBursts.ts';
import type { Transaction } from '../../persistence/database.ts';
import { enqueueMessages, type OutboxMessage } from '../../persistence/outbox.ts';
import { findActor, findUser } from '../../persistence/users.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { holdersToTell } from './channelTroubles.ts';
import type { Delivery } from './deliveries.ts';
import type { EngineContext } from './operationFrame.ts';

export type { BurstCell };

/**
 * Remembers what people have before an operation changes it, so that they can be told what came of it. To be called under
 * the organization's lock, before anything is written. A rehearsal tells nobody.
 */
export async function rememberForNotice(
  context: EngineContext,
  transaction: Transaction,
  scope: BurstScope,
): Promise<void> {
  if (!context.rehearsing) await rememberBefore(transaction, scope);
}

const AUDIENCE_OF_MEMBERS = 'members';

/** Records whose access an operation changed, in its transaction. What it opened for others is taken away again. */
export async function recordNotices(
  transaction: Transaction,
  operation: { organizationId: number; operationId: number; at: Date; packageNumber: number | null },
  messages: readonly OutboxMessage[],
): Promise<void> {
  const { packageNumber, ...about } = operation;
  for (const { kind, payload } of messages) {
    if (kind !== 'access_changed') continue;
    const { audience } = payload as { audience?: string };
    const ofMembers = audience === AUDIENCE_OF_MEMBERS && packageNumber !== null;
    await recordBursts(transaction, { ...about, audience: ofMembers ? { membersOf: packageNumber } : 'changed' });
  }
  await settleBursts(transaction, operation.organizationId);
}

/** What came of one burst of changes, for telling the person. */
export interface AccessNotice extends ClosedBurst {
  /** What they have differently, net over the burst. */
  cells: BurstCell[];
}

/**
 * The next people whom an operation's message is to tell, in the order of their ids. A person whose access a later
 * operation changed too is left to that one's message, unless their burst has been going on since `openedBefore`. From
 * now on their bursts take no more changes.
 */
export async function nextNotices(
  { database: { prisma }, now }: EngineContext,
  { organizationId, operationId, progress }: Delivery,
  { openedBefore, limit }: { openedBefore: Date; limit: number },
): Promise<AccessNotice[]> {
  if (operationId === null) return [];
  return prisma.$transaction(async (transaction) => {
    const due = { organizationId, operationId, openedBefore, afterUserId: progress, limit };
    const closed = await closeBursts(transaction, due, now());
    const ids = closed.map(({ burstId }) => burstId);
    const cells = new Map(ids.map((id): [number, BurstCell[]] => [id, []]));
    for (const cell of await selectBurstCells(transaction, organizationId, ids)) cells.get(cell.burstId)?.push(cell);
    return closed.map((burst) => ({ ...burst, cells: cells.get(burst.burstId) ?? [] }));
  });
}

/** Remembers that somebody was told of a burst, or that there was nothing to tell. */
export function noticeTold(
  { database: { prisma }, now }: EngineContext,
  organizationId: number,
  burstId: number,
): Promise<void> {
  return markBurstTold(prisma, { organizationId, id: burstId }, now());
}

/** What came of a burst, as it was told; null where it is none, or too old. For the bot's own messages: not authorized here. */
export async function findNotice(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  burstId: number,
): Promise<(AccessNotice & { lastOperationId: number }) | null> {
  const burst = await findBurst(prisma, organizationId, burstId);
  return burst && { ...burst, cells: await selectBurstCells(prisma, organizationId, [burstId]) };
}

/**
 * Takes the answer of the person whose access was changed: whether it works now. Whoever is still blocked is brought to
 * the attention of somebody who can help, once: of who did the last of the changes, where they hold
 * `manage_permissions`, else of all who hold it. Only the first answer counts.
 * @throws EngineError `notice_gone` where the message is not theirs, or too old.
 */
export async function answerNotice(
  { database: { prisma }, now }: EngineContext,
  actor: Actor,
  burstId: number,
  answer: 'works' | 'blocked',
): Promise<void> {
  const { organizationId } = actor;
  await prisma.$transaction(async (transaction) => {
    const burst = await findBurst(transaction, organizationId, burstId);
    if (burst?.userId !== actor.userId) throw new EngineError('notice_gone', {});
    const isFirst = await writeAnswer(transaction, { organizationId, id: burstId }, answer, now());
    if (!isFirst || answer === 'works') return;
    const told = await helpers(transaction, organizationId, burst.lastOperationId);
    await enqueueMessages(
      transaction,
      { organizationId, operationId: null, at: now() },
      told.map((to) => ({ kind: 'access_blocked', payload: { to, burst: burstId } })),
    );
  });
}

/** Slack ids of those who can help with the access that an operation changed. */
async function helpers(transaction: Transaction, organizationId: number, operationId: number): Promise<string[]> {
  const where = { organizationId_id: { organizationId, id: operationId } };
  const operation = await transaction.operation.findUnique({ where });
  const userId = operation?.actorUserId ?? null;
  if (userId !== null) {
    const did = await findActor(transaction, organizationId, { userId });
    const person = await findUser(transaction, organizationId, { userId });
    if (did && mayDo(did, 'manage_permissions') && person?.slackUserId && !person.leftAt) return [person.slackUserId];
  }
  return holdersToTell(transaction, organizationId, 'manage_permissions');
}

/** Who somebody in Slack is, with what they may do at this moment; null where they are nobody of the organization. */
export function actorInSlack(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  slackUserId: string,
): Promise<Actor | null> {
  return findActor(prisma, organizationId, { slackUserId });
}
