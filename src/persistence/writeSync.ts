import type { CellChoices } from '../engine/core/cellChoices.ts';
import { acceptedCte } from './acceptedDeviations.ts';
import { HISTORY_COLUMNS, HISTORY_VALUES, NOTEWORTHY_CTE, replacedBy } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';
import { parsePlan, planColumns, plannedCte, type SyncPlan, type SyncScope, syncCtes } from './syncCells.ts';

/** What of a cell goes into the history, see `changeHistory`. */
const NOTED =
  Prisma.raw(`user_id, permission_id, code, chosen AS written, has_row, reason, package_number, operation_id,
  replaced_operation_id, held_value, held_param`);

/**
 * Writes the chosen cells with the package's value, whatever their source was; the package owns them from now on. What
 * was there before is remembered, and the eligible cells that were skipped count as accepted deviations (DOMAIN 1, 4).
 */
export async function writeSync(
  queryable: Queryable,
  scope: SyncScope,
  choices: CellChoices,
  operationId: number,
): Promise<SyncPlan> {
  const { organizationId, packageNumber } = scope;
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${syncCtes(scope, choices, { named: true })}, ${plannedCte(organizationId)},
    authorized AS (
      INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, operation_id, active, value, param,
                            replaced_operation_id)
      SELECT ${organizationId}::int, user_id, permission_id, ${packageNumber}::int, ${operationId}::int, true, value,
             param, ${replacedBy(operationId, packageNumber)}
      FROM planned ORDER BY user_id, permission_id
      ON CONFLICT (organization_id, user_id, permission_id) DO UPDATE
      SET package_number = EXCLUDED.package_number, operation_id = EXCLUDED.operation_id, active = true, reason = NULL,
          value = EXCLUDED.value, param = EXCLUDED.param, replaced_operation_id = EXCLUDED.replaced_operation_id
    ),
    noted AS (SELECT ${NOTED} FROM cell WHERE eligible),
    ${NOTEWORTHY_CTE},
    affected AS (SELECT DISTINCT user_id FROM planned WHERE change <> 'same'),
    recorded AS (
      INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership,
                                     ${HISTORY_COLUMNS})
      SELECT ${organizationId}::int, ${operationId}::int, u.id, u.code, u.name,
             CASE WHEN affected.user_id IS NULL THEN 'unchanged' ELSE 'synced' END, ${HISTORY_VALUES}
      FROM noteworthy
      JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = noteworthy.user_id
      LEFT JOIN affected ON affected.user_id = u.id
      ORDER BY u.id
    ),
    ${acceptedCte(scope, operationId, Prisma.sql`cell WHERE NOT chosen`)}
    SELECT ${planColumns(packageNumber)} FROM planned`;
  return parsePlan(row);
}
