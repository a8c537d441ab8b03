import { z } from 'zod';
import type { Queryable } from './database.ts';
import { idArray } from './idArray.ts';

/** People named in a finding; the rest are counted. */
const NAMED = 10;

const Finding = z.object({
  kind: z.enum(['package', 'profile', 'people']),
  applicationName: z.string(),
  mainName: z.string(),
  /** A package's number, or a profile's id; null for people. */
  ref: z.number().nullable(),
  /** Name of the package or profile; null for people. */
  name: z.string().nullable(),
  people: z.number(),
  /** The first of the people, by name. */
  names: z.array(z.string()),
});

/**
 * One way into which an application's permissions come without its entry permission: a package, a profile, or people by
 * whatever gives them their access.
 */
export type MainFinding = z.infer<typeof Finding>;

/**
 * One page of everything that has permissions of an application without its MAIN, which exists: the rule that
 * `selectApplicationsLackingMain` keeps for one package and `selectUnusableApplications` for one person, for all of
 * some applications at once. By application: packages (live permissions, disabled packages too), profiles, people.
 */
export async function selectMainFindings(
  queryable: Queryable,
  organizationId: number,
  applicationIds: readonly number[],
  { offset, limit }: { offset: number; limit: number },
): Promise<{ findings: MainFinding[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH entered AS MATERIALIZED (
      SELECT a.id, a.name AS application, main.name AS main
      FROM applications a
      JOIN permissions main ON main.organization_id = a.organization_id AND main.application_id = a.id AND main.is_main
      WHERE a.organization_id = ${organizationId}::int AND a.retired_at IS NULL
        AND a.id = ANY (${idArray(applicationIds)})
    ),
    sub AS MATERIALIZED (
      SELECT p.id, p.application_id, p.is_main FROM permissions p
      WHERE p.organization_id = ${organizationId}::int AND p.application_id IN (SELECT id FROM entered)
    ),
    packs AS (
      SELECT sub.application_id, t.package_number FROM package_permissions t JOIN sub ON sub.id = t.permission_id
      WHERE t.organization_id = ${organizationId}::int AND t.live
      GROUP BY sub.application_id, t.package_number HAVING NOT bool_or(sub.is_main)
    ),
    given AS (
      SELECT sub.application_id, t.profile_id FROM profile_permissions t JOIN sub ON sub.id = t.permission_id
      WHERE t.organization_id = ${organizationId}::int
      GROUP BY sub.application_id, t.profile_id HAVING NOT bool_or(sub.is_main)
    ),
    stuck AS (
      SELECT sub.application_id, g.user_id FROM effective_grants g JOIN sub ON sub.id = g.permission_id
      WHERE g.organization_id = ${organizationId}::int
      GROUP BY sub.application_id, g.user_id HAVING NOT bool_or(sub.is_main)
    ),
    ranked AS (
      SELECT stuck.application_id, u.name, count(*) OVER (PARTITION BY stuck.application_id)::int AS people,
             row_number() OVER (PARTITION BY stuck.application_id ORDER BY u.name, u.code) AS place
      FROM stuck JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = stuck.user_id
    ),
    findings AS (
      SELECT 1 AS sort, 'package' AS kind, packs.application_id, k.number AS ref, k.name, 0 AS people,
             '{}'::text[] AS names
      FROM packs JOIN packages k ON k.organization_id = ${organizationId}::int AND k.number = packs.package_number
      UNION ALL
      SELECT 2, 'profile', given.application_id, f.id, f.name, 0, '{}'
      FROM given JOIN profiles f ON f.organization_id = ${organizationId}::int AND f.id = given.profile_id
      UNION ALL
      SELECT 3, 'people', application_id, NULL, NULL, max(people), array_agg(name ORDER BY place)
      FROM ranked WHERE place <= ${NAMED} GROUP BY application_id
    )
    SELECT f.kind, entered.application AS "applicationName", entered.main AS "mainName", f.ref, f.name, f.people, f.names,
           count(*) OVER ()::int AS total
    FROM findings f JOIN entered ON entered.id = f.application_id
    ORDER BY entered.application, entered.id, f.sort, f.ref OFFSET ${offset} LIMIT ${limit}`;
  const parsed = z.array(Finding.extend({ total: z.number() })).parse(rows);
  return { findings: parsed, total: parsed[0]?.total ?? 0 };
}
