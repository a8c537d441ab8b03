import { findMembership, writeEnd } from '../../persistence/assignmentEnds.ts';
import { recordPeople } from '../../persistence/recordPeople.ts';
import { findUser } from '../../persistence/users.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { endFor } from './assignmentEnd.ts';
import { getPackage } from './loadPackage.ts';
import { refuseLeft } from './refuseLeft.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

export interface ChangeEndCommand extends Command {
  number: number;
  userId: number;
  /** The new last day, such as `2026-12-12`; null: it lasts. */
  until: string | null;
  /** The end that was shown, as an ISO moment; null: none. Where it is another by now, nothing is done. */
  shown: string | null;
}

type Changed = { endsAt: string | null };

/**
 * Changes or removes the day on which one member's assignment ends. To prolong it is to give the package for longer:
 * that falls under the policy of assigning (DOMAIN 6). Needs `assign_packages`.
 * @throws EngineError `package_not_found`, `assignment_not_found`, `end_in_the_past`, `nothing_changed`,
 *   `plan_changed`, `person_left` where it would be prolonged for somebody who left.
 */
export async function changeEnd(context: EngineContext, command: ChangeEndCommand): Promise<OperationDone<Changed>> {
  const { number, userId, until, shown, actor } = command;
  const { organizationId } = actor;
  const queryable = context.within ?? context.database.prisma;
  const end = await endFor(queryable, actor, until, context.now());
  const prolongs = shown !== null && (end === null || end.at > new Date(shown));
  const head = {
    ...({ kind: 'change_end', needs: 'assign_packages', command, packageNumber: number } as const),
    ...(prolongs && ({ governedAs: 'assign_package' } as const)),
  };
  return runOperation<Changed>(context, head, async (transaction, { id }) => {
    const pack = await getPackage(transaction, organizationId, number);
    const person = await findUser(transaction, organizationId, { userId });
    if (!person) throw new EngineError('user_not_found', { wanted: String(userId) });
    const key = { organizationId, packageNumber: number, userId };
    const membership = await findMembership(transaction, key);
    if (membership?.state !== 'active') {
      throw new EngineError('assignment_not_found', { user: person.name, number });
    }
    const before = membership.endsAt?.toISOString() ?? null;
    const after = end?.at.toISOString() ?? null;
    // Whether it is prolonged, and so whether it needs approval, was judged by what was shown
    if (before !== shown) throw new EngineError('plan_changed', {});
    if (before === after) throw new EngineError('nothing_changed', {});
    if (prolongs) await refuseLeft(transaction, organizationId, [userId]);
    await writeEnd(transaction, key, end);
    await recordPeople(transaction, { organizationId, operationId: id }, [userId], 'end_changed');
    return {
      packageNumber: number,
      planHash: hashOf({ number, userId, before, after }),
      snapshot: { package: { number, name: pack.name }, endsAt: after },
      outcome: { endsAt: after },
      audit: {
        subject: { package: number, user: `${person.name} (${person.code})` },
        before: { ends: before },
        after: { ends: after },
      },
      messages: [],
    };
  });
}
