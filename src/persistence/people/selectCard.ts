import { z } from 'zod';
import { BRIEF, type Queryable } from '../database.ts';

const Particulars = z.object({
  structureCode: z.string(),
  structureName: z.string(),
  leftBecause: z.enum(['slack', 'import', 'administrator']).nullable(),
  metaPermissions: z.array(z.string()),
  groups: z.array(z.object({ code: z.string(), name: z.string() })),
  profiles: z.array(z.object({ name: z.string(), applicationName: z.string() })),
});

/** What the organization says of a person besides name and e-mail. */
export type Particulars = z.infer<typeof Particulars>;

/** A person's structure, groups, profiles and meta-permissions; null where the organization has nobody of this id. */
export async function findParticulars(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<Particulars | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT s.code AS "structureCode", s.name AS "structureName", u.left_because AS "leftBecause",
      ARRAY(SELECT m.meta_permission FROM meta_permissions m
            WHERE m.organization_id = u.organization_id AND m.user_id = u.id ORDER BY 1) AS "metaPermissions",
      coalesce((SELECT json_agg(json_build_object('code', g.code, 'name', g.name) ORDER BY g.name, g.code)
                FROM group_members gm JOIN groups g ON g.organization_id = gm.organization_id AND g.id = gm.group_id
                WHERE gm.organization_id = u.organization_id AND gm.user_id = u.id), '[]') AS groups,
      coalesce((SELECT json_agg(json_build_object('name', f.name, 'applicationName', a.name) ORDER BY a.name, f.name)
                FROM profile_users pu
                JOIN profiles f ON f.organization_id = pu.organization_id AND f.id = pu.profile_id
                JOIN applications a ON a.organization_id = f.organization_id AND a.id = f.application_id
                WHERE pu.organization_id = u.organization_id AND pu.user_id = u.id), '[]') AS profiles
    FROM users u
    JOIN structures s ON s.organization_id = u.organization_id AND s.id = u.structure_id
    WHERE u.organization_id = ${organizationId}::int AND u.id = ${userId}::int`;
  return z.array(Particulars).parse(rows)[0] ?? null;
}

const Rule = z.object({
  name: z.string(),
  applicationName: z.string(),
  permissionName: z.string(),
  main: z.boolean(),
  value: z.string(),
  param: z.string(),
  groupName: z.string().nullable(),
  structureName: z.string().nullable(),
});

/** A rule that applies to a person, and the group or structure for which it does. */
export type AppliedRule = z.infer<typeof Rule>;

/** Every rule that applies to a person, whatever outweighs it. */
export async function selectRules(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<AppliedRule[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT r.name, a.name AS "applicationName", p.name AS "permissionName", p.is_main AS main, r.value, r.param,
           g.name AS "groupName", s.name AS "structureName"
    FROM users u
    JOIN structures own ON own.organization_id = u.organization_id AND own.id = u.structure_id
    JOIN rules r ON r.organization_id = u.organization_id AND (r.structure_id = ANY (own.path) OR r.group_id IN (
      SELECT gm.group_id FROM group_members gm WHERE gm.organization_id = u.organization_id AND gm.user_id = u.id))
    JOIN permissions p ON p.organization_id = r.organization_id AND p.id = r.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    LEFT JOIN groups g ON g.organization_id = r.organization_id AND g.id = r.group_id
    LEFT JOIN structures s ON s.organization_id = r.organization_id AND s.id = r.structure_id
    WHERE u.organization_id = ${organizationId}::int AND u.id = ${userId}::int
    ORDER BY a.name, p.is_main DESC, p.name, r.name`;
  return z.array(Rule).parse(rows);
}

const Change = z.object({
  operationId: z.number(),
  kind: z.string(),
  at: z.date(),
  by: z.string().nullable(),
  packageNumber: z.number().nullable(),
  packageName: z.string().nullable(),
});

/** An operation that concerned a person. */
export type PersonChange = z.infer<typeof Change>;

/** The latest operations that concerned a person, newest first. */
export async function selectChanges(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  limit: number,
): Promise<PersonChange[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT o.id AS "operationId", o.kind, o.at, actor.name AS by, o.package_number AS "packageNumber",
           k.name AS "packageName"
    FROM (
      SELECT operation_id FROM operation_changes
      WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int
      ORDER BY operation_id DESC LIMIT ${limit}
    ) concerning
    JOIN operations o ON o.organization_id = ${organizationId}::int AND o.id = concerning.operation_id
    LEFT JOIN users actor ON actor.organization_id = o.organization_id AND actor.id = o.actor_user_id
    LEFT JOIN packages k ON k.organization_id = o.organization_id AND k.number = o.package_number
    ORDER BY o.id DESC`;
  return z.array(Change).parse(rows);
}
