import { writeManualRow } from '../../persistence/manualGrants.ts';
import type { GrantSnapshot } from '../core/grantSnapshot.ts';
import type { AuthorizationRow } from '../core/status.ts';
import { permissionLabel } from './permissionParameter.ts';
import { type PlannedGrant, planGrant, type WantedChange, type WantedGrant } from './planGrant.ts';
import { type Command, type EngineContext, type OperationDone, requirePlan, runOperation } from './runOperation.ts';

export interface GrantPermissionCommand extends Command, WantedGrant {
  /** Hash of the plan that was confirmed; where the world has moved since, nothing is written. */
  planHash: string;
}

/**
 * Sets, changes, disables or enables one permission of one person by hand; the row becomes `manual` (DOMAIN 4, Manage
 * Permissions). The person is told where their access changes. Needs `manage_permissions`.
 * @throws EngineError `plan_changed`, and what {@link planGrant} refuses.
 */
export function grantPermission(
  context: EngineContext,
  command: GrantPermissionCommand,
): Promise<OperationDone<{ accessChanges: boolean }>> {
  const { organizationId } = command.actor;
  return runOperation(
    context,
    { kind: 'grant_permission', needs: 'manage_permissions', command, packageNumber: null },
    async (transaction, { id }) => {
      const planned = await planGrant(transaction, organizationId, command);
      const { person, permission, plan } = planned;
      requirePlan(context, plan.hash, command.planHash);
      const target = { organizationId, operationId: id, userId: person.userId, permissionId: permission.id };
      await writeManualRow(transaction, target, plan.row);
      return {
        packageNumber: null,
        planHash: plan.hash,
        snapshot: takeSnapshot(planned, command.change.kind),
        outcome: { accessChanges: plan.accessChanges },
        audit: {
          subject: { user: person.code, permission: permissionLabel(permission), change: command.change.kind },
          before: plan.held && recordedRow(plan.held),
          after: recordedRow(plan.row),
        },
        messages: plan.accessChanges ? [{ kind: 'access_changed', payload: { audience: 'changed' } }] : [],
      };
    },
  );
}

function takeSnapshot({ person, permission, plan }: PlannedGrant, change: WantedChange['kind']): GrantSnapshot {
  const { id, applicationName, name, main } = permission;
  const { active, value, param } = plan.row;
  return {
    change,
    user: { code: person.code, name: person.name },
    permission: { id, application: applicationName, name, main },
    row: { active, value, param },
  };
}

/** A row as audit records tell it. */
function recordedRow(row: AuthorizationRow) {
  const { active, value, param, packageNumber } = row;
  const source = packageNumber === null ? 'manual' : `package:${packageNumber}`;
  return { active, value, param, source, reason: row.active ? null : row.reason };
}
