import { countDivergent } from '../../persistence/divergence.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { getLivePermission } from './loadPackage.ts';
import { getParameter, permissionLabel } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

/** Another value and parameter for a permission that a package has. */
export interface ChangePermissionCommand extends Command {
  number: number;
  permissionId: number;
  value: string;
  /** Structure codes, or `*`; empty for scope `none`. */
  structures: readonly string[];
}

/**
 * Changes value and parameter of a package's permission. Existing members are not changed: `divergent` of them now
 * differ from the package, `before` of them did already (DOMAIN 4). Needs `define_packages`.
 * @throws EngineError `permission_not_in_package`, `nothing_changed`, `invalid_value`, `invalid_parameter`,
 *   `parameter_not_taken`.
 */
export function changePermission(
  context: EngineContext,
  command: ChangePermissionCommand,
): Promise<OperationDone<{ divergent: number; before: number }>> {
  const { organizationId } = command.actor;
  const { number, permissionId, value } = command;
  return runOperation(
    context,
    { kind: 'change_permission', needs: 'define_packages', command, packageNumber: number },
    async (transaction) => {
      const { permission, ...held } = await getLivePermission(transaction, organizationId, number, permissionId);
      const param = await getParameter(transaction, organizationId, permission, command);
      if (held.value === value && held.param === param) throw new EngineError('nothing_changed', {});
      const scope = { organizationId, packageNumber: number, permissionId };
      const before = await countDivergent(transaction, scope);
      await transaction.packagePermission.update({
        where: { organizationId_packageNumber_permissionId: scope },
        data: { value, param },
      });
      const label = permissionLabel(permission);
      return {
        packageNumber: number,
        planHash: hashOf({ number, permissionId, value, param }),
        snapshot: { package: number, permission: label, permissionId },
        outcome: { divergent: await countDivergent(transaction, scope), before },
        audit: {
          subject: { package: number, permission: label },
          before: { value: held.value, param: held.param, live: true },
          after: { value, param, live: true },
        },
        messages: [],
      };
    },
  );
}
