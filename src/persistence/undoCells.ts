import { z } from 'zod';
import { narrowedSql } from './accessChangeSql.ts';
import type { FormerEnds } from './assignmentEnds.ts';
import { HISTORY_COLUMNS, HISTORY_VALUES, NOTEWORTHY_CTE } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';
import { hasLeft } from './hasLeft.ts';
import { idArray } from './idArray.ts';

/** An operation whose rows are taken back. */
export interface UndoTarget {
  organizationId: number;
  operationId: number;
  packageNumber: number | null;
  /** Permissions that an assignment granted without noting them, because nothing was there before. */
  impliedPermissionIds: readonly number[];
  /** Why a row is inactive from now on that did not exist before. */
  reason: 'unassignment' | 'removal';
}

/**
 * `reverted`: the rows that the operation wrote and nobody has written since, with what was there before; a null
 * `was_value` says that there was no row. `rejoined`: the memberships that it changed and nobody has changed since.
 * `passed_over`: the people who have left and would get access or an assignment back: they do not.
 * Everything is found through the operation's people, and nothing joins two large expressions.
 */
function undoCtes(target: UndoTarget): Prisma.Sql {
  const { organizationId, operationId, packageNumber } = target;
  return Prisma.sql`
    own_row AS MATERIALIZED (${ownRowsSql(target)}),
    reverted AS (SELECT * FROM own_row WHERE NOT to_left),
    own_membership AS MATERIALIZED (
      SELECT c.user_id, coalesce(c.membership_was = 'active', false) AND ${hasLeft(organizationId, 'c.user_id')} AS to_left
      FROM operation_changes c
      JOIN assignments s ON s.organization_id = c.organization_id AND s.user_id = c.user_id
        AND s.package_number = ${packageNumber}::int AND s.operation_id = c.operation_id
      WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ${operationId}::int
    ),
    rejoined AS (SELECT user_id FROM own_membership WHERE NOT to_left),
    passed_over AS (
      SELECT user_id FROM own_row WHERE to_left UNION SELECT user_id FROM own_membership WHERE to_left
    ),
    fingerprint AS (
      SELECT encode(sha256(convert_to(concat_ws('/', 'undo',
        (SELECT string_agg(concat_ws(':', user_id, permission_id), ';' ORDER BY user_id, permission_id) FROM reverted),
        (SELECT string_agg(user_id::text, ';' ORDER BY user_id) FROM rejoined)), 'UTF8')), 'hex') AS hash
    )`;
}

/**
 * The rows that an operation wrote and nobody has written since, with what was there before. `to_left`: it was access,
 * of somebody who has left.
 */
export function ownRowsSql({ organizationId, operationId }: Pick<UndoTarget, 'organizationId' | 'operationId'>) {
  return Prisma.sql`
      SELECT held.user_id, held.permission_id, held.value AS held_value, held.param AS held_param, held.reason,
             held.package_number, held.operation_id, held.replaced_operation_id,
             c.held_values[at.i] AS was_value, c.held_params[at.i] AS was_param,
             c.held_reasons[at.i]::inactive_reason AS was_reason, c.held_packages[at.i] AS was_package,
             c.held_operations[at.i] AS was_operation, c.held_replaced[at.i] AS was_replaced,
             c.held_values[at.i] IS NOT NULL AND c.held_reasons[at.i] IS NULL
               AND ${hasLeft(organizationId, 'held.user_id')} AS to_left
      FROM operation_changes c
      JOIN app_auth held ON held.organization_id = c.organization_id AND held.user_id = c.user_id
        AND held.operation_id = c.operation_id
      CROSS JOIN LATERAL (SELECT array_position(c.permission_ids, held.permission_id) AS i) at
      WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ${operationId}::int`;
}

/** `changed`: the cells that the operation wrote and somebody else has written since. */
function changedSql({ organizationId, operationId, impliedPermissionIds }: UndoTarget): Prisma.Sql {
  return Prisma.sql`
    SELECT c.user_id, h.permission_id, held.operation_id
    FROM operation_changes c
    CROSS JOIN LATERAL unnest(c.permission_ids, c.written) AS h(permission_id, written)
    JOIN app_auth held ON held.organization_id = c.organization_id AND held.user_id = c.user_id
      AND held.permission_id = h.permission_id
    WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ${operationId}::int
      AND h.written AND held.operation_id IS DISTINCT FROM c.operation_id
    UNION ALL
    SELECT c.user_id, held.permission_id, held.operation_id
    FROM operation_changes c
    JOIN app_auth held ON held.organization_id = c.organization_id AND held.user_id = c.user_id
      AND held.permission_id = ANY (${idArray(impliedPermissionIds)})
    WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ${operationId}::int
      AND c.membership IN ('assigned', 'reassigned') AND NOT held.permission_id = ANY (c.permission_ids)
      AND held.operation_id IS DISTINCT FROM c.operation_id`;
}

