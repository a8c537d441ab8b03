import { z } from 'zod';
import type { CellChoices } from '../engine/core/cellChoices.ts';
import { exceptionCte, matchesText } from './cellChoices.ts';
import { HELD_COLUMNS, HISTORY_COLUMNS, HISTORY_VALUES, NOTEWORTHY_CTE } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';

/** A permission of a package that is being removed from it. */
export interface RemovalScope {
  organizationId: number;
  packageNumber: number;
  permissionId: number;
}

/**
 * `holder`: everybody who has the permission active through the package, founders aside, and whether it is `chosen` to
 * be taken from them (Remove Permission) or left (Keep Permission). Of the choices' statuses it matters whether there
 * are any: those who fit the search are chosen, or nobody is.
 */
function holderCtes({ organizationId, packageNumber, permissionId }: RemovalScope, choices: CellChoices): Prisma.Sql {
  return Prisma.sql`
    ${exceptionCte(choices)},
    holder AS MATERIALIZED (
      SELECT held.user_id, held.permission_id, u.code AS user_code, u.name AS user_name, u.search_text,
             coalesce(exception.chosen,
                      ${choices.kinds.length > 0}::boolean AND ${matchesText('u.search_text', choices.text)}) AS chosen,
             EXISTS (SELECT FROM profile_grants g WHERE g.organization_id = held.organization_id
                      AND g.user_id = held.user_id AND g.permission_id = held.permission_id)
               OR EXISTS (SELECT FROM rule_grants g WHERE g.organization_id = held.organization_id
                          AND g.user_id = held.user_id AND g.permission_id = held.permission_id) AS given_elsewhere,
             ${HELD_COLUMNS}
      FROM app_auth held
      JOIN users u ON u.organization_id = held.organization_id AND u.id = held.user_id AND NOT u.founder
      LEFT JOIN exception ON exception.user_id = held.user_id AND exception.permission_id = held.permission_id
      WHERE held.organization_id = ${organizationId}::int AND held.permission_id = ${permissionId}::int
        AND held.active AND held.package_number = ${packageNumber}::int
    ),
    fingerprint AS (
      SELECT encode(sha256(convert_to(concat('remove/', (
        SELECT string_agg(concat_ws(':', user_id, chosen, held_value, held_param, operation_id), ';' ORDER BY user_id)
        FROM holder)), 'UTF8')), 'hex') AS hash
    )`;
}

const Counts = z.object({ removed: z.number(), elsewhere: z.number(), kept: z.number(), hash: z.string() });

/**
 * From how many people the permission is taken, to how many of them a profile or rule still gives it (`elsewhere`), how
 * many keep it, and the digest of that plan.
 */
export type RemovalCounts = z.infer<typeof Counts>;

const COUNTS = Prisma.sql`
  (SELECT count(*)::int FROM holder WHERE chosen) AS removed,
  (SELECT count(*)::int FROM holder WHERE chosen AND given_elsewhere) AS elsewhere,
  (SELECT count(*)::int FROM holder WHERE NOT chosen) AS kept,
  (SELECT hash FROM fingerprint) AS hash`;

/** Counts what removing the permission would do. */
export async function countRemoval(
  queryable: Queryable,
  scope: RemovalScope,
  choices: CellChoices,
): Promise<RemovalCounts> {
  const [row] = await queryable.$queryRaw<unknown[]>`WITH ${holderCtes(scope, choices)} SELECT ${COUNTS}`;
  return Counts.parse(row);
}

const Holder = z.object({
  userId: z.number(),
  userCode: z.string(),
  userName: z.string(),
  value: z.string(),
  param: z.string(),
  chosen: z.boolean(),
});

/** Somebody who has the permission through the package. */
export type RemovalHolder = z.infer<typeof Holder>;

/** One page of the holders whom a search fits, by personal code, and how many it fits in all. */
export async function selectHolders(
  queryable: Queryable,
  scope: RemovalScope,
  choices: CellChoices,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ holders: RemovalHolder[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${holderCtes(scope, choices)},
    shown AS (SELECT * FROM holder WHERE ${matchesText('search_text', text)})
    SELECT user_id AS "userId", user_code AS "userCode", user_name AS "userName", held_value AS value, held_param AS param,
           chosen, count(*) OVER ()::int AS total
    FROM shown ORDER BY user_code OFFSET ${offset} LIMIT ${limit}`;
  const holders = z.array(Holder.extend({ total: z.number() })).parse(rows);
  return { holders, total: holders[0]?.total ?? 0 };
}

/**
 * Turns the permission of the package red and takes it from the chosen holders; the others keep their row and its
 * source, and show Active Legacy (DOMAIN 4, Remove a permission).
 */
export async function writeRemoval(
  queryable: Queryable,
  scope: RemovalScope,
  choices: CellChoices,
  operationId: number,
): Promise<RemovalCounts> {
  const { organizationId, packageNumber, permissionId } = scope;
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${holderCtes(scope, choices)},
    deactivated AS (
      UPDATE app_auth a SET active = false, reason = 'removal', operation_id = ${operationId}::int
      FROM holder
      WHERE holder.chosen AND a.organization_id = ${organizationId}::int AND a.user_id = holder.user_id
        AND a.permission_id = ${permissionId}::int
    ),
    reddened AS (
      UPDATE package_permissions SET live = false
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
        AND permission_id = ${permissionId}::int
    ),
    noted AS (SELECT holder.*, NULL::int AS code, chosen AS written FROM holder),
    ${NOTEWORTHY_CTE},
    recorded AS (
      INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                     ${HISTORY_COLUMNS})
      SELECT ${organizationId}::int, ${operationId}::int, holder.user_id, user_code, user_name,
             CASE WHEN chosen THEN 'removed' ELSE 'unchanged' END, ${HISTORY_VALUES}
      FROM holder JOIN noteworthy USING (user_id) ORDER BY holder.user_id
    )
    SELECT ${COUNTS}`;
  return Counts.parse(row);
}
