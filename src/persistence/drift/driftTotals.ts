import { z } from 'zod';
import type { StatusKind } from '../../engine/core/statusTable.ts';
import { packageCtes } from '../cells.ts';
import type { Queryable } from '../database.ts';
import { likePattern } from '../likePattern.ts';
import { statusCode, statusOfCode } from '../statusCode.ts';

const Drifting = z.object({
  number: z.number(),
  name: z.string(),
  /** Cells (member × permission) that have drifted, accepted ones left out. */
  cells: z.number(),
  people: z.number(),
});

/** A package whose members have drifted from it. */
export type DriftingPackage = z.infer<typeof Drifting>;

/** Which of the packages with drift a page shows. */
export interface DriftingPage {
  /** Number or name; empty: all. */
  text: string;
  offset: number;
  limit: number;
}

/** One page of the packages with drift, most of it first, and how many there are. */
export async function selectDriftByPackage(
  queryable: Queryable,
  organizationId: number,
  { text, offset, limit }: DriftingPage,
): Promise<{ packages: DriftingPackage[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH counted AS (
      SELECT package_number, count(*)::int AS cells, count(DISTINCT user_id)::int AS people
      FROM drift_cells WHERE organization_id = ${organizationId}::int GROUP BY package_number
    )
    SELECT k.number, k.name, counted.cells, counted.people, count(*) OVER ()::int AS total
    FROM counted
    JOIN packages k ON k.organization_id = ${organizationId}::int AND k.number = counted.package_number
    WHERE k.search_text LIKE ALL (${likePattern(text)}::text[])
    ORDER BY counted.cells DESC, k.number OFFSET ${offset} LIMIT ${limit}`;
  const packages = z.array(Drifting.extend({ total: z.number() })).parse(rows);
  return { packages, total: packages[0]?.total ?? 0 };
}

const Count = z.object({ permissionId: z.number(), code: z.number(), cells: z.number() });

/** How many cells of a permission have drifted in one way. */
export interface DriftCount {
  permissionId: number;
  kind: StatusKind;
  cells: number;
}

/** The drift of a package by permission and status. */
export async function countDrift(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<DriftCount[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${packageCtes(organizationId, packageNumber, { onlyLive: true })}
    SELECT wanted.permission_id AS "permissionId", ${statusCode(packageNumber)} & ~3 AS code, count(*)::int AS cells
    FROM (
      SELECT d.user_id, false AS founder, 'active'::assignment_state AS assignment, d.permission_id
      FROM drift_cells d
      WHERE d.organization_id = ${organizationId}::int AND d.package_number = ${packageNumber}::int
    ) person
    JOIN wanted ON wanted.permission_id = person.permission_id
    LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int AND held.user_id = person.user_id
      AND held.permission_id = wanted.permission_id
    LEFT JOIN best_profile by_profile ON by_profile.user_id = person.user_id
      AND by_profile.permission_id = wanted.permission_id
    LEFT JOIN best_rule by_rule ON by_rule.user_id = person.user_id AND by_rule.permission_id = wanted.permission_id
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return z
    .array(Count)
    .parse(rows)
    .map(({ permissionId, code, cells }) => ({ permissionId, kind: statusOfCode(code, true).kind, cells }));
}

const Common = z.object({
  permissionId: z.number(),
  /** What they have instead; null where it was disabled by hand. */
  value: z.string().nullable(),
  param: z.string().nullable(),
  people: z.number(),
  members: z.number(),
});

/** A permission from which most members of a package differ in the same way. */
export type CommonDrift = z.infer<typeof Common>;

/**
 * The permissions of a package from which more than half of its members, and at least `least`, differ in the same way.
 */
export async function selectCommonDrift(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  least: number,
): Promise<CommonDrift[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH members AS (
      SELECT count(*)::int AS people FROM assignments s
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id AND NOT u.founder
        AND u.left_at IS NULL
      WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int
        AND s.state = 'active'
    ),
    held AS (
      SELECT d.permission_id, CASE WHEN held.active THEN held.value END AS value,
             CASE WHEN held.active THEN held.param END AS param
      FROM drift_cells d
      JOIN app_auth held ON held.organization_id = d.organization_id AND held.user_id = d.user_id
        AND held.permission_id = d.permission_id AND (held.active OR held.reason = 'manual')
      JOIN package_permissions wanted ON wanted.organization_id = d.organization_id
        AND wanted.package_number = d.package_number AND wanted.permission_id = d.permission_id
        AND NOT (held.active AND held.value = wanted.value AND held.param = wanted.param)
      WHERE d.organization_id = ${organizationId}::int AND d.package_number = ${packageNumber}::int
    )
    SELECT held.permission_id AS "permissionId", held.value, held.param, count(*)::int AS people,
           members.people AS members
    FROM held CROSS JOIN members
    GROUP BY held.permission_id, held.value, held.param, members.people
    HAVING count(*) >= ${least}::int AND count(*) * 2 > members.people
    ORDER BY people DESC, held.permission_id`;
  return z.array(Common).parse(rows);
}
