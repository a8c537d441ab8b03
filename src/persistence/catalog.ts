import { z } from 'zod';
import { hasWords } from '../engine/core/searchText.ts';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Application = z.object({ id: z.number(), key: z.string(), name: z.string(), retired: z.boolean() });

export type Application = z.infer<typeof Application>;

/**
 * Applications to choose from, retired ones left out: key or name has every word typed, accents and case ignored; by
 * name. A catalogue is small: it is read and filtered here.
 */
export async function searchApplications(
  queryable: Queryable,
  organizationId: number,
  text: string,
  limit: number,
): Promise<Application[]> {
  const all = await queryable.application.findMany({
    where: { organizationId, retiredAt: null },
    orderBy: [{ name: 'asc' }, { key: 'asc' }],
  });
  return all
    .filter(({ key, name }) => hasWords(text, key, name))
    .map(toApplication)
    .slice(0, limit);
}

/** One page of the applications that somebody can be given, with retired ones of which they still have something. */
export async function selectApplicationsFor(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ applications: Application[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT a.id, a.key, a.name, a.retired_at IS NOT NULL AS retired
    FROM applications a
    WHERE a.organization_id = ${organizationId}::int AND (a.retired_at IS NULL OR EXISTS (
      SELECT FROM permissions p
      JOIN app_auth held ON held.organization_id = p.organization_id AND held.permission_id = p.id
        AND held.user_id = ${userId}::int AND held.active
      WHERE p.organization_id = a.organization_id AND p.application_id = a.id))
    ORDER BY a.name, a.key`;
  const found = z
    .array(Application)
    .parse(rows)
    .filter(({ key, name }) => hasWords(text, key, name));
  return { applications: found.slice(offset, offset + limit), total: found.length };
}

/** One application of the organization; null where it has none of this id. */
export async function findApplication(
  queryable: Queryable,
  organizationId: number,
  id: number,
): Promise<Application | null> {
  const found = await queryable.application.findUnique({ where: { organizationId_id: { organizationId, id } } });
  return found && toApplication(found);
}

function toApplication(found: { id: number; key: string; name: string; retiredAt: Date | null }): Application {
  return Application.parse({ ...found, retired: found.retiredAt !== null });
}

export const CatalogPermission = z.object({
  id: z.number(),
  applicationId: z.number(),
  applicationName: z.string(),
  key: z.string(),
  name: z.string(),
  main: z.boolean(),
  levels: z.array(z.string()),
  scope: z.enum(['none', 'structures']),
  /** Offered to nobody any more; what people still have of it keeps showing. */
  retired: z.boolean(),
});

export type CatalogPermission = z.infer<typeof CatalogPermission>;

/**
 * The permissions of an application to choose from, retired ones left out: key or name has every word typed, accents
 * and case ignored; MAIN first.
 */
export async function searchPermissions(
  queryable: Queryable,
  organizationId: number,
  applicationId: number,
  text: string,
  limit: number,
): Promise<CatalogPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT p.id, p.application_id AS "applicationId", a.name AS "applicationName", p.key, p.name, p.is_main AS main,
           p.levels, p.scope, false AS retired
    FROM permissions p JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE p.organization_id = ${organizationId}::int AND p.application_id = ${applicationId}::int
      AND p.retired_at IS NULL
    ORDER BY p.is_main DESC, p.name, p.id`;
  return z
    .array(CatalogPermission)
    .parse(rows)
    .filter(({ key, name }) => hasWords(text, key, name))
    .slice(0, limit);
}

/** One permission of the organization's catalogue; null where it has none of this id. */
export async function findPermission(
  queryable: Queryable,
  organizationId: number,
  permissionId: number,
): Promise<CatalogPermission | null> {
  const [found] = await selectPermissions(queryable, organizationId, [permissionId]);
  return found ?? null;
}

/** Permissions by their ids; those of other organizations are left out. */
export async function selectPermissions(
  queryable: Queryable,
  organizationId: number,
  permissionIds: readonly number[],
): Promise<CatalogPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT p.id, p.application_id AS "applicationId", a.name AS "applicationName", p.key, p.name, p.is_main AS main,
           p.levels, p.scope, p.retired_at IS NOT NULL AS retired
    FROM permissions p JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE p.organization_id = ${organizationId}::int AND p.id = ANY (${idArray(permissionIds)})`;
  return z.array(CatalogPermission).parse(rows);
}

const Missing = z.object({ applicationName: z.string(), mainName: z.string() });

/** Applications of which the package has live permissions but not the MAIN one, which exists (MAIN lint, DOMAIN 4). */
export async function selectApplicationsLackingMain(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<z.infer<typeof Missing>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT a.name AS "applicationName", main.name AS "mainName"
    FROM applications a
    JOIN permissions main ON main.organization_id = a.organization_id AND main.application_id = a.id AND main.is_main
    WHERE a.organization_id = ${organizationId}::int AND a.id IN (
      SELECT p.application_id FROM package_permissions pp
      JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
      WHERE pp.organization_id = ${organizationId}::int AND pp.package_number = ${packageNumber}::int AND pp.live
      GROUP BY p.application_id HAVING NOT bool_or(p.is_main)
    )
    ORDER BY a.name`;
  return z.array(Missing).parse(rows);
}
