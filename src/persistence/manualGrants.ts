import { z } from 'zod';
import type { AccessFacts } from '../engine/core/effectiveAccess.ts';
import type { HoldingPackage } from '../engine/core/manualGrant.ts';
import type { AuthorizationRow } from '../engine/core/status.ts';
import { CatalogPermission } from './catalog.ts';
import { HISTORY_COLUMNS } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';
import { CHANGE_JOINS, cellOf, FACT_COLUMNS, FactRow, type RowChange } from './factRows.ts';
import { idArray } from './idArray.ts';

/** A permission of the catalogue, and everything that one person's access to it depends on. */
export interface PermissionFacts {
  permission: CatalogPermission;
  access: AccessFacts;
  changed: RowChange | null;
}

const Fact = FactRow.extend({
  ...CatalogPermission.shape,
  founder: z.boolean(),
  sourceState: z.enum(['active', 'disabled']).nullable(),
});

/** The facts of one person for every permission of some applications: by application, MAIN first. */
export async function selectPermissionFacts(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  applicationIds: readonly number[],
): Promise<PermissionFacts[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH wanted AS MATERIALIZED (
      SELECT p.id, p.application_id AS "applicationId", a.name AS "applicationName", p.key, p.name, p.is_main AS main,
             p.levels, p.scope, p.retired_at IS NOT NULL AS retired
      FROM permissions p
      JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
      WHERE p.organization_id = ${organizationId}::int AND p.application_id = ANY (${idArray(applicationIds)})
    ),
    best_profile AS MATERIALIZED (${bestGrant(Prisma.sql`profile_grants`, organizationId, userId)}),
    best_rule AS MATERIALIZED (${bestGrant(Prisma.sql`rule_grants`, organizationId, userId)})
    SELECT wanted.*, u.founder, source.state AS "sourceState", ${FACT_COLUMNS}
    FROM wanted
    JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = ${userId}::int
    LEFT JOIN app_auth held ON held.organization_id = u.organization_id AND held.user_id = u.id
      AND held.permission_id = wanted.id
    LEFT JOIN packages source ON source.organization_id = held.organization_id AND source.number = held.package_number
    ${CHANGE_JOINS}
    LEFT JOIN best_profile by_profile ON by_profile.permission_id = wanted.id
    LEFT JOIN best_rule by_rule ON by_rule.permission_id = wanted.id
    ORDER BY wanted."applicationName", wanted."applicationId", wanted.main DESC, wanted.name, wanted.id`;
  return z.array(Fact).parse(rows).map(toPermissionFacts);
}

function bestGrant(view: Prisma.Sql, organizationId: number, userId: number): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (permission_id) permission_id, name, value, param
    FROM ${view}
    WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int
      AND permission_id = ANY (ARRAY(SELECT id FROM wanted))
    ORDER BY permission_id, level DESC, name COLLATE "C"`;
}

function toPermissionFacts(fact: z.infer<typeof Fact>): PermissionFacts {
  const { row, profile, rule, changed } = cellOf(fact);
  const permission = CatalogPermission.parse(fact);
  const full = { value: permission.levels.at(-1) ?? '', param: permission.scope === 'structures' ? '*' : '' };
  // As the view `effective_access` has it: what a package gives counts only while the package is there and active
  const sourceState = fact.sourceState ?? 'disabled';
  return { permission, access: { founder: fact.founder, full, row, sourceState, profile, rule }, changed };
}

const Holding = z.object({
  left: z.date().nullable(),
  number: z.number(),
  name: z.string(),
  state: z.enum(['active', 'disabled']),
  assignment: z.enum(['active', 'former']),
  live: z.boolean(),
  value: z.string(),
  param: z.string(),
});

/** The packages that a person has or had and that have the permission, live or removed, by number. */
export async function selectHoldingPackages(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  permissionId: number,
): Promise<HoldingPackage[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.left_at AS left, k.number, k.name, k.state, s.state AS assignment, pp.live, pp.value, pp.param
    FROM assignments s
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number
    JOIN package_permissions pp ON pp.organization_id = k.organization_id AND pp.package_number = k.number
      AND pp.permission_id = ${permissionId}::int
    WHERE s.organization_id = ${organizationId}::int AND s.user_id = ${userId}::int
    ORDER BY k.number`;
  return z
    .array(Holding)
    .parse(rows)
    .map(({ left, number, name, state, assignment, live, value, param }) => ({
      ...{ left, name, assignment, package: { number, state }, permission: { live, value, param } },
    }));
}

/** Whose row of which permission, and the operation that writes it. */
export interface ManualRowTarget {
  organizationId: number;
  userId: number;
  permissionId: number;
  operationId: number;
}

/** Writes one row as set by hand, and keeps what was there before in the arrays of `changeHistory`. */
export async function writeManualRow(
  queryable: Queryable,
  { organizationId, userId, permissionId, operationId }: ManualRowTarget,
  row: AuthorizationRow,
): Promise<void> {
  const reason = row.active ? null : row.reason;
  const membership = row.active ? 'granted' : 'disabled';
  await queryable.$executeRaw`
    WITH authorized AS (
      INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, operation_id, active, reason, value,
                            param, replaced_operation_id)
      VALUES (${organizationId}::int, ${userId}::int, ${permissionId}::int, NULL, ${operationId}::int,
              ${row.active}::boolean, ${reason}::inactive_reason, ${row.value}, ${row.param}, NULL)
      ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
      SET package_number = NULL, operation_id = EXCLUDED.operation_id, active = EXCLUDED.active,
          reason = EXCLUDED.reason, value = EXCLUDED.value, param = EXCLUDED.param, replaced_operation_id = NULL
    )
    INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                   ${HISTORY_COLUMNS})
    SELECT u.organization_id, ${operationId}::int, u.id, u.code, u.name, ${membership}, ARRAY[${permissionId}::int], '{}',
           '{true}', ARRAY[held.value::text], ARRAY[held.param::text], ARRAY[held.reason::text],
           ARRAY[held.package_number], ARRAY[held.operation_id], ARRAY[held.replaced_operation_id]
    FROM users u
    LEFT JOIN app_auth held ON held.organization_id = u.organization_id AND held.user_id = u.id
      AND held.permission_id = ${permissionId}::int
    WHERE u.organization_id = ${organizationId}::int AND u.id = ${userId}::int`;
}
