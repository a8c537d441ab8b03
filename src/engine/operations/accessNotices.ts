import {
  type BurstCell,
  type BurstScope,
  type ClosedBurst,
  closeBursts,
  type DueBursts,
  findBurst,
  markBurstTold,
  recordBursts,
  rememberBefore,
  selectBurstCells,
  selectConcerned,
  settleBursts,
  answerBurst as writeAnswer,
} from '../../persistence/accessBursts.ts';
import type { Transaction } from '../../persistence/database.ts';
import { leaveHistoryUnread, markHistoryRead, readHistories } from '../../persistence/historyBursts.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { enqueueMessages, type OutboxMessage } from '../../persistence/outbox.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { findActor, findUser } from '../../persistence/users.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import type { RecordedKind } from '../core/recordedKinds.ts';
import { isToldByHistory, leavesAccessAlone } from '../core/toldByHistory.ts';
import { EngineError } from '../errors.ts';
import { holdersToTell } from './channelTroubles.ts';
import type { Delivery } from './deliveries.ts';
import type { EngineContext, OperationHead } from './operationFrame.ts';

export type { BurstCell };

/**
 * Begins every operation, before it writes anything. One of which the history does not say what it changed may change what
 * decides about access: then what earlier ones did is read out of theirs first. A rehearsal tells nobody.
 */
export async function prepareNotices(
  { rehearsing }: EngineContext,
  transaction: Transaction,
  { kind, command: { actor } }: OperationHead,
): Promise<void> {
  if (rehearsing || isToldByHistory(kind) || leavesAccessAlone(kind)) return;
  await readHistories(rawQueryOf(transaction), actor.organizationId, 'everybody');
}

/**
 * Remembers what people have before an operation changes it, so that they can be told what came of it: for those that are
 * not told by their history. To be called under the organization's lock, before anything is written. A rehearsal tells
 * nobody.
 */
export async function rememberForNotice(
  context: EngineContext,
  transaction: Transaction,
  scope: BurstScope,
): Promise<void> {
  if (!context.rehearsing) await rememberBefore(transaction, scope);
}

const AUDIENCE_OF_MEMBERS = 'members';

/** An operation as its notices know it. */
interface NoticedOperation {
  organizationId: number;
  operationId: number;
  at: Date;
  packageNumber: number | null;
}

/** Ends every operation: records whose access it changed, in its transaction, or leaves that to its history. */
export async function finishNotices(
  transaction: Transaction,
  { kind, ...operation }: NoticedOperation & { kind: RecordedKind },
  messages: readonly OutboxMessage[],
): Promise<void> {
  if (!isToldByHistory(kind)) await recordNotices(transaction, operation, messages);
  else if (messages.some((message) => message.kind === 'access_changed')) {
    await leaveHistoryUnread(transaction, operation.organizationId, operation.operationId);
  }
}

/** Records whose access an operation changed, in its transaction. What it opened for others is taken away again. */
export async function recordNotices(
  transaction: Transaction,
  { packageNumber, ...about }: NoticedOperation,
  messages: readonly OutboxMessage[],
): Promise<void> {
  for (const { kind, payload } of messages) {
    if (kind !== 'access_changed') continue;
    const { audience } = payload as { audience?: string };
    const ofMembers = audience === AUDIENCE_OF_MEMBERS && packageNumber !== null;
    await recordBursts(transaction, { ...about, audience: ofMembers ? { membersOf: packageNumber } : 'changed' });
  }
  await settleBursts(transaction, about.organizationId);
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
  context: EngineContext,
  { organizationId, operationId, progress }: Delivery,
  { openedBefore, limit }: { openedBefore: Date; limit: number },
): Promise<AccessNotice[]> {
  if (operationId === null) return [];
  const due = { organizationId, operationId, openedBefore };
  const { prisma } = context.database;
  let afterUserId = progress;
  for (;;) {
    const people = await selectConcerned(prisma, due, { afterUserId, limit });
    const last = people.at(-1);
    if (last === undefined) break;
    const notices = await prisma.$transaction(
      (transaction) => closeNotices(context, transaction, due, people),
      PATIENT,
    );
    if (notices.length > 0) return notices;
    afterUserId = last;
  }
  await markHistoryRead(prisma, organizationId, operationId);
  return [];
}

/** An operation under way may be a large one. */
const PATIENT = { maxWait: 30_000, timeout: 300_000 };

/** Under the organization's lock, so that no operation changes anything between what is known of it and what it did. */
async function closeNotices(
  { now }: EngineContext,
  transaction: Transaction,
  due: DueBursts,
  people: readonly number[],
): Promise<AccessNotice[]> {
  const { organizationId } = due;
  const query = rawQueryOf(transaction);
  await lockOrganization(query, organizationId);
  await readHistories(query, organizationId, people);
  const closed = await closeBursts(transaction, due, people, now());
  const ids = closed.map(({ burstId }) => burstId);
  const cells = new Map(ids.map((id): [number, BurstCell[]] => [id, []]));
  for (const cell of await selectBurstCells(transaction, organizationId, ids)) cells.get(cell.burstId)?.push(cell);
  return closed.map((burst) => ({ ...burst, cells: cells.get(burst.burstId) ?? [] }));
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

/** Leaves somebody who is still blocked to all who can help now: whoever was to be told of it no longer may. */
export async function passBlockedOn(
  { database: { prisma }, now }: EngineContext,
  organizationId: number,
  burstId: number,
): Promise<void> {
  const told = await holdersToTell(prisma, organizationId, 'manage_permissions');
  await enqueueMessages(
    prisma,
    { organizationId, operationId: null, at: now() },
    told.map((to) => ({ kind: 'access_blocked', payload: { to, burst: burstId } })),
  );
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
