import type { Transaction } from '../../persistence/database.ts';
import { type Link, writeLinks } from '../../persistence/people/links.ts';
import { findUser } from '../../persistence/users.ts';
import { EngineError } from '../errors.ts';
import { getPerson } from './getPerson.ts';
import { keepKeyholdersIn } from './keepKeyholders.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

export type { Link };

/**
 * Links people who have no Slack account to theirs, all of them or nobody. Whoever calls has asked Slack whether the
 * accounts may have a person. Needs `manage_catalog`.
 * @throws EngineError `nobody_chosen`; `plan_changed` where somebody left, was linked, or an account was taken
 *   meanwhile.
 */
export function linkPeople(
  context: EngineContext,
  command: Command & { links: readonly Link[] },
): Promise<OperationDone<{ people: number }>> {
  const { organizationId } = command.actor;
  const { links } = command;
  const head = { kind: 'link_people', needs: 'manage_catalog', command } as const;
  return runAdministration(context, head, async (transaction) => {
    if (links.length === 0) throw new EngineError('nobody_chosen', {});
    const written = await writeLinks(transaction, organizationId, links);
    if (written.length !== links.length) throw new EngineError('plan_changed', {});
    const accounts = Object.fromEntries(written.map(({ code, slackUserId }) => [code, slackUserId]));
    const people = written.map(({ userId }) => userId);
    return {
      subject: { people: people.length },
      before: null,
      after: { accounts },
      outcome: { people: people.length },
      people,
    };
  });
}

/**
 * Links one person to a Slack account, in the place of the one that they may have. Needs `manage_catalog`.
 * @throws EngineError `user_not_found`, `person_left`, `nothing_changed`, `slack_account_taken`.
 */
export function linkPerson(
  context: EngineContext,
  command: Command & Link,
): Promise<OperationDone<{ people: number }>> {
  const { organizationId } = command.actor;
  const { userId, slackUserId } = command;
  const head = { kind: 'link_people', needs: 'manage_catalog', command } as const;
  return runAdministration(context, head, async (transaction) => {
    const person = await getPerson(transaction, organizationId, userId);
    if (person.leftAt) throw new EngineError('person_left', { user: person.name });
    if (person.slackUserId === slackUserId) throw new EngineError('nothing_changed', {});
    await refuseTakenAccount(transaction, organizationId, slackUserId);
    const where = { organizationId_id: { organizationId, id: userId } };
    await transaction.user.update({ where, data: { slackUserId } });
    const before = { accounts: { [person.code]: person.slackUserId } };
    const after = { accounts: { [person.code]: slackUserId } };
    return { subject: { user: person.code }, before, after, outcome: { people: 1 }, people: [userId] };
  });
}

/**
 * Takes the Slack account from a person, who can then do nothing here. Needs `manage_catalog`.
 * @throws EngineError `user_not_found`, `nothing_changed`, `last_administrator`.
 */
export function unlinkPerson(
  context: EngineContext,
  command: Command & { userId: number },
): Promise<OperationDone<{ people: number }>> {
  const { organizationId } = command.actor;
  const { userId } = command;
  const head = { kind: 'unlink_person', needs: 'manage_catalog', command } as const;
  return runAdministration(context, head, async (transaction) => {
    const { code, slackUserId } = await getPerson(transaction, organizationId, userId);
    if (slackUserId === null) throw new EngineError('nothing_changed', {});
    const where = { organizationId_id: { organizationId, id: userId } };
    await keepKeyholdersIn(transaction, organizationId, () =>
      transaction.user.update({ where, data: { slackUserId: null } }),
    );
    return {
      ...{ subject: { user: code }, before: { slackUserId }, after: { slackUserId: null } },
      ...{ outcome: { people: 1 }, people: [userId] },
    };
  });
}

/** @throws EngineError `slack_account_taken` where somebody else has the account. */
async function refuseTakenAccount(
  transaction: Transaction,
  organizationId: number,
  slackUserId: string,
): Promise<void> {
  const owner = await findUser(transaction, organizationId, { slackUserId });
  if (owner) throw new EngineError('slack_account_taken', { code: owner.code, user: owner.name });
}
