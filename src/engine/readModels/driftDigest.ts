import type { Queryable } from '../../persistence/database.ts';
import { findDriftChannels, findDriftSnooze } from '../../persistence/drift/driftChannels.ts';
import { countNews, type NewsCell, type NewsCount, selectNews } from '../../persistence/drift/driftNews.ts';
import { selectStatuses } from '../../persistence/statuses.ts';
import type { StatusKind } from '../core/statusTable.ts';
import { dayIn, startOfDay } from '../core/zonedDay.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { type Organization, organizationById } from './organizations.ts';
import { driftOfPackage, type PackageDrift } from './packageDrift.ts';

export type { NewsCount };

/** News told one by one. */
const TOLD = 20;

/** One cell that is news, with its status where it still differs. */
export type ToldCell = NewsCell & { status: StatusKind | null };

/** What is told of a package's drift on one day. */
export interface DriftDigest {
  organization: Organization;
  /** In the organization's time zone. */
  day: string;
  channel: string;
  /** Until when nothing new is told; null: it is told. */
  snoozedUntil: Date | null;
  drift: PackageDrift;
  /** What is otherwise than when the day, or a snooze that ended on it, began. */
  news: NewsCount[];
  first: ToldCell[];
}

/**
 * How a package's drift stands now, for the message of the day; null where there is no channel for it, or no package
 * any more. For messages of the program itself: not authorized here.
 */
export async function driftDigest(
  engine: EngineContext,
  { organizationId, number }: { organizationId: number; number: number },
): Promise<DriftDigest | null> {
  const { prisma } = engine.database;
  const channels = await findDriftChannels(prisma, organizationId, number);
  const channel = channels.package ?? channels.organization;
  if (channel === null) return null;
  const now = engine.now();
  const organization = await organizationById(engine, organizationId);
  const day = dayIn(now, organization.timeZone);
  const begun = startOfDay(day, organization.timeZone);
  const snooze = await findDriftSnooze(prisma, organizationId, number);
  const isSnoozed = snooze !== null && snooze.until > now;
  const since = snooze !== null && !isSnoozed && snooze.until >= begun && snooze.since < begun ? snooze.since : begun;
  const scope = { organizationId, packageNumber: number, since };
  const drift = await findDrift(engine, organizationId, number);
  if (!drift) return null;
  const first = await selectNews(prisma, scope, TOLD);
  return {
    ...{ organization, day, channel, snoozedUntil: isSnoozed ? snooze.until : null, drift },
    ...{ news: await countNews(prisma, scope), first: await withStatus(prisma, organizationId, number, first) },
  };
}

/** Cells as they are now; those that are resolved have nothing more to tell. */
async function withStatus(
  queryable: Queryable,
  organizationId: number,
  number: number,
  cells: readonly NewsCell[],
): Promise<ToldCell[]> {
  const differing = cells.filter(({ kind }) => kind !== 'resolved');
  const userIds = [...new Set(differing.map(({ userId }) => userId))];
  const statuses = userIds.length === 0 ? [] : await selectStatuses(queryable, organizationId, number, userIds);
  return cells.map((cell) => {
    const status = statuses.find(
      ({ userId, permissionId }) => cell.userId === userId && cell.permissionId === permissionId,
    );
    return { ...cell, status: cell.kind === 'resolved' ? null : (status?.kind ?? null) };
  });
}

async function findDrift(engine: EngineContext, organizationId: number, number: number): Promise<PackageDrift | null> {
  try {
    return await driftOfPackage(engine, organizationId, number);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'package_not_found') return null;
    throw error;
  }
}
