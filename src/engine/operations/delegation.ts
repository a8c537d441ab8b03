import { cutDelegation, findDelegation, hasDelegationWithin, insertDelegation } from '../../persistence/delegations.ts';
import { getOrganization } from '../../persistence/organizations.ts';
import type { OutboxMessage } from '../../persistence/outbox.ts';
import { findUser, selectUsers } from '../../persistence/users.ts';
import { mayDo } from '../core/metaPermissions.ts';
import { endOfDay, startOfDay } from '../core/zonedDay.ts';
import { EngineError } from '../errors.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/** Longest delegation, in days. */
export const LONGEST_DELEGATION = 90;

const DAY_MS = 86_400_000;
const REASON_LENGTH = 500;

export interface DelegateCommand extends Command {
  /** The colleague, by the Slack account without which nobody can decide. */
  slackUserId: string;
  /** The first and the last day, in the organization's time zone, such as `2026-05-03`. */
  from: string;
  to: string;
  reason: string;
}

/**
 * Hands one's own say in approvals to one colleague for some days (DOMAIN 6). Only the say itself passes: the delegate
 * decides where the principal could, and cannot pass it on. Needs no right, because it gives nothing but one's own.
 * @throws EngineError `user_not_found`, `person_left`, `invalid_delegation`.
 */
export function delegate(
  context: EngineContext,
  { slackUserId, from, to, reason, ...command }: DelegateCommand,
): Promise<OperationDone<{ delegationId: number }>> {
  const { organizationId, userId: fromUserId } = command.actor;
  const head = { kind: 'delegate', needs: [], command } as const;
  return runAdministration(context, head, async (transaction, { actor, at }) => {
    const colleague = await findUser(transaction, organizationId, { slackUserId });
    if (!colleague) throw new EngineError('user_not_found', { wanted: `<@${slackUserId}>` });
    if (colleague.userId === fromUserId) throw new EngineError('invalid_delegation', { problem: 'self' });
    if (colleague.leftAt) throw new EngineError('person_left', { user: colleague.name });
    if (to < from) throw new EngineError('invalid_delegation', { problem: 'order' });
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
    if (!(days <= LONGEST_DELEGATION)) throw new EngineError('invalid_delegation', { problem: 'too_long' });
    const { timeZone } = await getOrganization(transaction, organizationId);
    const morning = startOfDay(from, timeZone);
    // Nothing begins in the past: what was ended earlier today stands in nobody's way
    const time = { startsAt: morning > at ? morning : at, endsAt: endOfDay(to, timeZone) };
    if (time.endsAt <= at) throw new EngineError('invalid_delegation', { problem: 'past' });
    if (await hasDelegationWithin(transaction, { organizationId, fromUserId }, time)) {
      throw new EngineError('invalid_delegation', { problem: 'overlap' });
    }
    const told = reason.trim().slice(0, REASON_LENGTH);
    const { userId: toUserId, name, code } = colleague;
    const delegation = { organizationId, fromUserId, toUserId, ...time, reason: told };
    const delegationId = await insertDelegation(transaction, delegation);
    return {
      subject: { user: `${name} (${code})`, delegation: delegationId },
      before: null,
      after: { begins: time.startsAt.toISOString(), ends: time.endsAt.toISOString(), note: told },
      outcome: { delegationId },
      people: [fromUserId, toUserId],
      messages: [toldOf({ ...delegation, id: delegationId, to: slackUserId, principal: actor.name, ended: false })],
    };
  });
}

/**
 * Ends a delegation now. Whoever handed over may, and whoever may administer.
 * @throws EngineError `delegation_not_found` where it has ended, `not_allowed`.
 */
export function endDelegation(
  context: EngineContext,
  { delegationId: id, ...command }: Command & { delegationId: number },
): Promise<OperationDone<Record<string, never>>> {
  const { organizationId } = command.actor;
  const head = { kind: 'end_delegation', needs: [], command } as const;
  return runAdministration(context, head, async (transaction, { actor, at }) => {
    const found = await findDelegation(transaction, { organizationId, id }, at);
    const isOwn = found?.fromUserId === actor.userId;
    if (!isOwn && !mayDo(actor, 'administer')) throw new EngineError('not_allowed', { needs: 'administer' });
    if (!found) throw new EngineError('delegation_not_found', {});
    const { fromUserId, toUserId, endsAt } = found;
    const people = await selectUsers(transaction, organizationId, [fromUserId, toUserId]);
    const [principal, held] = [fromUserId, toUserId].map((id) => people.find(({ userId }) => userId === id));
    const to = held?.slackUserId;
    await cutDelegation(transaction, { organizationId, id }, at);
    return {
      subject: { user: principal ? `${principal.name} (${principal.code})` : '', delegation: id },
      before: { ends: endsAt.toISOString() },
      after: { ends: at.toISOString() },
      outcome: {},
      people: [fromUserId, toUserId],
      messages: to ? [toldOf({ ...found, id, to, principal: principal?.name ?? '', reason: '', ended: true })] : [],
    };
  });
}

/** What the delegate is told. */
function toldOf(delegation: {
  id: number;
  to: string;
  principal: string;
  startsAt: Date;
  endsAt: Date;
  reason: string;
  ended: boolean;
}): OutboxMessage {
  const { id, to, principal, reason, ended } = delegation;
  const [startsAt, endsAt] = [delegation.startsAt.toISOString(), delegation.endsAt.toISOString()];
  return { kind: 'delegation', payload: { to, delegationId: id, principal, startsAt, endsAt, reason, ended } };
}
