import { refreshStatistics } from '../../persistence/statistics.ts';
import { writeUnassignment } from '../../persistence/unassignCells.ts';
import { EngineError } from '../errors.ts';
import { getPackage } from './loadPackage.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

export interface UnassignPackageCommand extends Command {
  number: number;
  userIds: readonly number[];
  /** Hash of the preview that was confirmed. */
  planHash: string;
}

/**
 * Removes the assignment of one or many people: they become former members and every active row that the package owns
 * goes inactive; rows since edited by hand stay (DOMAIN 4). Needs `assign_packages`.
 * @throws EngineError `package_not_found`, `plan_changed`.
 */
export async function unassignPackage(
  context: EngineContext,
  command: UnassignPackageCommand,
): Promise<OperationDone<{ people: number; taken: number }>> {
  const { organizationId } = command.actor;
  const { number, userIds } = command;
  const done = await runOperation(
    context,
    { kind: 'unassign_package', needs: 'assign_packages', command },
    async (transaction, { id }) => {
      const pack = await getPackage(transaction, organizationId, number);
      const target = { organizationId, packageNumber: number, userIds };
      const { hash, ...outcome } = await writeUnassignment(transaction, target, id);
      if (hash !== command.planHash) throw new EngineError('plan_changed', {});
      return {
        packageNumber: number,
        planHash: hash,
        snapshot: { package: { number, name: pack.name } },
        outcome,
        audit: {
          subject: { package: number, people: outcome.people },
          before: { state: 'active' },
          after: { state: 'former', ...outcome },
        },
        messages: [{ kind: 'access_changed', payload: { audience: 'changed' } }],
      };
    },
  );
  if (!done.repeated) refreshStatistics(context.database, done.outcome.taken);
  return done;
}
