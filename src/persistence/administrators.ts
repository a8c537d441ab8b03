import { z } from 'zod';
import type { Queryable } from './database.ts';

const Administrator = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  founder: z.boolean(),
  metaPermissions: z.array(z.string()),
});

/** Somebody who may do more than look at their own access. */
export type Administrator = z.infer<typeof Administrator>;

/** One page of the founders and of those who hold a meta-permission; founders first, then by name. */
export async function selectAdministrators(
  queryable: Queryable,
  organizationId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ administrators: Administrator[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH held AS (
      SELECT user_id, array_agg(meta_permission ORDER BY meta_permission) AS names
      FROM meta_permissions WHERE organization_id = ${organizationId}::int GROUP BY user_id
    )
    SELECT u.id AS "userId", u.code, u.name, u.founder, coalesce(held.names, '{}') AS "metaPermissions",
           count(*) OVER ()::int AS total
    FROM users u LEFT JOIN held ON held.user_id = u.id
    WHERE u.organization_id = ${organizationId}::int AND (u.founder OR held.user_id IS NOT NULL)
    ORDER BY u.founder DESC, u.name, u.code OFFSET ${offset} LIMIT ${limit}`;
  const administrators = z.array(Administrator.extend({ total: z.number() })).parse(rows);
  return { administrators, total: administrators[0]?.total ?? 0 };
}

const Held = z.object({ metaPermission: z.string(), by: z.string().nullable(), at: z.date().nullable() });

/** A meta-permission that somebody holds; who granted it, and when, where it was not imported. */
export type HeldMetaPermission = z.infer<typeof Held>;

/** What somebody holds, by name. */
export async function selectHeldMetaPermissions(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<HeldMetaPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT m.meta_permission AS "metaPermission", granter.name AS by, m.granted_at AS at
    FROM meta_permissions m
    LEFT JOIN users granter ON granter.organization_id = m.organization_id AND granter.id = m.granted_by
    WHERE m.organization_id = ${organizationId}::int AND m.user_id = ${userId}::int
    ORDER BY m.meta_permission`;
  return z.array(Held).parse(rows);
}

/** Makes `metaPermissions` all that somebody holds; what they held already keeps who granted it. */
export async function replaceMetaPermissions(
  queryable: Queryable,
  { organizationId, userId }: { organizationId: number; userId: number },
  metaPermissions: readonly string[],
  granted: { by: number; at: Date },
): Promise<void> {
  const names = [...metaPermissions];
  await queryable.metaPermission.deleteMany({
    where: { organizationId, userId, metaPermission: { notIn: names } },
  });
  await queryable.metaPermission.createMany({
    data: names.map((metaPermission) => ({
      ...{ organizationId, userId, metaPermission, grantedBy: granted.by, grantedAt: granted.at },
    })),
    skipDuplicates: true,
  });
}
