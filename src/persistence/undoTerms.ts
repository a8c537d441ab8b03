import { z } from 'zod';
import { Prisma, type Queryable } from './database.ts';
import { ownRowsSql, type UndoTarget } from './undoCells.ts';

const Obstacle = z.object({
  permissionId: z.number(),
  value: z.string(),
  param: z.string(),
  active: z.boolean(),
});

/** Something that an undo would bring back and the catalogue no longer has. */
export type UndoObstacle = z.infer<typeof Obstacle>;

/**
 * The first of what an undo would bring back against the catalogue: an active row of a retired permission or with a
 * retired structure, or any row with a value that is no level, or structures that are not taken, any more. Null where
 * there is none.
 */
export async function findUndoObstacle(queryable: Queryable, target: UndoTarget): Promise<UndoObstacle | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT reverted.permission_id AS "permissionId", was_value AS value, was_param AS param, was_reason IS NULL AS active
    FROM (${ownRowsSql(target)}) reverted
    JOIN permissions p ON p.organization_id = ${target.organizationId}::int AND p.id = reverted.permission_id
    WHERE NOT to_left AND was_value IS NOT NULL AND NOT (${offeredSql({
      ...{ value: Prisma.sql`was_value`, param: Prisma.sql`was_param`, active: Prisma.sql`was_reason IS NULL` },
    })})
    ORDER BY reverted.user_id, reverted.permission_id LIMIT 1`;
  return z.array(Obstacle).parse(rows)[0] ?? null;
}

/**
 * Whether the catalogue has what a row says; expects the permission as `p`. Only an active row must not be of the
 * retired.
 */
export function offeredSql({ value, param, active }: Record<'value' | 'param' | 'active', Prisma.Sql>): Prisma.Sql {
  return Prisma.sql`
    ${value} = ANY (p.levels) AND (p.scope = 'structures' OR ${param} = '')
    AND NOT (${active} AND (p.retired_at IS NOT NULL OR EXISTS (
      SELECT FROM structures gone
      WHERE gone.organization_id = p.organization_id AND gone.retired_at IS NOT NULL
        AND gone.code = ANY (string_to_array(${param}, ',')))))`;
}
