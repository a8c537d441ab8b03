import { z } from 'zod';
import { FormerEnds } from '../../persistence/assignmentEnds.ts';
import { findAuditRecord } from '../../persistence/audit.ts';
import { findPermission } from '../../persistence/catalog.ts';
import type { Queryable, Transaction } from '../../persistence/database.ts';
import { findOperation, type StoredOperation } from '../../persistence/operations.ts';
import { countHolders } from '../../persistence/packageHolders.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import { selectPassedOver, type UndoTarget, writeMembershipUndo, writeUndo } from '../../persistence/undoCells.ts';
import { findUndoObstacle } from '../../persistence/undoTerms.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { isUndoable, OPERATION_KINDS, type OperationKind } from '../core/operationKinds.ts';
import { parameterCodes } from '../core/parameter.ts';
import { EngineError } from '../errors.ts';
import { rememberForNotice } from './accessNotices.ts';
import { holdBrake } from './holdBrake.ts';
import { getParameter } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, requirePlan, runOperation } from './runOperation.ts';
import { type PackageChange, undoCreation, undoDetails, undoPermission, undoState } from './undoPackageChange.ts';

export interface UndoCommand extends Command {
  operationId: number;
  /** How long after an operation it can be undone. */
  limitMs: number;
  /** Hash of the preview that was confirmed. */
  planHash: string;
}

export interface UndoOutcome {
  rows: number;
  memberships: number;
  changed: number;
  /** People who have left and got nothing back. */
  left: number;
  [key: string]: number;
}

/** An operation that can be undone, looked up and judged. */
export interface UndoableOperation extends StoredOperation {
  kind: OperationKind;
}

/**
 * Takes an operation back, for a limited time: what it wrote and nobody has written since is as it was before; what has
 * changed since stays, and was named in the preview (DOMAIN 4, Undo). Nothing is given back to people who left. Needs
 * what the undone operation needed.
 * @throws EngineError `operation_not_found`, `not_undoable`, `undo_expired`, `nothing_to_undo`, `person_left` where it
 *   would only give something back to people who left, `plan_changed`, `brake`, and what {@link requireUndoOffered}
 *   refuses.
 */
export async function undoOperation(context: EngineContext, command: UndoCommand): Promise<OperationDone<UndoOutcome>> {
  const { organizationId } = command.actor;
  const queryable = context.within ?? context.database.prisma;
  const limit = { now: context.now(), limitMs: command.limitMs };
  const { kind, packageNumber } = await getUndoable(queryable, organizationId, command.operationId, limit);
  const { needs } = OPERATION_KINDS[kind];
  const operation = { kind: 'undo', needs, command, packageNumber, governedAs: kind } as const;
  const done = await runOperation(context, operation, async (transaction, { id, at }) => {
    const undone = await getUndoable(transaction, organizationId, command.operationId, limit);
    const target = undoTarget(organizationId, undone);
    await requireUndoOffered(transaction, target);
    const permissions = packageNumber === null ? 'any' : { packageNumber };
    // Nobody's row was written, and the access of every member given or suspended all the same
    const ofMembers = OPERATION_KINDS[kind].undo === 'state';
    const audiences = [{ operationId: command.operationId }];
    await rememberForNotice(context, transaction, { organizationId, audiences, permissions, at });
    const { hash, ...counts } = await writeUndo(transaction, target, id);
    const planHash = undoHash(command.operationId, hash);
    requirePlan(context, planHash, command.planHash);
    const people = await countLosing(transaction, organizationId, undone, counts);
    await holdBrake(context, transaction, command, { organizationId, packageNumber, people });
    const memberships =
      counts.memberships > 0
        ? await writeMembershipUndo(transaction, target, id, { ends: formerEnds(undone), now: at })
        : 0;
    const isPackageUndone = await undoPackage(transaction, organizationId, undone);
    if (counts.rows + memberships === 0 && !isPackageUndone) throw await nothingToUndo(transaction, target);
    const outcome = { rows: counts.rows, memberships, changed: counts.changed, left: counts.left };
    const audience = ofMembers ? 'members' : 'changed';
    const subject = { undone: undone.id, kind: undone.kind, package: undone.packageNumber };
    return {
      packageNumber: undone.packageNumber,
      planHash,
      snapshot: { ...subject, at: undone.at.toISOString() },
      outcome,
      audit: { subject, before: null, after: outcome },
      undone: undone.id,
      messages: ofMembers || counts.rows > 0 ? [{ kind: 'access_changed', payload: { audience } }] : [],
    };
  });
  if (!done.repeated && !context.within) refreshStatistics(context.database, done.outcome.rows);
  return done;
}

