import { z } from 'zod';
import { Prisma, type Queryable } from '../database.ts';
import { idArray } from '../idArray.ts';
import type { DriftChange } from './driftState.ts';

/** A full scan that has ended. */
export interface DriftScan {
  startedAt: Date;
  endedAt: Date;
  /** Cells that had drifted. */
  cells: number;
  /** Cells that were not as the running state said, without any operation having announced it. */
  corrected: number;
}

/** The organization's latest full scan; null where it has had none. */
export async function findLastDriftScan(queryable: Queryable, organizationId: number): Promise<DriftScan | null> {
  return queryable.driftScan.findFirst({ where: { organizationId }, orderBy: { id: 'desc' } });
}

/** Remembers a full scan. */
export async function insertDriftScan(queryable: Queryable, organizationId: number, scan: DriftScan): Promise<void> {
  await queryable.driftScan.create({ data: { organizationId, ...scan } });
}

/** Drifted cells of an organization, as written down. */
export function countDriftCells(queryable: Queryable, organizationId: number): Promise<number> {
  return queryable.driftCell.count({ where: { organizationId } });
}

/** Remembers how much drift every package with any, now or before, has on this day of the organization. */
export async function writeDriftDays(queryable: Queryable, organizationId: number, at: Date): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO drift_days AS d (organization_id, package_number, day, cells, people)
    SELECT o.id, k.package_number, ${dayOf(at)}, coalesce(counted.cells, 0), coalesce(counted.people, 0)
    FROM organizations o
    CROSS JOIN (
      SELECT package_number FROM drift_cells WHERE organization_id = ${organizationId}::int
      UNION
      SELECT package_number FROM drift_days WHERE organization_id = ${organizationId}::int
    ) k
    LEFT JOIN (
      SELECT package_number, count(*)::int AS cells, count(DISTINCT user_id)::int AS people
      FROM drift_cells WHERE organization_id = ${organizationId}::int GROUP BY package_number
    ) counted USING (package_number)
    WHERE o.id = ${organizationId}::int
    ORDER BY k.package_number
    ON CONFLICT (organization_id, package_number, day) DO UPDATE SET cells = EXCLUDED.cells, people = EXCLUDED.people`;
}

/** Adds what changed to this day's number, which begins as the last one known: nothing is counted anew. */
export async function advanceDriftDays(
  queryable: Queryable,
  organizationId: number,
  at: Date,
  changes: readonly DriftChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const column = (of: 'packageNumber' | 'moreCells' | 'morePeople') => idArray(changes.map((change) => change[of]));
  await queryable.$executeRaw`
    INSERT INTO drift_days AS d (organization_id, package_number, day, cells, people)
    SELECT o.id, more.package_number, ${dayOf(at)}, coalesce(last.cells, 0) + more.cells,
           coalesce(last.people, 0) + more.people
    FROM organizations o
    CROSS JOIN (
      SELECT package_number, sum(cells)::int AS cells, sum(people)::int AS people
      FROM unnest(${column('packageNumber')}, ${column('moreCells')}, ${column('morePeople')})
        AS one(package_number, cells, people)
      GROUP BY package_number
    ) more
    LEFT JOIN LATERAL (
      SELECT cells, people FROM drift_days known
      WHERE known.organization_id = o.id AND known.package_number = more.package_number AND known.day <= ${dayOf(at)}
      ORDER BY known.day DESC LIMIT 1
    ) last ON true
    WHERE o.id = ${organizationId}::int
    ORDER BY more.package_number
    ON CONFLICT (organization_id, package_number, day) DO UPDATE SET cells = EXCLUDED.cells, people = EXCLUDED.people`;
}

/** The day of a moment in the organization `o`. */
function dayOf(at: Date): Prisma.Sql {
  return Prisma.sql`to_char(${at}::timestamptz AT TIME ZONE o.time_zone, 'YYYY-MM-DD')`;
}

const Day = z.object({ day: z.string(), cells: z.number(), people: z.number() });

/** How much drift a package had at the end of a day. */
export type DriftDay = z.infer<typeof Day>;

/**
 * The last days of a package up to and with that of `at`, oldest first; a day without change is like the one before.
 */
export async function selectDriftDays(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  { at, days }: { at: Date; days: number },
): Promise<DriftDay[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT shown.day, coalesce(known.cells, 0) AS cells, coalesce(known.people, 0) AS people
    FROM organizations o
    CROSS JOIN LATERAL (
      SELECT to_char((${at}::timestamptz AT TIME ZONE o.time_zone)::date - back, 'YYYY-MM-DD') AS day
      FROM generate_series(0, ${days}::int - 1) back
    ) shown
    LEFT JOIN LATERAL (
      SELECT d.cells, d.people FROM drift_days d
      WHERE d.organization_id = o.id AND d.package_number = ${packageNumber}::int AND d.day <= shown.day COLLATE "C"
      ORDER BY d.day DESC LIMIT 1
    ) known ON true
    WHERE o.id = ${organizationId}::int ORDER BY shown.day`;
  return z.array(Day).parse(rows);
}

/** Forgets events and days that nobody is told of any more. */
export async function forgetOldDrift(queryable: Queryable, organizationId: number, before: Date): Promise<void> {
  await queryable.driftEvent.deleteMany({ where: { organizationId, at: { lt: before } } });
  const day = before.toISOString().slice(0, 10);
  // The latest of each package says how it stands, however old it is
  await queryable.$executeRaw`
    DELETE FROM drift_days d
    WHERE organization_id = ${organizationId}::int AND day < ${day} AND EXISTS (
      SELECT FROM drift_days later
      WHERE later.organization_id = d.organization_id AND later.package_number = d.package_number
        AND later.day > d.day AND later.day <= ${day})`;
}
