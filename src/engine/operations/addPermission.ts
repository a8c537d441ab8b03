import { findPermission } from '../../persistence/catalog.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { getPackage } from './loadPackage.ts';
import { getParameter, permissionLabel, type WantedValue } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

/** A permission for a package: value is one of its levels, structures only where its scope takes them. */
export interface AddPermissionCommand extends Command, WantedValue {
  number: number;
  permissionId: number;
}

/**
 * Adds a permission to a package, or turns a removed one green again with a new value and parameter. Existing members
 * are not changed; they show Not granted until they are synced (DOMAIN 4). Needs `define_packages`.
 * @throws EngineError `permission_not_found`, `permission_already_in_package`, `invalid_value`, `invalid_parameter`,
 *   `parameter_not_taken`.
 */
export function addPermission(
  context: EngineContext,
  command: AddPermissionCommand,
): Promise<OperationDone<{ members: number; readded: boolean }>> {
  const { organizationId } = command.actor;
  const { number, permissionId, value } = command;
  const head = { kind: 'add_permission', needs: 'define_packages', command, packageNumber: number } as const;
  return runOperation(context, head, async (transaction) => {
    await getPackage(transaction, organizationId, number);
    const permission = await findPermission(transaction, organizationId, permissionId);
    if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
    const label = permissionLabel(permission);
    const param = await getParameter(transaction, organizationId, permission, command);
    const key = { organizationId, packageNumber: number, permissionId };
    const previous = await transaction.packagePermission.findUnique({
      where: { organizationId_packageNumber_permissionId: key },
    });
    if (previous?.live) throw new EngineError('permission_already_in_package', { permission: label, number });
    await transaction.packagePermission.upsert({
      where: { organizationId_packageNumber_permissionId: key },
      create: { ...key, value, param },
      update: { value, param, live: true },
    });
    const members = await transaction.assignment.count({
      where: { organizationId, packageNumber: number, state: 'active' },
    });
    const after = { value, param, live: true };
    return {
      packageNumber: number,
      planHash: hashOf({ number, permissionId, ...after }),
      snapshot: { package: number, permission: label, permissionId },
      outcome: { members, readded: previous !== null },
      audit: {
        subject: { package: number, permission: label },
        before: previous && { value: previous.value, param: previous.param, live: false },
        after,
      },
      messages: [],
    };
  });
}
