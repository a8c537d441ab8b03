import { z } from 'zod';
import { BRIEF, Prisma, type Queryable } from './database.ts';

const Cloned = z.object({
  permissionId: z.number(),
  applicationName: z.string(),
  name: z.string(),
  value: z.string(),
  /** The parameter without structures that are retired. */
  param: z.string(),
  /** Not copied: it is retired, its value is no level any more, or all of its structures are retired. */
  leftOut: z.boolean(),
  /** Copied without some of its structures. */
  narrowed: z.boolean(),
});

/** A live permission of a package, as a clone of the package has it. */
export type ClonedPermission = z.infer<typeof Cloned>;

/** The live permissions of a package against today's catalogue. */
function judgedSql(organizationId: number, packageNumber: number): Prisma.Sql {
  return Prisma.sql`
    SELECT *, is_gone OR (kept = '' AND param <> '') AS left_out FROM (
      SELECT pp.permission_id, a.name AS application_name, p.name, p.is_main, pp.value, pp.param,
             p.retired_at IS NOT NULL OR a.retired_at IS NOT NULL OR pp.value <> ALL (p.levels) AS is_gone,
             CASE WHEN pp.param IN ('', '*') THEN pp.param ELSE coalesce((
               SELECT string_agg(named.code, ',' ORDER BY named.code COLLATE "C")
               FROM unnest(string_to_array(pp.param, ',')) AS named (code)
               WHERE NOT EXISTS (
                 SELECT FROM structures s WHERE s.organization_id = pp.organization_id AND s.code = named.code
                   AND s.retired_at IS NOT NULL)), '') END AS kept
      FROM package_permissions pp
      JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
      JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
      WHERE pp.organization_id = ${organizationId}::int AND pp.package_number = ${packageNumber}::int AND pp.live
    ) live`;
}

const SHOWN = Prisma.sql`
  permission_id AS "permissionId", application_name AS "applicationName", name, value, kept AS param,
  left_out AS "leftOut", NOT left_out AND kept <> param AS narrowed`;
const ORDER = Prisma.sql`ORDER BY application_name, is_main DESC, name, permission_id`;

/** What a clone of a package would have, by application, MAIN first. */
export async function selectClonable(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<ClonedPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT ${SHOWN} FROM (${judgedSql(organizationId, packageNumber)}) judged ${ORDER}`;
  return z.array(Cloned).parse(rows);
}

/** Gives a new package the live permissions of another, with values and parameters. @returns what became of each. */
export async function copyPermissions(
  queryable: Queryable,
  organizationId: number,
  { from, to }: { from: number; to: number },
): Promise<ClonedPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH judged AS MATERIALIZED (${judgedSql(organizationId, from)}),
    copied AS (
      INSERT INTO package_permissions (organization_id, package_number, permission_id, value, param, live)
      SELECT ${organizationId}::int, ${to}::int, permission_id, value, kept, true FROM judged WHERE NOT left_out
    )
    SELECT ${SHOWN} FROM judged ${ORDER}`;
  return z.array(Cloned).parse(rows);
}
