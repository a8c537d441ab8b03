import type { CellChoices } from '../engine/core/cellChoices.ts';
import { Prisma } from './database.ts';
import { idArray } from './idArray.ts';
import { likePattern } from './likePattern.ts';
import { rowsOfKinds } from './statusCode.ts';

/** Whether `search_text` has every word typed; true for no words. */
export function matchesText(column: string, text: string): Prisma.Sql {
  return text.trim() === ''
    ? Prisma.sql`true`
    : Prisma.sql`${Prisma.raw(column)} LIKE ALL (${likePattern(text)}::text[])`;
}

/** `exception(user_id, permission_id, chosen)`: the cells decided by hand. */
export function exceptionCte({ exceptions }: CellChoices): Prisma.Sql {
  const chosen = `{${exceptions.map((each) => each.chosen).join(',')}}`;
  return Prisma.sql`
    exception AS MATERIALIZED (
      SELECT user_id, permission_id, bool_or(chosen) AS chosen
      FROM unnest(${idArray(exceptions.map(({ userId }) => userId))},
                  ${idArray(exceptions.map(({ permissionId }) => permissionId))}, ${chosen}::boolean[])
        AS e(user_id, permission_id, chosen)
      GROUP BY user_id, permission_id
    )`;
}

/** The codes of live permissions that some statuses have, without their difference. */
export function codesOf(kinds: CellChoices['kinds']): Prisma.Sql {
  return idArray(rowsOfKinds(kinds));
}
