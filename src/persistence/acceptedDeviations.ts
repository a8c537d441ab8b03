import { Prisma } from './database.ts';

/**
 * `accepted`: the cells `from` count as accepted deviations from now on, for as long as neither the package's value nor
 * the person's row changes (DOMAIN 1, drift). What was accepted already, and still is, stays the decision of whoever
 * made it; one whose time has passed is no decision any more.
 *
 * @param from a relation, with a condition, of `user_id, permission_id, value, param, operation_id`.
 */
export function acceptedCte(
  { organizationId, packageNumber }: { organizationId: number; packageNumber: number },
  operationId: number,
  from: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    accepted AS (
      INSERT INTO accepted_deviations AS known (organization_id, package_number, user_id, permission_id, operation_id,
                                                value, param, row_operation_id)
      SELECT ${organizationId}::int, ${packageNumber}::int, user_id, permission_id, ${operationId}::int, value, param,
             operation_id
      FROM ${from} ORDER BY user_id, permission_id
      ON CONFLICT (organization_id, package_number, user_id, permission_id) DO UPDATE
      SET operation_id = EXCLUDED.operation_id, value = EXCLUDED.value, param = EXCLUDED.param,
          row_operation_id = EXCLUDED.row_operation_id, until = NULL, reason = NULL
      WHERE known.until <= (SELECT at FROM operations WHERE organization_id = ${organizationId}::int
                            AND id = ${operationId}::int)
        OR (known.value, known.param, known.row_operation_id)
        IS DISTINCT FROM (EXCLUDED.value, EXCLUDED.param, EXCLUDED.row_operation_id)
    )`;
}