const Counts = z.object({
  rows: z.number(),
  losing: z.number(),
  memberships: z.number(),
  changed: z.number(),
  left: z.number(),
  hash: z.string(),
});

/**
 * Rows and memberships that can be taken back, people who have less afterwards (`losing`), cells that have changed
 * since, people who have left and get nothing back, and the digest of the plan.
 */
export type UndoCounts = z.infer<typeof Counts>;

/** How many people have less of something by what is `reverted`. */
function losingSql({ organizationId }: UndoTarget): Prisma.Sql {
  return Prisma.sql`
    SELECT count(DISTINCT user_id)::int FROM reverted
    JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = permission_id
    LEFT JOIN packages source ON source.organization_id = p.organization_id AND source.number = package_number
    LEFT JOIN packages earlier ON earlier.organization_id = p.organization_id AND earlier.number = was_package
    WHERE reason IS NULL AND source.state IS DISTINCT FROM 'disabled' AND (
      was_value IS NULL OR was_reason IS NOT NULL OR earlier.state = 'disabled'
      OR coalesce(array_position(p.levels, was_value::text), 0) < array_position(p.levels, held_value::text)
      OR ${narrowedSql('held_param', 'was_param')})`;
}

/** Counts what undoing an operation would do to people. */
export async function countUndo(queryable: Queryable, target: UndoTarget): Promise<UndoCounts> {
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${undoCtes(target)}
    SELECT (SELECT count(*)::int FROM reverted) AS rows, (SELECT count(*)::int FROM rejoined) AS memberships,
           (${losingSql(target)}) AS losing, (SELECT count(*)::int FROM (${changedSql(target)}) changed) AS changed,
           (SELECT count(*)::int FROM passed_over) AS left, (SELECT hash FROM fingerprint) AS hash`;
  return Counts.parse(row);
}

const PassedOver = z.object({ userCode: z.string(), userName: z.string(), leftAt: z.date() });

/** Somebody who has left and gets nothing back. */
export type PassedOver = z.infer<typeof PassedOver>;

/** The first of the people who have left and get nothing back, by personal code. */
export async function selectPassedOver(queryable: Queryable, target: UndoTarget, limit: number): Promise<PassedOver[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${undoCtes(target)}
    SELECT u.code AS "userCode", u.name AS "userName", u.left_at AS "leftAt"
    FROM passed_over JOIN users u ON u.organization_id = ${target.organizationId}::int AND u.id = passed_over.user_id
    ORDER BY u.code LIMIT ${limit}`;
  return z.array(PassedOver).parse(rows);
}

const Changed = z.object({
  userCode: z.string(),
  userName: z.string(),
  permission: z.string(),
  by: z.string().nullable(),
  at: z.date().nullable(),
});

/** A cell that somebody has written since; by nobody known where it was imported. */
export type ChangedSince = z.infer<typeof Changed>;

