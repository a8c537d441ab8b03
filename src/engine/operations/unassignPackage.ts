import { refreshStatistics } from '../../persistence/statistics.ts';
import { writeUnassignment } from '../../persistence/unassignCells.ts';
import { countUnassignmentOptions, handOver, restoreReplaced } from '../../persistence/unassignOptions.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { holdBrake } from './holdBrake.ts';
import { getPackage } from './loadPackage.ts';
import { type Command, type EngineContext, type OperationDone, requirePlan, runOperation } from './runOperation.ts';

export interface UnassignPackageCommand extends Command {
  number: number;
  userIds: readonly number[];
  /** Hash of the preview that was confirmed. */
  planHash: string;
  /** What becomes of the rows besides going inactive; absent: nothing. */
  options?: AfterUnassignment | undefined;
}

/** What becomes of rows that an ended assignment takes away. */
export interface AfterUnassignment {
  /** What the package had replaced comes back. */
  restore: boolean;
  /** Another active package of the person that defines the permission takes over what is not restored. */
  handOver: boolean;
  /** Hash of the options as they were shown. */
  hash: string;
}

/** What ending assignments did: people, rows taken from them, and what became of some of those rows. */
export interface UnassignmentOutcome {
  people: number;
  taken: number;
  restored: number;
  handedOver: number;
  [key: string]: number;
}

/**
 * Removes the assignment of one or many people: they become former members and every active row that the package owns
 * goes inactive, unless it is restored or handed over; rows since edited by hand stay (DOMAIN 4). Needs
 * `assign_packages`.
 * @throws EngineError `package_not_found`, `plan_changed`, `brake`.
 */
export async function unassignPackage(
  context: EngineContext,
  command: UnassignPackageCommand,
): Promise<OperationDone<UnassignmentOutcome>> {
  const { organizationId } = command.actor;
  const { number, userIds } = command;
  const done = await runOperation(
    context,
    { kind: 'unassign_package', needs: 'assign_packages', command, packageNumber: number },
    async (transaction, { id }) => {
      const pack = await getPackage(transaction, organizationId, number);
      const target = { organizationId, packageNumber: number, userIds };
      const offered = command.options && (await countUnassignmentOptions(transaction, target)).hash;
      if (command.options) requirePlan(context, offered ?? '', command.options.hash);
      const { hash, losing, ...counts } = await writeUnassignment(transaction, target, id);
      requirePlan(context, hash, command.planHash);
      const people = pack.state === 'active' ? losing : 0;
      await holdBrake(context, transaction, command, {
        ...{ organizationId, packageNumber: number, people, gone: counts.people },
      });
      const restored = command.options?.restore ? await restoreReplaced(transaction, target, id) : 0;
      const handedOver = command.options?.handOver ? await handOver(transaction, target, id) : 0;
      const outcome = { ...counts, restored, handedOver };
      return {
        packageNumber: number,
        planHash: offered === undefined ? hash : hashOf({ taken: hash, offered }),
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
  if (!done.repeated && !context.within) refreshStatistics(context.database, done.outcome.taken);
  return done;
}
