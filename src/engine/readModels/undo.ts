import { z } from 'zod';
import { selectOperations } from '../../persistence/operations.ts';
import {
  type ChangedSince,
  countUndo,
  type PassedOver,
  selectChangedSince,
  selectPassedOver,
  type UndoCounts,
} from '../../persistence/undoCells.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { mayDo } from '../core/metaPermissions.ts';
import { OPERATION_KINDS, type OperationKind, UNDOABLE_KINDS } from '../core/operationKinds.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { countLosing, getUndoable, requireUndoOffered, undoHash, undoTarget } from '../operations/undoOperation.ts';
import { requireMay } from './requireMay.ts';

export type { ChangedSince };

/** Changed cells, and people who left, that a preview names; the rest are counted. */
const NAMED = 10;

/** An operation as lists name it. */
export interface RecentOperation {
  operationId: number;
  kind: OperationKind;
  at: Date;
  by: string | null;
  packageNumber: number | null;
  packageName: string | null;
  /** People whose rows or membership it changed. */
  people: number;
  /** The one of them, where it was one only. */
  person: { code: string; name: string } | null;
}

const Kind = z.enum(UNDOABLE_KINDS as [OperationKind, ...OperationKind[]]);

/** The latest operations that the actor may undo and that are recent enough, newest first. */
export async function recentOperations(
  { database: { prisma }, now }: EngineContext,
  actor: Actor,
  { limitMs, offset, limit }: { limitMs: number; offset: number; limit: number },
): Promise<{ operations: RecentOperation[]; total: number }> {
  requireMay(actor, 'view');
  const kinds = UNDOABLE_KINDS.filter((kind) => mayDo(actor, OPERATION_KINDS[kind].needs));
  const since = new Date(now().getTime() - limitMs);
  const found = await selectOperations(prisma, actor.organizationId, { kinds, since, offset, limit });
  return {
    total: found.total,
    operations: found.operations.map(({ id, kind, ...operation }) => ({
      ...operation,
      operationId: id,
      kind: Kind.parse(kind),
    })),
  };
}

/** What undoing an operation would do, and what it would leave: what has changed since, and people who have left. */
export interface UndoPreview {
  operation: RecentOperation;
  counts: UndoCounts;
  /** People who have less of something afterwards. */
  losing: number;
  changed: ChangedSince[];
  left: PassedOver[];
  planHash: string;
}

/**
 * The confirmation of an undo. Needs what the operation needed.
 * @throws EngineError `operation_not_found`, `not_undoable`, `undo_expired`, `not_allowed`, and what
 *   `requireUndoOffered` refuses.
 */
export async function previewUndo(
  { database: { prisma }, now }: EngineContext,
  actor: Actor,
  operationId: number,
  limitMs: number,
): Promise<UndoPreview> {
  const { organizationId } = actor;
  const found = await getUndoable(prisma, organizationId, operationId, { now: now(), limitMs });
  requireMay(actor, OPERATION_KINDS[found.kind].needs);
  const target = undoTarget(organizationId, found);
  await requireUndoOffered(prisma, target);
  const counts = await countUndo(prisma, target);
  const changed = counts.changed > 0 ? await selectChangedSince(prisma, target, NAMED) : [];
  const left = counts.left > 0 ? await selectPassedOver(prisma, target, NAMED) : [];
  const wanted = { kinds: [found.kind], since: found.at, offset: 0, limit: 1, id: operationId };
  const [listed] = (await selectOperations(prisma, organizationId, wanted)).operations;
  const operation = {
    ...{ operationId, kind: found.kind, at: found.at, packageNumber: found.packageNumber },
    ...{ by: listed?.by ?? null, packageName: listed?.packageName ?? null },
    ...{ people: listed?.people ?? 0, person: listed?.person ?? null },
  };
  const losing = await countLosing(prisma, organizationId, found, counts);
  return { operation, counts, losing, changed, left, planHash: undoHash(operationId, counts.hash) };
}
