import { z } from 'zod';
import { CONFLICTS, WRITTEN_ON_ASSIGN } from '../engine/core/statusTable.ts';
import { acceptedCte } from './acceptedDeviations.ts';
import type { AssignmentEnd } from './assignmentEnds.ts';
import { cellsFrom, packageCtes } from './cells.ts';
import { HELD_COLUMNS, HISTORY_COLUMNS, HISTORY_VALUES, NOTEWORTHY_CTE, replacedBy } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';
import { rowsOfKinds, statusCode, statusOfCode } from './statusCode.ts';

/** Which package is assigned to whom. */
export interface AssignmentTarget {
  organizationId: number;
  packageNumber: number;
  userIds: readonly number[];
}

/** What to do about conflicts: one choice for all, and the cells that are to be treated the other way. */
export interface ConflictChoices {
  keepPackage: boolean;
  exceptions: readonly { userId: number; permissionId: number }[];
}

/** What of a cell goes into the history, see `changeHistory`. */
const NOTED_COLUMNS = Prisma.raw(`user_id, permission_id, code, has_row, reason, package_number, operation_id,
  replaced_operation_id, held_value, held_param`);

/** A grant of a profile or rule as JSON; null where there is none. */
function grantJson(kind: 'profile' | 'rule'): Prisma.Sql {
  return Prisma.raw(`CASE WHEN ${kind}_name IS NOT NULL THEN
    jsonb_build_object('name', ${kind}_name, 'value', ${kind}_value, 'param', ${kind}_param) END`);
}

const CONFLICT_ROWS = rowsOfKinds(CONFLICTS);
const WRITTEN_ROWS = rowsOfKinds(WRITTEN_ON_ASSIGN);

/** The best profile and rule of a cell; joined to the few cells that are told about, never to all. */
const GRANT_COLUMNS = Prisma.sql`
  by_profile.name AS profile_name, by_profile.value AS profile_value, by_profile.param AS profile_param,
  by_rule.name AS rule_name, by_rule.value AS rule_value, by_rule.param AS rule_param`;
const GRANT_JOINS = Prisma.sql`
  LEFT JOIN best_profile by_profile ON by_profile.user_id = cell.user_id
    AND by_profile.permission_id = cell.permission_id
  LEFT JOIN best_rule by_rule ON by_rule.user_id = cell.user_id AND by_rule.permission_id = cell.permission_id`;

/**
 * `everyone`: those chosen, with their membership now; `person`: those of them who join. `cell`: what each who joins
 * holds of each live permission, with its status code. `conflict`: the cells to be asked about, with the profile and
 * rule behind them. `fingerprint`: a digest of everything the plan rests on, so that a moved world shows.
 */
function assignCtes({ organizationId, packageNumber, userIds }: AssignmentTarget): Prisma.Sql {
  return Prisma.sql`
    chosen AS (SELECT DISTINCT unnest(${idArray(userIds)}) AS user_id),
    everyone AS MATERIALIZED (
      SELECT u.id AS user_id, u.code, u.name, u.search_text, u.founder, s.state AS assignment,
             s.operation_id AS assignment_operation_id
      FROM chosen
      JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = chosen.user_id
      LEFT JOIN assignments s ON s.organization_id = u.organization_id AND s.user_id = u.id
        AND s.package_number = ${packageNumber}::int
    ),
    person AS (SELECT * FROM everyone WHERE assignment IS DISTINCT FROM 'active' AND NOT founder),
    ${packageCtes(organizationId, packageNumber, { onlyLive: true })},
    cell AS MATERIALIZED (
      SELECT person.user_id, wanted.permission_id, wanted.value, wanted.param, ${statusCode(packageNumber)} AS code,
             ${HELD_COLUMNS}
      FROM ${cellsFrom(organizationId, userIds.length)}
    ),
    conflict AS MATERIALIZED (
      SELECT cell.*, ${GRANT_COLUMNS} FROM cell ${GRANT_JOINS} WHERE code >> 2 = ANY (${CONFLICT_ROWS}::int[])
    ),
    fingerprint AS (
      SELECT encode(sha256(convert_to(concat_ws('/',
        (SELECT state FROM packages WHERE organization_id = ${organizationId}::int AND number = ${packageNumber}::int),
        (SELECT string_agg(concat_ws(':', permission_id, value, param), ';' ORDER BY permission_id) FROM wanted),
        (SELECT string_agg(concat_ws(':', user_id, assignment), ';' ORDER BY user_id) FROM everyone),
        (SELECT string_agg(concat_ws(':', user_id, permission_id, code, operation_id, held_value, held_param,
                                     package_number, profile_name, profile_value, rule_name, rule_value), ';'
                           ORDER BY user_id, permission_id) FROM conflict)
      ), 'UTF8')), 'hex') AS hash
    )`;
}

