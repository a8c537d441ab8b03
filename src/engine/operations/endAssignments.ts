import { type Ending, selectEnding, selectEndings, tellOfEnds } from '../../persistence/assignmentEnds.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import { writeUnassignment } from '../../persistence/unassignCells.ts';
import { derivedKey } from '../core/derivedKey.ts';
import { mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPackage } from './loadPackage.ts';
import { type EngineContext, runOperation } from './runOperation.ts';
import type { UnassignmentOutcome } from './unassignPackage.ts';

const DAY_MS = 86_400_000;

/** Members told in one statement. */
const TOLD_AT_ONCE = 1_000;

/** Endings looked after in one round; each is one operation, whatever the number of its members. */
const ROUND = 100;

/** Tells members, and whoever set it, that the end of their assignment is near, once. @returns how many members. */
export async function tellOfEndings({ database, now }: EngineContext, noticeDays: number): Promise<number> {
  const at = now();
  const before = new Date(at.getTime() + noticeDays * DAY_MS);
  let told = 0;
  for (;;) {
    const more = await tellOfEnds(database.prisma, { now: at, before, limit: TOLD_AT_ONCE });
    told += more;
    if (more < TOLD_AT_ONCE) return told;
  }
}

/**
 * Removes the assignments whose time is over: one operation for all members of a package who end together, in the name
 * of whoever set the end. @returns how many operations.
 */
export async function endAssignments(context: EngineContext, report: (error: unknown) => unknown): Promise<number> {
  const endings = await selectEndings(context.database.prisma, context.now(), ROUND);
  for (const ending of endings) {
    // What keeps one from ending keeps no other
    await endTogether(context, ending).catch(report);
  }
  return endings.length;
}

/**
 * An ordinary removal of assignments that was agreed when the end was set: no policy is asked again, and it happens
 * also where whoever set it has lost the right to assign or has left, which the record says.
 */
async function endTogether(context: EngineContext, ending: Ending): Promise<void> {
  const { organizationId, packageNumber, endsAt, endsBy } = ending;
  const due = await selectEnding(context.database.prisma, ending);
  if (due.length === 0) return;
  const userId = endsBy ?? due[0] ?? 0;
  // Of a day of a package; the people too, lest somebody who was brought back to that end be passed over for ever
  const key = derivedKey(['end', organizationId, packageNumber, endsAt.toISOString(), userId, ...due].join('/'));
  const head = {
    ...({ kind: 'unassign_package', needs: [], governedAs: 'change_end' } as const),
    ...{ command: { actor: { organizationId, userId }, key }, packageNumber },
  };
  const done = await runOperation<UnassignmentOutcome>(context, head, async (transaction, { id, actor }) => {
    const pack = await getPackage(transaction, organizationId, packageNumber);
    // Under the organization's lock: whose end was changed in this moment stays
    const userIds = await selectEnding(transaction, ending);
    if (userIds.length === 0) throw new EngineError('nothing_changed', {});
    const target = { organizationId, packageNumber, userIds };
    const { hash, losing: _agreed, ...counts } = await writeUnassignment(transaction, target, id);
    const outcome = { ...counts, restored: 0, handedOver: 0 };
    const ended = endsAt.toISOString();
    return {
      packageNumber,
      planHash: hash,
      snapshot: { package: { number: packageNumber, name: pack.name }, ended },
      outcome,
      audit: {
        subject: { package: packageNumber, people: outcome.people, ended },
        before: { state: 'active' },
        after: { state: 'former', ...outcome, ended, rightLost: !mayDo(actor, 'assign_packages') },
      },
      messages: [{ kind: 'access_changed', payload: { audience: 'changed' } }],
    };
  }).catch((error: unknown) => {
    if (error instanceof EngineError && error.code === 'nothing_changed') return null;
    throw error;
  });
  if (done && !done.repeated) refreshStatistics(context.database, done.outcome.taken);
}
