import { z } from 'zod';
import { type CatalogUses, USE_KINDS } from '../engine/core/catalogUses.ts';
import { Prisma, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

/** Uses of each kind that are named; the rest are counted. */
const NAMED = 10;

const Ranked = z.object({ kind: z.enum(USE_KINDS), id: z.number(), name: z.string(), total: z.number() });

/** Counts what `uses(kind, id, name)` finds, and names the first of each kind. */
async function rank(queryable: Queryable, uses: Prisma.Sql): Promise<CatalogUses> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH uses AS (${uses}),
    ranked AS (
      SELECT *, row_number() OVER (PARTITION BY kind ORDER BY name, id) AS place,
             count(*) OVER (PARTITION BY kind)::int AS total
      FROM uses
    )
    SELECT kind, id, name, total FROM ranked WHERE place <= ${NAMED}
    ORDER BY array_position(${[...USE_KINDS]}::text[], kind), place`;
  const parsed = z.array(Ranked).parse(rows);
  return {
    counts: Object.fromEntries(parsed.map(({ kind, total }) => [kind, total])),
    named: parsed.map(({ kind, id, name }) => ({ kind, id, name })),
  };
}

/** Which uses of permissions count. */
export interface PermissionUseFilter {
  organizationId: number;
  permissionIds: readonly number[];
  /** `active`: what is given now; `any`: also inactive authorizations and red permissions of packages. */
  rows: 'active' | 'any';
  /** Only uses with one of these values. */
  values?: readonly string[];
  /** Only uses that name structures. */
  withStructures?: boolean;
}

/** Packages, profiles, rules and people that have one of some permissions. */
export function selectPermissionUses(queryable: Queryable, filter: PermissionUseFilter): Promise<CatalogUses> {
  const { organizationId, rows, values, withStructures } = filter;
  const permissionIds = idArray(filter.permissionIds);
  const wanted = Prisma.join(
    [
      Prisma.sql`t.organization_id = ${organizationId}::int AND t.permission_id = ANY (${permissionIds})`,
      ...(values ? [Prisma.sql`t.value = ANY (${[...values]}::text[])`] : []),
      ...(withStructures ? [Prisma.sql`t.param <> ''`] : []),
    ],
    ' AND ',
  );
  const only = (condition: string) => (rows === 'active' ? Prisma.raw(`AND ${condition}`) : Prisma.empty);
  return rank(
    queryable,
    Prisma.sql`
      SELECT DISTINCT CASE WHEN t.live THEN 'package' ELSE 'removed' END AS kind, k.number AS id, k.name
      FROM package_permissions t
      JOIN packages k ON k.organization_id = t.organization_id AND k.number = t.package_number
      WHERE ${wanted} ${only('t.live')}
      UNION ALL
      SELECT DISTINCT 'profile', f.id, f.name FROM profile_permissions t
      JOIN profiles f ON f.organization_id = t.organization_id AND f.id = t.profile_id
      WHERE ${wanted}
      UNION ALL
      SELECT 'rule', t.id, t.name FROM rules t WHERE ${wanted}
      UNION ALL
      SELECT DISTINCT 'person', u.id, u.name FROM app_auth t
      JOIN users u ON u.organization_id = t.organization_id AND u.id = t.user_id
      WHERE ${wanted} ${only('t.active')}`,
  );
}

/**
 * What keeps a structure: people in it, structures below, packages that refer to it, rules for it, and what is given
 * now for it (its code in a parameter). A parameter of an inactive authorization keeps nothing: it comes back by no
 * undo.
 */
export function selectStructureUses(
  queryable: Queryable,
  { organizationId, structureId, code }: { organizationId: number; structureId: number; code: string },
): Promise<CatalogUses> {
  const named = Prisma.sql`t.organization_id = ${organizationId}::int AND ${code} = ANY (string_to_array(t.param, ','))`;
  return rank(
    queryable,
    Prisma.sql`
      SELECT 'child' AS kind, id, code || ' · ' || name AS name FROM structures
      WHERE organization_id = ${organizationId}::int AND parent_id = ${structureId}::int AND retired_at IS NULL
      UNION ALL
      SELECT 'reference', k.number, k.name FROM package_structures s
      JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number
      WHERE s.organization_id = ${organizationId}::int AND s.structure_id = ${structureId}::int
      UNION ALL
      SELECT DISTINCT 'package', k.number, k.name FROM package_permissions t
      JOIN packages k ON k.organization_id = t.organization_id AND k.number = t.package_number
      WHERE ${named} AND t.live
      UNION ALL
      SELECT DISTINCT 'profile', f.id, f.name FROM profile_permissions t
      JOIN profiles f ON f.organization_id = t.organization_id AND f.id = t.profile_id
      WHERE ${named}
      UNION ALL
      SELECT 'rule', t.id, t.name FROM rules t
      WHERE t.organization_id = ${organizationId}::int
        AND (t.structure_id = ${structureId}::int OR ${code} = ANY (string_to_array(t.param, ',')))
      UNION ALL
      SELECT 'member', id, name FROM users
      WHERE organization_id = ${organizationId}::int AND structure_id = ${structureId}::int AND left_at IS NULL
      UNION ALL
      SELECT 'person', id, name FROM users
      WHERE organization_id = ${organizationId}::int AND id IN (
        SELECT t.user_id FROM app_auth t WHERE ${named} AND t.active)`,
  );
}
