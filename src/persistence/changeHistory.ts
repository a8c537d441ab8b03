import { Prisma } from './database.ts';

/**
 * How operations remember what they overwrote: one row of `operation_changes` for each person, with parallel arrays,
 * one element for each permission. Arrays are made and read back by the server at a fraction of what nested JSON costs.
 */

/** The row held by a cell, `held` being its `app_auth` row, under the names that {@link noteworthyCte} expects. */
export const HELD_COLUMNS = Prisma.sql`
  held.user_id IS NOT NULL AS has_row, held.active, held.reason, held.package_number, held.operation_id,
  held.replaced_operation_id, held.value AS held_value, held.param AS held_param`;

/**
 * A column as an array, left empty where it is null for every permission: shorter to store and to seal, and read alike.
 */
export function arrayOf(column: string): Prisma.Sql {
  return Prisma.raw(`CASE WHEN count(${column}) > 0 THEN array_agg(${column}) END`);
}

/**
 * `noteworthy`: the arrays of each person, from `noted`: {@link HELD_COLUMNS} with
 * `user_id, permission_id, code, written`.
 */
export const NOTEWORTHY_CTE = Prisma.sql`
  noteworthy AS (
    SELECT user_id, array_agg(permission_id) AS permission_ids, ${arrayOf('code')} AS codes, array_agg(written) AS written,
           array_agg(held_value::text) AS held_values, array_agg(held_param::text) AS held_params,
           ${arrayOf('reason::text')} AS held_reasons, ${arrayOf('package_number')} AS held_packages,
           ${arrayOf('operation_id')} AS held_operations, ${arrayOf('replaced_operation_id')} AS held_replaced
    FROM (SELECT * FROM noted ORDER BY user_id, permission_id) in_order
    GROUP BY user_id
  )`;

/**
 * The columns of `operation_changes` that come from {@link NOTEWORTHY_CTE}, and their values where it has the person.
 */
export const HISTORY_COLUMNS = Prisma.raw(
  `permission_ids, codes, written, held_values, held_params, held_reasons, held_packages, held_operations, held_replaced`,
);
export const HISTORY_VALUES = Prisma.raw(
  HISTORY_COLUMNS.sql
    .split(', ')
    .map((column) => `coalesce(${column}, '{}')`)
    .join(', '),
);

/**
 * What a row that becomes `packageNumber`'s remembers as replaced: the operation whose history keeps what somebody else
 * had decided, for as long as the package owns the row; nothing where the row only waited to be granted again.
 */
export function replacedBy(operationId: number, packageNumber: number): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN NOT has_row OR reason IN ('unassignment', 'removal') THEN NULL
    WHEN active AND package_number = ${packageNumber}::int THEN replaced_operation_id
    ELSE ${operationId}::int END`;
}