/** The first of the cells that have changed since, by personal code. */
export async function selectChangedSince(
  queryable: Queryable,
  target: UndoTarget,
  limit: number,
): Promise<ChangedSince[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.code AS "userCode", u.name AS "userName", a.name || ' · ' || p.name AS permission, changer.name AS by, o.at
    FROM (${changedSql(target)}) changed
    JOIN users u ON u.organization_id = ${target.organizationId}::int AND u.id = changed.user_id
    JOIN permissions p ON p.organization_id = u.organization_id AND p.id = changed.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    LEFT JOIN operations o ON o.organization_id = u.organization_id AND o.id = changed.operation_id
    LEFT JOIN users changer ON changer.organization_id = o.organization_id AND changer.id = o.actor_user_id
    ORDER BY u.code, permission LIMIT ${limit}`;
  return z.array(Changed).parse(rows);
}

/**
 * Takes back what the operation wrote and nobody has written since. A row that did not exist before goes inactive; any
 * other is as it was, with the operation behind it, so that an earlier operation can be undone in turn. Who has left
 * gets nothing back.
 */
export async function writeUndo(queryable: Queryable, target: UndoTarget, undoId: number): Promise<UndoCounts> {
  const { organizationId, packageNumber } = target;
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${undoCtes(target)},
    changed AS (SELECT count(*)::int AS cells FROM (${changedSql(target)}) since),
    restored AS (
      UPDATE app_auth held SET
        value = coalesce(was_value, held.value), param = coalesce(was_param, held.param),
        active = was_value IS NOT NULL AND was_reason IS NULL,
        reason = CASE WHEN was_value IS NULL THEN ${target.reason}::inactive_reason ELSE was_reason END,
        package_number = CASE WHEN was_value IS NULL THEN held.package_number ELSE was_package END,
        operation_id = CASE WHEN was_value IS NULL THEN ${undoId}::int ELSE was_operation END,
        replaced_operation_id = CASE WHEN was_value IS NULL THEN NULL ELSE was_replaced END
      FROM reverted
      WHERE held.organization_id = ${organizationId}::int AND held.user_id = reverted.user_id
        AND held.permission_id = reverted.permission_id
    ),
    noted AS (SELECT *, NULL::int AS code, true AS written FROM reverted),
    ${NOTEWORTHY_CTE},
    recorded AS (
      INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                     ${HISTORY_COLUMNS})
      SELECT ${organizationId}::int, ${undoId}::int, u.id, u.code, u.name, 'undone', ${HISTORY_VALUES}
      FROM (SELECT user_id FROM noteworthy UNION SELECT user_id FROM rejoined) affected
      JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = affected.user_id
      LEFT JOIN noteworthy ON noteworthy.user_id = u.id
      ORDER BY u.id
    ),
    forgotten AS (
      DELETE FROM accepted_deviations
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
        AND operation_id = ${target.operationId}::int
    )
    SELECT (SELECT count(*)::int FROM reverted) AS rows, (SELECT count(*)::int FROM rejoined) AS memberships,
           (${losingSql(target)}) AS losing, (SELECT cells FROM changed) AS changed, (SELECT count(*)::int FROM passed_over) AS left,
           (SELECT hash FROM fingerprint) AS hash`;
  return Counts.parse(row);
}

/**
 * Takes back the memberships that the operation changed and nobody has changed since. One that would end stays where
 * the package still gives the person something, written later, and none begins again for somebody who has left. One
 * that begins again ends when it was to end, unless that is over: then it lasts. `ends`: those that former memberships
 * had.
 * @returns how many.
 */
export function writeMembershipUndo(
  queryable: Queryable,
  target: UndoTarget,
  undoId: number,
  { ends, now }: { ends: FormerEnds; now: Date },
): Promise<number> {
  const { organizationId, operationId, packageNumber } = target;
  return queryable.$executeRaw`
    UPDATE assignments s SET state = coalesce(c.membership_was, 'former'),
      operation_id = CASE WHEN c.membership_was IS NULL THEN ${undoId}::int ELSE c.membership_operation_id END,
      ends_at = CASE WHEN c.membership_was = 'active' THEN CASE WHEN s.ends_at > ${now} THEN s.ends_at END
                     ELSE ended."endsAt" END,
      ends_by = CASE WHEN c.membership_was = 'active' THEN CASE WHEN s.ends_at > ${now} THEN s.ends_by END
                     ELSE ended."endsBy" END,
      end_told_at = CASE WHEN c.membership_was = 'active' THEN s.end_told_at END
    FROM operation_changes c
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(ends)}::jsonb)
      AS ended("userId" int, "endsAt" timestamptz, "endsBy" int) ON ended."userId" = c.user_id
    WHERE c.organization_id = ${organizationId}::int AND c.operation_id = ${operationId}::int
      AND s.organization_id = c.organization_id AND s.user_id = c.user_id
      AND s.package_number = ${packageNumber}::int AND s.operation_id = c.operation_id
      AND CASE WHEN c.membership_was = 'active' THEN NOT ${hasLeft(organizationId, 's.user_id')} ELSE NOT EXISTS (
        SELECT FROM app_auth held WHERE held.organization_id = s.organization_id AND held.user_id = s.user_id
          AND held.active AND held.package_number = s.package_number) END`;
}
