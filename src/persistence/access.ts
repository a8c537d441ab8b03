import { z } from 'zod';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Access = z.object({
  applicationId: z.number(),
  applicationName: z.string(),
  permissionName: z.string(),
  main: z.boolean(),
  value: z.string(),
  param: z.string(),
  source: z.string(),
});

/** One thing that a person can really do, and where it comes from (DOMAIN 2). */
export type Access = z.infer<typeof Access>;

/** A person's effective access by application, MAIN first. */
export async function selectAccess(queryable: Queryable, organizationId: number, userId: number): Promise<Access[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT a.id AS "applicationId", a.name AS "applicationName", p.name AS "permissionName", p.is_main AS main,
           g.value, g.param, g.source
    FROM effective_grants g
    JOIN permissions p ON p.organization_id = g.organization_id AND p.id = g.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE g.organization_id = ${organizationId}::int AND g.user_id = ${userId}::int
    ORDER BY a.name, p.is_main DESC, p.name`;
  return z.array(Access).parse(rows);
}

const AccessOf = Access.omit({ applicationId: true }).extend({ userId: z.number(), usable: z.boolean() });

/** One thing that a person can really do; `usable` where the person also has the application's MAIN, or it has none. */
export type AccessOf = z.infer<typeof AccessOf>;

/** The effective access of some people, of each by application, MAIN first; for exports. */
export async function selectAccessOf(
  queryable: Queryable,
  organizationId: number,
  userIds: readonly number[],
): Promise<AccessOf[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT g.user_id AS "userId", a.name AS "applicationName", p.name AS "permissionName", p.is_main AS main,
           g.value, g.param, g.source,
           bool_or(p.is_main) OVER (PARTITION BY g.user_id, a.id) OR NOT EXISTS (
             SELECT FROM permissions main
             WHERE main.organization_id = a.organization_id AND main.application_id = a.id AND main.is_main
           ) AS usable
    FROM effective_grants g
    JOIN permissions p ON p.organization_id = g.organization_id AND p.id = g.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE g.organization_id = ${organizationId}::int AND g.user_id = ANY (${idArray(userIds)})
    ORDER BY g.user_id, a.name, a.id, p.is_main DESC, p.name, p.id`;
  return z.array(AccessOf).parse(rows);
}

const Membership = z.object({
  number: z.number(),
  name: z.string(),
  description: z.string(),
  packageState: z.enum(['active', 'disabled']),
  state: z.enum(['active', 'former']),
  /** When it ends by itself; null: never. */
  endsAt: z.date().nullable(),
});

/** A package of a person. */
export type Membership = z.infer<typeof Membership>;

/** The packages a person has or had, active ones first. */
export async function selectMemberships(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<Membership[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT k.number, k.name, k.description, k.state AS "packageState", s.state,
           CASE WHEN s.state = 'active' THEN s.ends_at END AS "endsAt"
    FROM assignments s
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number
    WHERE s.organization_id = ${organizationId}::int AND s.user_id = ${userId}::int
    ORDER BY s.state, k.number`;
  return z.array(Membership).parse(rows);
}

/** Applications in which the person has some access, but not the MAIN permission: they cannot be used. */
export async function selectUnusableApplications(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<{ applicationId: number; applicationName: string; mainName: string }[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT a.id AS "applicationId", a.name AS "applicationName", main.name AS "mainName"
    FROM applications a
    JOIN permissions main ON main.organization_id = a.organization_id AND main.application_id = a.id AND main.is_main
    WHERE a.organization_id = ${organizationId}::int AND a.id IN (
      SELECT p.application_id FROM effective_grants g
      JOIN permissions p ON p.organization_id = g.organization_id AND p.id = g.permission_id
      WHERE g.organization_id = ${organizationId}::int AND g.user_id = ${userId}::int
      GROUP BY p.application_id HAVING NOT bool_or(p.is_main)
    )
    ORDER BY a.name`;
  return z
    .array(z.object({ applicationId: z.number(), applicationName: z.string(), mainName: z.string() }))
    .parse(rows);
}

/** A digest of a person's effective access, to see whether something changed it. */
export async function digestAccess(queryable: Queryable, organizationId: number, userId: number): Promise<string> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT md5(coalesce(string_agg(concat_ws(':', permission_id, value, param), ';' ORDER BY permission_id), '')) AS digest
    FROM effective_grants WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int`;
  return z.tuple([z.object({ digest: z.string() })]).parse(rows)[0].digest;
}
