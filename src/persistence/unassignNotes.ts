import { z } from 'zod';
import type { AssignmentTarget } from './assignCells.ts';
import { Prisma, type Queryable } from './database.ts';
import { hasLeft } from './hasLeft.ts';
import { idArray } from './idArray.ts';

const Noted = {
  userCode: z.string(),
  userName: z.string(),
  permissionId: z.number(),
  total: z.number(),
};
const Staying = z.object({ ...Noted, value: z.string(), param: z.string(), packageNumber: z.number().nullable() });
const Claimed = z.object({ ...Noted, packageNumber: z.number(), packageName: z.string() });

/** An active row on one of the package's permissions that the package does not own: it stays. */
export type StayingRow = z.infer<typeof Staying>;
/**
 * A row that is taken away, though another active package of the person, who has not left, defines the permission too.
 */
export type ClaimedRow = z.infer<typeof Claimed>;

/** The chosen active members, under the name `leaving`. */
function leavingSql({ organizationId, packageNumber, userIds }: AssignmentTarget): Prisma.Sql {
  return Prisma.sql`(
    SELECT u.id AS user_id, u.code, u.name FROM assignments s
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
    WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int
      AND s.state = 'active' AND s.user_id = ANY (${idArray(userIds)})
  ) leaving`;
}

/**
 * What the confirmation of a removal lists, the first `limit` of each kind by personal code; every row tells how many
 * there are in all.
 */
export async function selectUnassignmentNotes(
  queryable: Queryable,
  target: AssignmentTarget,
  limit: number,
): Promise<{ staying: StayingRow[]; claimed: ClaimedRow[] }> {
  const { organizationId, packageNumber } = target;
  const columns = Prisma.sql`leaving.code AS "userCode", leaving.name AS "userName",
    held.permission_id AS "permissionId", count(*) OVER ()::int AS total`;
  const staying = await queryable.$queryRaw<unknown[]>`
    SELECT ${columns}, held.value, held.param, held.package_number AS "packageNumber"
    FROM ${leavingSql(target)}
    JOIN package_permissions pp ON pp.organization_id = ${organizationId}::int
      AND pp.package_number = ${packageNumber}::int
    JOIN app_auth held ON held.organization_id = pp.organization_id AND held.user_id = leaving.user_id
      AND held.permission_id = pp.permission_id
    WHERE held.active AND held.package_number IS DISTINCT FROM ${packageNumber}::int
    ORDER BY leaving.code, held.permission_id LIMIT ${limit}`;
  const claimed = await queryable.$queryRaw<unknown[]>`
    SELECT ${columns}, k.number AS "packageNumber", k.name AS "packageName"
    FROM ${leavingSql(target)}
    JOIN app_auth held ON held.organization_id = ${organizationId}::int AND held.user_id = leaving.user_id
      AND held.active AND held.package_number = ${packageNumber}::int
    JOIN assignments s ON s.organization_id = held.organization_id AND s.user_id = held.user_id
      AND s.state = 'active' AND s.package_number <> ${packageNumber}::int
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number AND k.state = 'active'
    JOIN package_permissions pp ON pp.organization_id = k.organization_id AND pp.package_number = k.number
      AND pp.permission_id = held.permission_id AND pp.live
    WHERE NOT ${hasLeft(organizationId, 'leaving.user_id')}
    ORDER BY leaving.code, held.permission_id, k.number LIMIT ${limit}`;
  return { staying: z.array(Staying).parse(staying), claimed: z.array(Claimed).parse(claimed) };
}
