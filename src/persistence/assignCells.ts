import { z } from 'zod';
import { CONFLICTS, WRITTEN_ON_ASSIGN } from '../engine/core/statusTable.ts';
import { cellsFrom, packageCtes } from './cells.ts';
import { Prisma, type Queryable } from './database.ts';
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

const CONFLICT_ROWS = rowsOfKinds(CONFLICTS);
const WRITTEN_ROWS = rowsOfKinds(WRITTEN_ON_ASSIGN);

/**
 * `person`: those chosen, with their membership now. `cell`: what each who joins holds of each live permission, with its
 * status code. `fingerprint`: a digest of everything the plan rests on, so that a moved world shows.
 */
function assignCtes({ organizationId, packageNumber, userIds }: AssignmentTarget): Prisma.Sql {
  return Prisma.sql`
    chosen AS (SELECT DISTINCT unnest(${[...userIds]}::int[]) AS user_id),
    everyone AS MATERIALIZED (
      SELECT u.id AS user_id, u.code, u.name, u.founder, s.state AS assignment
      FROM chosen
      JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = chosen.user_id
      LEFT JOIN assignments s ON s.organization_id = u.organization_id AND s.user_id = u.id
        AND s.package_number = ${packageNumber}::int
    ),
    person AS (SELECT * FROM everyone WHERE assignment IS DISTINCT FROM 'active' AND NOT founder),
    ${packageCtes(organizationId, packageNumber, true)},
    cell AS MATERIALIZED (
      SELECT person.user_id, wanted.permission_id, wanted.value, wanted.param, ${statusCode(packageNumber)} AS code,
             held.user_id IS NOT NULL AS has_row, held.active, held.reason, held.package_number, held.operation_id,
             held.value AS held_value, held.param AS held_param,
             by_profile.name AS profile_name, by_profile.value AS profile_value, by_profile.param AS profile_param,
             by_rule.name AS rule_name, by_rule.value AS rule_value, by_rule.param AS rule_param
      FROM ${cellsFrom(organizationId)}
    ),
    fingerprint AS (
      SELECT encode(sha256(convert_to(concat_ws('/',
        (SELECT state FROM packages WHERE organization_id = ${organizationId}::int AND number = ${packageNumber}::int),
        (SELECT string_agg(concat_ws(':', permission_id, value, param), ';' ORDER BY permission_id) FROM wanted),
        (SELECT string_agg(concat_ws(':', user_id, assignment), ';' ORDER BY user_id) FROM everyone),
        (SELECT string_agg(concat_ws(':', user_id, permission_id, code, operation_id, held_value, held_param,
                                     package_number, profile_name, profile_value, rule_name, rule_value), ';'
                           ORDER BY user_id, permission_id) FROM cell WHERE code >> 2 = ANY (${CONFLICT_ROWS}::int[]))
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
           (SELECT count(*)::int FROM cell WHERE code >> 2 = ANY (${CONFLICT_ROWS}::int[])) AS conflicts,
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
    SELECT cell.user_id AS "userId", everyone.code AS "userCode", everyone.name AS "userName",
           cell.permission_id AS "permissionId", cell.code, held_value AS "heldValue", held_param AS "heldParam",
           cell.package_number AS "packageNumber", profile_name AS "profileName", profile_value AS "profileValue",
           profile_param AS "profileParam", rule_name AS "ruleName", rule_value AS "ruleValue",
           rule_param AS "ruleParam"
    FROM cell
    JOIN everyone ON everyone.user_id = cell.user_id
    JOIN permissions p ON p.organization_id = ${target.organizationId}::int AND p.id = cell.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE cell.code >> 2 = ANY (${CONFLICT_ROWS}::int[])
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
 * statement. Rows are written in the order of (user, permission), so that concurrent writers cannot deadlock.
 */
export async function writeAssignment(
  queryable: Queryable,
  target: AssignmentTarget,
  choices: ConflictChoices,
  operationId: number,
): Promise<AssignmentCounts> {
  const { organizationId, packageNumber } = target;
  const exceptionUsers = choices.exceptions.map(({ userId }) => userId);
  const exceptionPermissions = choices.exceptions.map(({ permissionId }) => permissionId);
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${assignCtes(target)},
    exception AS (
      SELECT DISTINCT * FROM unnest(${exceptionUsers}::int[], ${exceptionPermissions}::int[]) AS e(user_id, permission_id)
    ),
    decided AS MATERIALIZED (
      SELECT cell.*, CASE
        WHEN code >> 2 = ANY (${WRITTEN_ROWS}::int[]) THEN 'written'
        WHEN code >> 2 = ANY (${CONFLICT_ROWS}::int[]) THEN
          CASE WHEN ${choices.keepPackage}::boolean <> (exception.user_id IS NOT NULL) THEN 'keep_package'
               ELSE 'keep_original' END
        ELSE 'none' END AS decision
      FROM cell LEFT JOIN exception USING (user_id, permission_id)
    ),
    authorized AS (
      INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, operation_id, active, value, param)
      SELECT ${organizationId}::int, user_id, permission_id, ${packageNumber}::int, ${operationId}::int, true, value, param
      FROM decided WHERE decision IN ('written', 'keep_package')
      ORDER BY user_id, permission_id
      ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
      SET package_number = EXCLUDED.package_number, operation_id = EXCLUDED.operation_id, active = true, reason = NULL,
          value = EXCLUDED.value, param = EXCLUDED.param
    ),
    joined AS (
      INSERT INTO assignments (organization_id, package_number, user_id, state, operation_id)
      SELECT ${organizationId}::int, ${packageNumber}::int, user_id, 'active', ${operationId}::int
      FROM everyone WHERE assignment IS DISTINCT FROM 'active' ORDER BY user_id
      ON CONFLICT (organization_id, package_number, user_id) DO UPDATE
      SET state = 'active', operation_id = EXCLUDED.operation_id
    ),
    noteworthy AS (
      SELECT user_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'permission', permission_id, 'code', code, 'decision', decision,
               'row', CASE WHEN has_row THEN jsonb_build_object('active', active, 'reason', reason,
                 'package', package_number, 'value', held_value, 'param', held_param, 'operation', operation_id) END,
               'profile', CASE WHEN profile_name IS NOT NULL THEN
                 jsonb_build_object('name', profile_name, 'value', profile_value, 'param', profile_param) END,
               'rule', CASE WHEN rule_name IS NOT NULL THEN
                 jsonb_build_object('name', rule_name, 'value', rule_value, 'param', rule_param) END
             )) ORDER BY permission_id) AS cells
      FROM decided WHERE has_row OR decision <> 'written' OR profile_name IS NOT NULL OR rule_name IS NOT NULL
      GROUP BY user_id
    ),
    recorded AS (
      INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership, cells)
      SELECT ${organizationId}::int, ${operationId}::int, everyone.user_id, everyone.code, everyone.name,
             CASE WHEN assignment = 'active' THEN 'unchanged' WHEN founder THEN 'founder'
                  WHEN assignment = 'former' THEN 'reassigned' ELSE 'assigned' END,
             coalesce(noteworthy.cells, '[]')
      FROM everyone LEFT JOIN noteworthy USING (user_id)
    ),
    accepted AS (
      INSERT INTO accepted_deviations (organization_id, package_number, user_id, permission_id, operation_id, value,
                                       param, row_operation_id)
      SELECT ${organizationId}::int, ${packageNumber}::int, user_id, permission_id, ${operationId}::int, value, param,
             operation_id
      FROM decided WHERE decision = 'keep_original' ORDER BY user_id, permission_id
      ON CONFLICT (organization_id, package_number, user_id, permission_id) DO UPDATE
      SET operation_id = EXCLUDED.operation_id, value = EXCLUDED.value, param = EXCLUDED.param,
          row_operation_id = EXCLUDED.row_operation_id
    )
    SELECT (SELECT count(*)::int FROM everyone WHERE assignment IS NULL) AS assigned,
           (SELECT count(*)::int FROM everyone WHERE assignment = 'former') AS reassigned,
           (SELECT count(*)::int FROM everyone WHERE founder AND assignment IS DISTINCT FROM 'active') AS founders,
           (SELECT count(*)::int FROM everyone WHERE assignment = 'active') AS already,
           (SELECT count(*)::int FROM decided WHERE decision = 'written') AS written,
           (SELECT count(*)::int FROM decided WHERE decision = 'keep_package') AS "keptPackage",
           (SELECT count(*)::int FROM decided WHERE decision = 'keep_original') AS "keptOriginal",
           (SELECT hash FROM fingerprint) AS hash`;
  return Applied.parse(row);
}
