import type { Transaction } from '../../persistence/database.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import type { SyncPlan, SyncScope } from '../../persistence/syncCells.ts';
import { writeSync } from '../../persistence/writeSync.ts';
import type { CellChoices } from '../core/cellChoices.ts';
import { EngineError } from '../errors.ts';
import { holdBrake } from './holdBrake.ts';
import { getLivePermission, getPackage } from './loadPackage.ts';
import { permissionLabel } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, requirePlan, runOperation } from './runOperation.ts';

export interface SyncPackageCommand extends Command {
  number: number;
  /** One permission, or every live one. */
  permissionId: number | null;
  /** One member, or all active ones. */
  userId: number | null;
  choices: CellChoices;
  /** Hash of the plan that was confirmed; where the world has moved since, nothing is applied. */
  planHash: string;
}

export type SyncOutcome = Omit<SyncPlan, 'hash' | 'losing'>;

/**
 * Brings chosen members back to what the package says, for one permission or for all: the row takes the package's value
 * and the package becomes its source, whatever the source was. Skipped cells count as accepted (DOMAIN 4, Sync).
 * Members who have left are passed over, whatever was chosen. Needs `sync_packages`.
 * @throws EngineError `package_not_found`, `package_disabled`, `permission_not_in_package`, `person_left` where it is
 *   about one, `nothing_chosen`, `plan_changed`, `brake`.
 */
export async function syncPackage(
  context: EngineContext,
  command: SyncPackageCommand,
): Promise<OperationDone<SyncOutcome>> {
  const { organizationId } = command.actor;
  const { number, permissionId, userId, choices } = command;
  const scope = { organizationId, packageNumber: number, permissionId, userId };
  const operation = { kind: 'sync_package', needs: 'sync_packages', command, packageNumber: number } as const;
  const done = await runOperation(context, operation, async (transaction, { id }) => {
    const about = await describeScope(transaction, scope);
    const { hash, losing, ...outcome } = await writeSync(transaction, scope, choices, id);
    requirePlan(context, hash, command.planHash);
    await holdBrake(context, transaction, command, { organizationId, packageNumber: number, people: losing });
    if (outcome.written === 0) throw new EngineError('nothing_chosen', {});
    return {
      packageNumber: number,
      planHash: hash,
      snapshot: about,
      outcome,
      audit: { subject: about, before: null, after: outcome },
      messages: [{ kind: 'access_changed', payload: { audience: 'changed' } }],
    };
  });
  if (!done.repeated && !context.within) refreshStatistics(context.database, done.outcome.written);
  return done;
}

/** What the scope is called; refuses one that nothing can be synced in. */
async function describeScope(
  transaction: Transaction,
  { organizationId, packageNumber, permissionId, userId }: SyncScope,
): Promise<{ package: number; name: string; permission: string | null; user: string | null }> {
  const pack = await getPackage(transaction, organizationId, packageNumber);
  if (pack.state === 'disabled') {
    throw new EngineError('package_disabled', { number: packageNumber, name: pack.name });
  }
  const live =
    permissionId === null ? null : await getLivePermission(transaction, organizationId, packageNumber, permissionId);
  const user =
    userId === null
      ? null
      : await transaction.user.findUnique({ where: { organizationId_id: { organizationId, id: userId } } });
  if (user?.leftAt) throw new EngineError('person_left', { user: user.name });
  return {
    ...{ package: packageNumber, name: pack.name, user: user?.code ?? null },
    permission: live && permissionLabel(live.permission),
  };
}
