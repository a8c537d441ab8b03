import { z } from 'zod';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const PackageSource = z.object({
  permissionId: z.number(),
  number: z.number(),
  name: z.string(),
  state: z.enum(['active', 'disabled']),
  /** The person's membership; null where they never had the package. */
  assignment: z.enum(['active', 'former']).nullable(),
  live: z.boolean(),
  value: z.string(),
  param: z.string(),
});

/** A package that gives a permission, or would, or did: one of the person's, or one that could be assigned to them. */
export type PackageSource = z.infer<typeof PackageSource>;

/**
 * For some permissions: the packages of a person that have them, live or removed, and active packages that offer them.
 */
export async function selectPackageSources(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  permissionIds: readonly number[],
): Promise<PackageSource[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT pp.permission_id AS "permissionId", k.number, k.name, k.state, s.state AS assignment, pp.live,
           pp.value, pp.param
    FROM package_permissions pp
    JOIN packages k ON k.organization_id = pp.organization_id AND k.number = pp.package_number
    LEFT JOIN assignments s ON s.organization_id = pp.organization_id AND s.package_number = pp.package_number
      AND s.user_id = ${userId}::int
    WHERE pp.organization_id = ${organizationId}::int AND pp.permission_id = ANY (${idArray(permissionIds)})
      AND (s.user_id IS NOT NULL OR (pp.live AND k.state = 'active'))
    ORDER BY k.number`;
  return z.array(PackageSource).parse(rows);
}