/** How many people have less after an undo: taking an enabling back suspends what the package gives. */
export function countLosing(
  queryable: Queryable,
  organizationId: number,
  { kind, packageNumber }: Pick<UndoableOperation, 'kind' | 'packageNumber'>,
  { losing }: { losing: number },
): Promise<number> | number {
  if (kind !== 'enable_package' || packageNumber === null) return losing;
  return countHolders(queryable, { organizationId, packageNumber });
}

/**
 * Why nothing is left to take back: all that there was to give back was of people who left, or it has changed since.
 */
async function nothingToUndo(transaction: Transaction, target: UndoTarget): Promise<EngineError> {
  const [left] = await selectPassedOver(transaction, target, 1);
  return left ? new EngineError('person_left', { user: left.userName }) : new EngineError('nothing_to_undo', {});
}

/**
 * An undo brings back nothing that the catalogue no longer has.
 * @throws EngineError `permission_retired`, `structure_retired`, `invalid_value`, `parameter_not_taken`.
 */
export async function requireUndoOffered(queryable: Queryable, target: UndoTarget): Promise<void> {
  const { organizationId } = target;
  const obstacle = await findUndoObstacle(queryable, target);
  if (!obstacle) return;
  const { permissionId, value, param, active } = obstacle;
  const permission = await findPermission(queryable, organizationId, permissionId);
  if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
  const retired = active && permission.retired;
  await getParameter(
    queryable,
    organizationId,
    { ...permission, retired },
    { value, structures: parameterCodes(param) },
  );
}

/** What a preview shows and a confirmation agrees to. */
export function undoHash(operationId: number, cells: string): string {
  return hashOf({ operationId, cells });
}

/**
 * An operation that can be undone now.
 * @throws EngineError `operation_not_found`, `not_undoable`, `undo_expired`.
 */
export async function getUndoable(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
  { now, limitMs }: { now: Date; limitMs: number },
): Promise<UndoableOperation> {
  const found = await findOperation(queryable, organizationId, { id: operationId });
  if (!found) throw new EngineError('operation_not_found', { operationId });
  const { kind } = found;
  if (!isUndoable(kind)) throw new EngineError('not_undoable', { kind });
  if (now.getTime() - found.at.getTime() > limitMs)
    throw new EngineError('undo_expired', { hours: limitMs / 3_600_000 });
  return { ...found, kind };
}

const Snapshot = z
  .object({ permissions: z.array(z.object({ id: z.number() })).default([]) })
  .catch({ permissions: [] });

const Ends = z.object({ formerEnds: FormerEnds.default([]) }).catch({ formerEnds: [] });

/** The ends that former memberships had before an assignment. */
function formerEnds({ snapshot }: UndoableOperation): FormerEnds {
  return Ends.parse(snapshot).formerEnds;
}

/** What of people's rows an operation has to be looked for. */
export function undoTarget(organizationId: number, operation: UndoableOperation): UndoTarget {
  const { id: operationId, packageNumber, kind, snapshot } = operation;
  return {
    ...{ organizationId, operationId, packageNumber },
    impliedPermissionIds: Snapshot.parse(snapshot).permissions.map(({ id }) => id),
    reason: kind === 'assign_package' ? 'unassignment' : 'removal',
  };
}

const About = z.object({ permissionId: z.number().nullable().default(null) }).catch({ permissionId: null });

/**
 * Undoes what the operation did to its package.
 * @returns false where it did nothing, or where that has changed since.
 */
async function undoPackage(
  transaction: Transaction,
  organizationId: number,
  { id, kind, packageNumber, snapshot }: UndoableOperation,
): Promise<boolean> {
  const { undo } = OPERATION_KINDS[kind];
  if (undo === 'cells' || packageNumber === null) return false;
  const record = await findAuditRecord(transaction, organizationId, id);
  const change: PackageChange = {
    ...{ organizationId, number: packageNumber, permissionId: About.parse(snapshot).permissionId },
    ...{ before: record?.before ?? null, after: record?.after ?? null },
  };
  switch (undo) {
    case 'removal':
    case 'permission':
      return undoPermission(transaction, change);
    case 'details':
      return undoDetails(transaction, change);
    case 'state':
      return undoState(transaction, change);
    case 'creation':
      return undoCreation(transaction, change);
    default:
      return undo satisfies never;
  }
}
