import { latestOperationId } from '../../persistence/operations.ts';
import { type PackagePermission, selectPackagePermissions } from '../../persistence/packages.ts';
import { selectFacts } from '../../persistence/statuses.ts';
import {
  planSync,
  type SyncCell,
  type SyncFilter,
  type SyncPlan,
  type SyncScope,
  type SyncTally,
  selectSyncPage,
  tallySync,
} from '../../persistence/syncCells.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import { type CellChoices, type CellException, isSameCell } from '../core/cellChoices.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { classifyStatus } from '../core/status.ts';
import { EngineError } from '../errors.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';
import type { PermissionStatus } from './userDetails.ts';

export type { SyncFilter, SyncPlan, SyncTally };

/** What is synced, as the actor asks for it: a package, one permission of it, one member, or both. */
export interface SyncQuestion {
  number: number;
  permissionId: number | null;
  userId: number | null;
}

/** What a scope is about. */
export interface SyncSubject {
  package: PackageRecord;
  /** Null where every live permission is meant. */
  permission: PackagePermission | null;
  /** Null where every active member is meant. */
  person: Person | null;
}

/** One row of the sync page: the live status with why, and what is chosen; null where it cannot be synced. */
export interface SyncRow extends SyncCell, PermissionStatus {}

export interface SyncPageView extends SyncSubject {
  rows: SyncRow[];
  /** How many rows the filter shows. */
  total: number;
  tally: SyncTally[];
}

/**
 * One page of the members of a package, or of one of them, with their statuses and what is chosen (DOMAIN 4, Sync).
 * Needs `sync_packages`.
 * @throws EngineError `package_not_found`, `permission_not_in_package`, `user_not_found`.
 */
export async function syncPage(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  question: SyncQuestion,
  choices: CellChoices,
  { filter, ...page }: { filter: SyncFilter; offset: number; limit: number },
): Promise<SyncPageView> {
  requireMay(actor, 'sync_packages');
  const { organizationId } = actor;
  const scope = scopeOf(actor, question);
  const [{ permissions, ...subject }, { cells, total }, tally] = await Promise.all([
    loadSubject(prisma, actor, question),
    selectSyncPage(prisma, scope, choices, filter, page),
    tallySync(prisma, scope, choices),
  ]);
  const userIds = [...new Set(cells.map(({ userId }) => userId))];
  const facts = await selectFacts(prisma, organizationId, question.number, userIds, question.permissionId);
  const byCell = new Map(facts.map((cell) => [`${cell.userId}/${cell.permissionId}`, cell]));
  const byId = new Map(permissions.map((permission) => [permission.permissionId, permission]));
  const rows = cells.flatMap((cell): SyncRow[] => {
    const found = byCell.get(`${cell.userId}/${cell.permissionId}`);
    const permission = byId.get(cell.permissionId);
    if (!found || !permission) return [];
    return [{ ...cell, permission, facts: found.facts, status: classifyStatus(found.facts), changed: found.changed }];
  });
  return { ...subject, rows, total, tally };
}

/** Changed cells looked through at once; whoever decided more rows by hand than this one by one is patient. */
const MOST_CHANGED = 10_000;

/** The exceptions among some choices whose cell nobody has written since an operation. Needs `sync_packages`. */
export async function exceptionsStillTrue(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  question: SyncQuestion,
  choices: CellChoices,
  seenOperationId: number,
): Promise<CellException[]> {
  requireMay(actor, 'sync_packages');
  const filter = { kinds: null, text: '', changedSince: seenOperationId };
  const page = { offset: 0, limit: choices.exceptions.length === 0 ? 0 : MOST_CHANGED };
  const { cells } = await selectSyncPage(prisma, scopeOf(actor, question), choices, filter, page);
  return choices.exceptions.filter((each) => !cells.some((cell) => isSameCell(cell, each)));
}

/** What confirming the choices would do, and the moment that it was seen at. Needs `sync_packages`. */
export async function previewSync(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  question: SyncQuestion,
  choices: CellChoices,
): Promise<SyncSubject & { plan: SyncPlan; seenOperationId: number }> {
  requireMay(actor, 'sync_packages');
  const { permissions: _all, ...subject } = await loadSubject(prisma, actor, question);
  // Read first: what happens between the two is then told as having changed, and not missed
  const seenOperationId = await latestOperationId(prisma, actor.organizationId);
  return { ...subject, plan: await planSync(prisma, scopeOf(actor, question), choices), seenOperationId };
}

function scopeOf({ organizationId }: Actor, { number, permissionId, userId }: SyncQuestion): SyncScope {
  return { organizationId, packageNumber: number, permissionId, userId };
}

async function loadSubject(
  prisma: EngineContext['database']['prisma'],
  { organizationId }: Actor,
  { number, permissionId, userId }: SyncQuestion,
): Promise<SyncSubject & { permissions: PackagePermission[] }> {
  const pack = await getPackage(prisma, organizationId, number);
  const permissions = await selectPackagePermissions(prisma, organizationId, number);
  const permission = permissions.find((each) => each.permissionId === permissionId && each.live) ?? null;
  if (permissionId !== null && !permission) {
    throw new EngineError('permission_not_in_package', { permission: '?', number });
  }
  const person = userId === null ? null : await findUser(prisma, organizationId, { userId });
  if (userId !== null && !person) throw new EngineError('user_not_found', { wanted: '?' });
  return { package: pack, permission, person, permissions };
}
