import { Prisma } from './database.ts';

/**
 * `before_value` and `before_param`: what a person effectively has of a permission (DOMAIN 2), null for nothing.
 * Expects the columns of `changeHistory` for the row, `source.state` for the package that owns it, and the grants
 * `by_profile`, `by_rule`. Founders are no part of it: nothing is ever written for them.
 */
export function heldBeforeSql(): Prisma.Sql {
  return Prisma.sql`${firstOf('value')} AS before_value, ${firstOf('param')} AS before_param`;
}

function firstOf(column: 'value' | 'param'): Prisma.Sql {
  return Prisma.raw(`CASE
    WHEN active AND (package_number IS NULL OR source.state = 'active') THEN held_${column}
    WHEN NOT active AND reason = 'manual' THEN NULL
    WHEN by_profile.user_id IS NOT NULL THEN by_profile.${column}
    ELSE by_rule.${column} END`);
}

/** Whether structures of the parameter `before` are missing in `after`; null where one of them is. */
export function narrowedSql(before: string, after: string): Prisma.Sql {
  const [was, is] = [`${before}::text`, `${after}::text`];
  return Prisma.raw(
    `(${is} <> '*' AND (${was} = '*' OR NOT string_to_array(${was}, ',') <@ string_to_array(${is}, ',')))`,
  );
}

/**
 * How a change to `value` and `param` shows to the person: the function `accessChange` in SQL, held equal by a test.
 * Expects the columns of {@link heldBeforeSql} and `levels`.
 */
export function accessChangeSql(): Prisma.Sql {
  return Prisma.raw(`CASE
    WHEN before_value IS NULL THEN 'gain'
    WHEN array_position(levels, value::text) > coalesce(array_position(levels, before_value::text), 0) THEN 'up'
    WHEN coalesce(array_position(levels, value::text), 0) < array_position(levels, before_value::text) THEN 'down'
    WHEN before_param = param THEN 'same'
    ELSE 'scope' END`);
}