const Preflight = z.object({
  people: z.number(),
  joining: z.number(),
  returning: z.number(),
  founders: z.number(),
  already: z.number(),
  written: z.number(),
  conflicts: z.number(),
  hash: z.string(),
});

/** Counts of an assignment before it is confirmed. `written` cells have no conflict; `hash` identifies the plan. */
export type PreflightCounts = z.infer<typeof Preflight>;

/** Counts what assigning would do (DOMAIN 4, preflight). */
export async function countPreflight(queryable: Queryable, target: AssignmentTarget): Promise<PreflightCounts> {
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${assignCtes(target)}
    SELECT (SELECT count(*)::int FROM everyone) AS people,
           (SELECT count(*)::int FROM everyone WHERE assignment IS NULL) AS joining,
           (SELECT count(*)::int FROM everyone WHERE assignment = 'former') AS returning,
           (SELECT count(*)::int FROM everyone WHERE founder AND assignment IS DISTINCT FROM 'active') AS founders,
           (SELECT count(*)::int FROM everyone WHERE assignment = 'active') AS already,
           (SELECT count(*)::int FROM cell WHERE code >> 2 = ANY (${WRITTEN_ROWS}::int[])) AS written,
           (SELECT count(*)::int FROM conflict) AS conflicts,
           (SELECT hash FROM fingerprint) AS hash`;
  return Preflight.parse(row);
}

const Conflict = z.object({
  userId: z.number(),
  userCode: z.string(),
  userName: z.string(),
  permissionId: z.number(),
  code: z.number(),
  heldValue: z.string().nullable(),
  heldParam: z.string().nullable(),
  packageNumber: z.number().nullable(),
  profileName: z.string().nullable(),
  profileValue: z.string().nullable(),
  profileParam: z.string().nullable(),
  ruleName: z.string().nullable(),
  ruleValue: z.string().nullable(),
  ruleParam: z.string().nullable(),
});

export type ConflictCell = z.infer<typeof Conflict> & ReturnType<typeof statusOfCode>;

/** One page of the conflicts, by person's code and application, MAIN first. */
export async function selectConflicts(
  queryable: Queryable,
  target: AssignmentTarget,
  page: { offset: number; limit: number },
): Promise<ConflictCell[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${assignCtes(target)}
    SELECT conflict.user_id AS "userId", everyone.code AS "userCode", everyone.name AS "userName",
           conflict.permission_id AS "permissionId", conflict.code, held_value AS "heldValue", held_param AS "heldParam",
           conflict.package_number AS "packageNumber", profile_name AS "profileName", profile_value AS "profileValue",
           profile_param AS "profileParam", rule_name AS "ruleName", rule_value AS "ruleValue",
           rule_param AS "ruleParam"
    FROM conflict
    JOIN everyone ON everyone.user_id = conflict.user_id
    JOIN permissions p ON p.organization_id = ${target.organizationId}::int AND p.id = conflict.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    ORDER BY everyone.code, a.name, p.is_main DESC, p.name
    OFFSET ${page.offset} LIMIT ${page.limit}`;
  return z
    .array(Conflict)
    .parse(rows)
    .map((row) => ({ ...row, ...statusOfCode(row.code, true) }));
}

const Applied = z.object({
  assigned: z.number(),
  reassigned: z.number(),
  founders: z.number(),
  already: z.number(),
  written: z.number(),
  keptPackage: z.number(),
  keptOriginal: z.number(),
  hash: z.string(),
});

/** What an assignment did, in people and in permissions. */
export type AssignmentCounts = z.infer<typeof Applied>;

/**
 * Assigns: memberships, authorizations, what was there before, and the deviations accepted by Keep Original, in one
 * statement. `end`: when the memberships end that begin now; null: they last. Rows are written in the order of (user,
 * permission), so that concurrent writers cannot deadlock.
 */
