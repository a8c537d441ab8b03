import { z } from 'zod';
import type { Queryable } from './database.ts';

const Drifting = z.object({
  number: z.number(),
  name: z.string(),
  /** Cells (member × permission) that have drifted, accepted ones left out. */
  cells: z.number(),
  people: z.number(),
});

/** A package whose members have drifted from it. */
export type DriftingPackage = z.infer<typeof Drifting>;

/**
 * The packages with drift, most of it first: live permissions of active packages that are not Active for an active member
 * who is no founder (DOMAIN 1), unless an administrator accepted it and neither side has changed since.
 */
export async function selectDriftByPackage(
  queryable: Queryable,
  organizationId: number,
  limit: number,
): Promise<{ packages: DriftingPackage[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH drifted AS (
      SELECT s.package_number, s.user_id
      FROM packages k
      JOIN package_permissions wanted ON wanted.organization_id = k.organization_id
        AND wanted.package_number = k.number AND wanted.live
      JOIN assignments s ON s.organization_id = k.organization_id AND s.package_number = k.number
        AND s.state = 'active'
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id AND NOT u.founder
      LEFT JOIN app_auth held ON held.organization_id = s.organization_id AND held.user_id = s.user_id
        AND held.permission_id = wanted.permission_id
      LEFT JOIN accepted_deviations accepted ON accepted.organization_id = s.organization_id
        AND accepted.package_number = s.package_number AND accepted.user_id = s.user_id
        AND accepted.permission_id = wanted.permission_id AND accepted.value = wanted.value
        AND accepted.param = wanted.param
        AND accepted.row_operation_id IS NOT DISTINCT FROM held.operation_id
      WHERE k.organization_id = ${organizationId}::int AND k.state = 'active' AND accepted.user_id IS NULL
        AND (held.active AND held.package_number = k.number AND held.value = wanted.value
             AND held.param = wanted.param) IS NOT TRUE
    ),
    counted AS (
      SELECT package_number, count(*)::int AS cells, count(DISTINCT user_id)::int AS people
      FROM drifted GROUP BY package_number
    )
    SELECT k.number, k.name, counted.cells, counted.people, count(*) OVER ()::int AS total
    FROM counted
    JOIN packages k ON k.organization_id = ${organizationId}::int AND k.number = counted.package_number
    ORDER BY counted.cells DESC, k.number LIMIT ${limit}`;
  const packages = z.array(Drifting.extend({ total: z.number() })).parse(rows);
  return { packages, total: packages[0]?.total ?? 0 };
}

const Cells = z.tuple([z.object({ cells: z.number() })]);

/** How many cells {@link selectDriftByPackage} would look at. */
export async function countLiveCells(queryable: Queryable, organizationId: number): Promise<number> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT coalesce(sum(members.people * live.permissions), 0)::int AS cells
    FROM packages k
    JOIN (SELECT package_number, count(*) AS people FROM assignments
          WHERE organization_id = ${organizationId}::int AND state = 'active' GROUP BY package_number) members
      ON members.package_number = k.number
    JOIN (SELECT package_number, count(*) AS permissions FROM package_permissions
          WHERE organization_id = ${organizationId}::int AND live GROUP BY package_number) live
      ON live.package_number = k.number
    WHERE k.organization_id = ${organizationId}::int AND k.state = 'active'`;
  return Cells.parse(rows)[0].cells;
}
