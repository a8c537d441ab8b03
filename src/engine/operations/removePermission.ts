import { type RemovalCounts, writeRemoval } from '../../persistence/removeCells.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import type { CellChoices } from '../core/cellChoices.ts';
import { holdBrake } from './holdBrake.ts';
import { getLivePermission, getPackage } from './loadPackage.ts';
import { permissionLabel } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, requirePlan, runOperation } from './runOperation.ts';

export interface RemovePermissionCommand extends Command {
  number: number;
  permissionId: number;
  /** Chosen holders lose the permission, the others keep it. */
  choices: CellChoices;
  /** Hash of the plan that was confirmed. */
  planHash: string;
}

/**
 * Removes a permission from a package: its row turns red and future assignees do not get it. Of those who have it
 * through the package, the chosen ones lose it (reason `removal`), and the others keep it as Active Legacy (DOMAIN 4).
 * Needs `define_packages`.
 * @throws EngineError `package_not_found`, `permission_not_in_package`, `plan_changed`, `brake`.
 */
export async function removePermission(
  context: EngineContext,
  command: RemovePermissionCommand,
): Promise<OperationDone<Omit<RemovalCounts, 'hash'>>> {
  const { organizationId } = command.actor;
  const { number, permissionId, choices } = command;
  const operation = { kind: 'remove_permission', needs: 'define_packages', command, packageNumber: number } as const;
  const done = await runOperation(context, operation, async (transaction, { id }) => {
    const { permission, value, param } = await getLivePermission(transaction, organizationId, number, permissionId);
    const scope = { organizationId, packageNumber: number, permissionId };
    const { hash, ...outcome } = await writeRemoval(transaction, scope, choices, id);
    requirePlan(context, hash, command.planHash);
    const { state } = await getPackage(transaction, organizationId, number);
    const people = state === 'active' ? outcome.removed : 0;
    await holdBrake(context, transaction, command, { organizationId, packageNumber: number, people });
    const label = permissionLabel(permission);
    return {
      packageNumber: number,
      planHash: hash,
      snapshot: { package: number, permission: label, permissionId },
      outcome,
      audit: {
        subject: { package: number, permission: label },
        before: { value, param, live: true },
        after: { value, param, live: false, ...outcome },
      },
      messages: [{ kind: 'access_changed', payload: { audience: 'changed' } }],
    };
  });
  if (!done.repeated && !context.within) refreshStatistics(context.database, done.outcome.removed);
  return done;
}