export async function writeAssignment(
  queryable: Queryable,
  target: AssignmentTarget,
  choices: ConflictChoices,
  operationId: number,
  end: AssignmentEnd | null,
): Promise<AssignmentCounts> {
  const { organizationId, packageNumber } = target;
  const exceptionUsers = choices.exceptions.map(({ userId }) => userId);
  const exceptionPermissions = choices.exceptions.map(({ permissionId }) => permissionId);
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${assignCtes(target)},
    exception AS (
      SELECT DISTINCT * FROM unnest(${idArray(exceptionUsers)}, ${idArray(exceptionPermissions)}) AS e(user_id, permission_id)
    ),
    decided AS MATERIALIZED (
      SELECT conflict.*, ${choices.keepPackage}::boolean <> (exception.user_id IS NOT NULL) AS written
      FROM conflict LEFT JOIN exception USING (user_id, permission_id)
    ),
    authorized AS (
      INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, operation_id, active, value, param,
                            replaced_operation_id)
      SELECT ${organizationId}::int, user_id, permission_id, ${packageNumber}::int, ${operationId}::int, true, value,
             param, replaced
      FROM (
        SELECT user_id, permission_id, value, param, ${replacedBy(operationId, packageNumber)} AS replaced
        FROM cell WHERE code >> 2 = ANY (${WRITTEN_ROWS}::int[])
        UNION ALL
        SELECT user_id, permission_id, value, param, ${replacedBy(operationId, packageNumber)}
        FROM decided WHERE written
      ) granted
      ORDER BY user_id, permission_id
      ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
      SET package_number = EXCLUDED.package_number, operation_id = EXCLUDED.operation_id, active = true, reason = NULL,
          value = EXCLUDED.value, param = EXCLUDED.param, replaced_operation_id = EXCLUDED.replaced_operation_id
    ),
    joined AS (
      INSERT INTO assignments (organization_id, package_number, user_id, state, operation_id, user_code, search_text,
                               ends_at, ends_by)
      SELECT ${organizationId}::int, ${packageNumber}::int, user_id, 'active', ${operationId}::int, code, search_text,
             ${end?.at ?? null}::timestamptz, ${end?.by ?? null}::int
      FROM everyone WHERE assignment IS DISTINCT FROM 'active' ORDER BY user_id
      ON CONFLICT (organization_id, package_number, user_id) DO UPDATE
      SET state = 'active', operation_id = EXCLUDED.operation_id, ends_at = EXCLUDED.ends_at,
          ends_by = EXCLUDED.ends_by, end_told_at = NULL
    ),
    noted AS (
      SELECT ${NOTED_COLUMNS}, written FROM decided
      UNION ALL
      SELECT ${NOTED_COLUMNS}, code >> 2 = ANY (${WRITTEN_ROWS}::int[])
      FROM cell
      WHERE NOT code >> 2 = ANY (${CONFLICT_ROWS}::int[]) AND (has_row OR NOT code >> 2 = ANY (${WRITTEN_ROWS}::int[]))
    ),
    ${NOTEWORTHY_CTE},
    given_elsewhere AS (
      SELECT user_id, jsonb_object_agg(permission_id, jsonb_strip_nulls(jsonb_build_object(
               'profile', ${grantJson('profile')}, 'rule', ${grantJson('rule')}))) AS grants
      FROM conflict WHERE profile_name IS NOT NULL OR rule_name IS NOT NULL GROUP BY user_id
    ),
    recorded AS (
      INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                     membership_was, membership_operation_id, grants, ${HISTORY_COLUMNS})
      SELECT ${organizationId}::int, ${operationId}::int, everyone.user_id, everyone.code, everyone.name,
             CASE WHEN assignment = 'active' THEN 'unchanged' WHEN founder THEN 'founder'
                  WHEN assignment = 'former' THEN 'reassigned' ELSE 'assigned' END,
             assignment, assignment_operation_id, grants, ${HISTORY_VALUES}
      FROM everyone LEFT JOIN noteworthy USING (user_id) LEFT JOIN given_elsewhere USING (user_id)
    ),
    ${acceptedCte(target, operationId, Prisma.sql`decided WHERE NOT written`)}
    SELECT (SELECT count(*)::int FROM everyone WHERE assignment IS NULL) AS assigned,
           (SELECT count(*)::int FROM everyone WHERE assignment = 'former') AS reassigned,
           (SELECT count(*)::int FROM everyone WHERE founder AND assignment IS DISTINCT FROM 'active') AS founders,
           (SELECT count(*)::int FROM everyone WHERE assignment = 'active') AS already,
           (SELECT count(*)::int FROM cell WHERE code >> 2 = ANY (${WRITTEN_ROWS}::int[])) AS written,
           (SELECT count(*)::int FROM decided WHERE written) AS "keptPackage",
           (SELECT count(*)::int FROM decided WHERE NOT written) AS "keptOriginal",
           (SELECT hash FROM fingerprint) AS hash`;
  return Applied.parse(row);
}
