import type { Transaction } from '../../persistence/database.ts';
import { countKeyholders } from '../../persistence/people/keyholders.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { recordPeople } from '../../persistence/recordPeople.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

export interface TransferFounderCommand extends Command {
  /** Who becomes a founder; null where the actor only steps down. */
  toUserId: number | null;
  /** Whether the actor stops being one. */
  stepDown: boolean;
}

/**
 * Names another founder, steps down, or both at once: the transfer. Rows that somebody had before becoming a founder
 * stay as they are and count again when they step down (nothing is ever written for a founder, DOMAIN 1). Founders
 * only.
 * @throws EngineError `founders_only`, `user_not_found`, `not_reachable` where the person has left or has no Slack
 *   account, `nothing_changed`, `last_founder`.
 */
export function transferFounder(
  context: EngineContext,
  command: TransferFounderCommand,
): Promise<OperationDone<{ name: string | null }>> {
  const { organizationId } = command.actor;
  const { toUserId, stepDown } = command;
  return runOperation(
    context,
    { kind: 'transfer_founder', needs: 'administer', command },
    async (transaction, { id, actor }) => {
      if (!actor.founder) throw new EngineError('founders_only', {});
      if (toUserId === null && !stepDown) throw new EngineError('nothing_changed', {});
      const before = await founderCodes(transaction, organizationId);
      const operation = { organizationId, operationId: id };
      const name = toUserId === null ? null : await nameFounder(transaction, organizationId, toUserId);
      if (toUserId !== null) await recordPeople(transaction, operation, [toUserId], 'founder_named');
      if (stepDown) {
        const where = { organizationId_id: { organizationId, id: actor.userId } };
        await transaction.user.update({ where, data: { founder: false } });
        await recordPeople(transaction, operation, [actor.userId], 'founder_ended');
      }
      const after = await founderCodes(transaction, organizationId);
      const { founders } = await countKeyholders(rawQueryOf(transaction), organizationId);
      if (founders === 0) throw new EngineError('last_founder', {});
      const subject = { from: stepDown ? actor.code : null, to: name };
      return {
        ...{ packageNumber: null, planHash: hashOf({ toUserId, stepDown, before }), snapshot: subject },
        outcome: { name },
        audit: { subject, before, after },
        messages: [{ kind: 'access_changed', payload: { audience: 'changed' } }],
      };
    },
  );
}

async function nameFounder(transaction: Transaction, organizationId: number, userId: number): Promise<string> {
  const where = { organizationId_id: { organizationId, id: userId } };
  const person = await transaction.user.findUnique({ where });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  if (person.founder) throw new EngineError('nothing_changed', {});
  if (person.leftAt || !person.slackUserId) throw new EngineError('not_reachable', { user: person.name });
  await transaction.user.update({ where, data: { founder: true } });
  return person.name;
}

async function founderCodes(transaction: Transaction, organizationId: number): Promise<string[]> {
  const founders = await transaction.user.findMany({
    ...{ where: { organizationId, founder: true }, select: { code: true }, orderBy: { code: 'asc' } },
  });
  return founders.map(({ code }) => code);
}
