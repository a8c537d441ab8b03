import { writeLeft } from '../../persistence/people/links.ts';
import { EngineError } from '../errors.ts';
import { getPerson } from './getPerson.ts';
import { keepKeyholdersIn } from './keepKeyholders.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/**
 * Marks people as having left. What they have stays until it is removed; meanwhile nothing more is given to them, and
 * they may do nothing here. Needs `manage_catalog`.
 * @throws EngineError `nothing_changed` where all of them have left already, `last_administrator`.
 */
export function markLeft(
  context: EngineContext,
  command: Command & { userIds: readonly number[]; because: 'slack' | 'administrator' },
): Promise<OperationDone<{ people: number }>> {
  const { organizationId } = command.actor;
  const { userIds, because } = command;
  const head = { kind: 'person_left', needs: 'manage_catalog', command } as const;
  return runAdministration(context, head, async (transaction, { at }) => {
    const marked = await keepKeyholdersIn(transaction, organizationId, () =>
      writeLeft(transaction, organizationId, userIds, { at, because }),
    );
    if (marked.length === 0) throw new EngineError('nothing_changed', {});
    const after = { left: at.toISOString(), because, users: marked.map(({ code }) => code).sort() };
    const people = marked.map(({ userId }) => userId);
    return {
      subject: { people: people.length },
      before: { left: null },
      after,
      outcome: { people: people.length },
      people,
    };
  });
}

/**
 * Takes the mark from somebody who came back. What was removed meanwhile is not given back. Needs `manage_catalog`.
 * @throws EngineError `user_not_found`, `person_not_left`.
 */
export function markReturned(
  context: EngineContext,
  command: Command & { userId: number },
): Promise<OperationDone<{ people: number }>> {
  const { organizationId } = command.actor;
  const { userId } = command;
  const head = { kind: 'person_returned', needs: 'manage_catalog', command } as const;
  return runAdministration(context, head, async (transaction) => {
    const { code, name, leftAt } = await getPerson(transaction, organizationId, userId);
    if (!leftAt) throw new EngineError('person_not_left', { user: name });
    const where = { organizationId_id: { organizationId, id: userId } };
    await transaction.user.update({ where, data: { leftAt: null, leftBecause: null } });
    return {
      ...{ subject: { user: code }, before: { left: leftAt.toISOString() }, after: { left: null } },
      ...{ outcome: { people: 1 }, people: [userId] },
    };
  });
}
