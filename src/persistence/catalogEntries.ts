import { z } from 'zod';
import { hasWords } from '../engine/core/searchText.ts';
import { CatalogPermission } from './catalog.ts';
import { BRIEF, type Queryable } from './database.ts';

const ListedApplication = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  retired: z.boolean(),
  mainName: z.string().nullable(),
  offered: z.number(),
  withdrawn: z.number(),
});

/** An application as the catalogue lists it, with its permissions that are on offer and those retired. */
export type ListedApplication = z.infer<typeof ListedApplication>;

/**
 * One page of all applications, retired ones last; filtered by key and name. A catalogue is small: it is filtered here.
 */
export async function selectCatalogApplications(
  queryable: Queryable,
  organizationId: number,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ applications: ListedApplication[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT a.id, a.key, a.name, a.retired_at IS NOT NULL AS retired,
           max(p.name) FILTER (WHERE p.is_main) AS "mainName",
           (count(p.id) FILTER (WHERE p.retired_at IS NULL))::int AS offered,
           (count(p.id) FILTER (WHERE p.retired_at IS NOT NULL))::int AS withdrawn
    FROM applications a
    LEFT JOIN permissions p ON p.organization_id = a.organization_id AND p.application_id = a.id
    WHERE a.organization_id = ${organizationId}::int
    GROUP BY a.organization_id, a.id
    ORDER BY a.retired_at IS NOT NULL, a.name, a.key`;
  const found = z
    .array(ListedApplication)
    .parse(rows)
    .filter(({ key, name }) => hasWords(text, key, name));
  return { applications: found.slice(offset, offset + limit), total: found.length };
}

const ListedPermission = CatalogPermission.extend({
  live: z.number(),
  removed: z.number(),
  profiles: z.number(),
  rules: z.number(),
  people: z.number(),
});

/**
 * A permission as its application lists it, with how much it is used: packages, profiles, rules, active authorizations.
 */
export type ListedPermission = z.infer<typeof ListedPermission>;

/** Every permission of an application, MAIN first and retired ones last, with its uses; or one of them. */
export async function selectCatalogPermissions(
  queryable: Queryable,
  organizationId: number,
  applicationId: number,
  permissionId: number | null = null,
): Promise<ListedPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT p.id, p.application_id AS "applicationId", a.name AS "applicationName", p.key, p.name, p.is_main AS main,
           p.levels, p.scope, p.retired_at IS NOT NULL AS retired, pack.live, pack.removed,
           (SELECT count(*)::int FROM profile_permissions t
            WHERE t.organization_id = p.organization_id AND t.permission_id = p.id) AS profiles,
           (SELECT count(*)::int FROM rules t
            WHERE t.organization_id = p.organization_id AND t.permission_id = p.id) AS rules,
           (SELECT count(*)::int FROM app_auth t
            WHERE t.organization_id = p.organization_id AND t.permission_id = p.id AND t.active) AS people
    FROM permissions p
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE t.live))::int AS live, (count(*) FILTER (WHERE NOT t.live))::int AS removed
      FROM package_permissions t WHERE t.organization_id = p.organization_id AND t.permission_id = p.id
    ) pack
    WHERE p.organization_id = ${organizationId}::int AND p.application_id = ${applicationId}::int
      AND (${permissionId}::int IS NULL OR p.id = ${permissionId}::int)
    ORDER BY p.retired_at IS NOT NULL, p.is_main DESC, p.name, p.id`;
  return z.array(ListedPermission).parse(rows);
}

const PackageUse = z.object({
  number: z.number(),
  name: z.string(),
  state: z.enum(['active', 'disabled']),
  live: z.boolean(),
  value: z.string(),
  param: z.string(),
});

/** A package that has, or had, a permission. */
export type PackageUse = z.infer<typeof PackageUse>;

/** One page of the packages that have a permission, those where it is live first. */
export async function selectPackagesWith(
  queryable: Queryable,
  organizationId: number,
  permissionId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<PackageUse[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT k.number, k.name, k.state, t.live, t.value, t.param
    FROM package_permissions t
    JOIN packages k ON k.organization_id = t.organization_id AND k.number = t.package_number
    WHERE t.organization_id = ${organizationId}::int AND t.permission_id = ${permissionId}::int
    ORDER BY t.live DESC, k.number OFFSET ${offset} LIMIT ${limit}`;
  return z.array(PackageUse).parse(rows);
}
