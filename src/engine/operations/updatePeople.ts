import { appendAudit } from '../../persistence/audit.ts';
import type { Transaction } from '../../persistence/database.ts';
import { markDrift } from '../../persistence/drift/driftMarks.ts';
import { readHistories } from '../../persistence/historyBursts.ts';
import { inCopyTransaction } from '../../persistence/import/copyTransaction.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { claimByKey, completeByKey } from '../../persistence/people/claimOperation.ts';
import {
  compareStaged,
  countDifferences,
  type PeopleDifference,
  type PeopleUpdateCounts,
  selectDifferences,
  writeDifferences,
} from '../../persistence/people/peopleDifferences.ts';
import { CREATE_PEOPLE_LINES, stagePeople } from '../../persistence/people/stagePeople.ts';
import type { RawQuery } from '../../persistence/rawQuery.ts';
import { findActor } from '../../persistence/users.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import { PeopleFileProblems } from '../core/peopleFile.ts';
import { EngineError } from '../errors.ts';
import { keepKeyholders } from './keepKeyholders.ts';
import type { EngineContext } from './runOperation.ts';

export type { PeopleDifference, PeopleUpdateCounts };

export interface PeopleUpdate {
  organizationId: number;
  /** Who updates; null: the command line. */
  userId: number | null;
  /** The list as CSV, in UTF-8. */
  source: AsyncIterable<Buffer | string>;
}

/** What a list of people would do. */
export interface PeopleUpdatePlan {
  counts: PeopleUpdateCounts;
  /** The first differences, in the order of the list. */
  first: PeopleDifference[];
}

export interface PeopleUpdateDone extends PeopleUpdatePlan {
  /** The operation that was recorded; null where nothing differs. */
  operationId: number | null;
}

/** Differences that a plan tells one by one. */
const TOLD = 20;

const KIND = 'update_people';

/**
 * Compares a list of people with the organization; nothing is written. Needs `manage_catalog`, unless it is the command
 * line. @throws PeopleFileError with every problem of the list; EngineError `not_allowed`.
 */
export function previewPeopleUpdate(context: EngineContext, update: PeopleUpdate): Promise<PeopleUpdatePlan> {
  return withStaged(context, update, async () => false);
}

/**
 * Creates and changes people as a list says, all of it or nothing, in one transaction. Who is not in the list is left
 * alone; so is a mark of having left about which the list says nothing. Nobody is notified. Needs `manage_catalog`,
 * unless it is the command line.
 * @param confirmed.planHash the digest that was confirmed; null: whatever the list says.
 * @throws PeopleFileError; EngineError `not_allowed`, `plan_changed`, `last_administrator`.
 */
export async function updatePeople(
  context: EngineContext,
  update: PeopleUpdate,
  confirmed: { key: string; planHash: string | null },
): Promise<PeopleUpdateDone> {
  const { organizationId } = update;
  const at = context.now();
  let operationId: number | null = null;
  const plan = await withStaged(context, update, async (query, { counts }, actor) => {
    const { hash, ...numbers } = counts;
    const claim = { organizationId, key: confirmed.key, kind: KIND, actorUserId: update.userId, at };
    const claimed = await claimByKey(query, claim);
    operationId = claimed.id;
    // The same confirmation, sent twice, happens once
    if (claimed.repeated) return false;
    if (confirmed.planHash !== null && hash !== confirmed.planHash) throw new EngineError('plan_changed', {});
    if (numbers.created + numbers.changed + numbers.left + numbers.returned === 0) {
      operationId = null;
      return false;
    }
    // Another structure can give other access
    await readHistories(query, organizationId, 'everybody');
    await keepKeyholders(query, organizationId, () =>
      writeDifferences(query, { organizationId, operationId: claimed.id, at }),
    );
    await completeByKey(query, { organizationId, id: claimed.id, planHash: hash, outcome: numbers });
    await appendAudit(query, {
      ...{ organizationId, operationId: claimed.id, at, action: KIND, planHash: hash },
      actor: actor && { code: actor.code, name: actor.name },
      ...{ subject: { list: hash }, before: null, after: numbers },
    });
    await markDrift(query, { organizationId, operationId: claimed.id, packageNumber: null });
    return true;
  });
  return { ...plan, operationId };
}

/**
 * Stages and compares a list under the organization's lock, in a transaction.
 * @param write does what the list says; returns whether to keep it.
 */
function withStaged(
  { database }: EngineContext,
  { organizationId, userId, source }: PeopleUpdate,
  write: (query: RawQuery, plan: PeopleUpdatePlan, actor: Actor | null) => Promise<boolean>,
): Promise<PeopleUpdatePlan> {
  return inCopyTransaction(database, async ({ client, query, writer }) => {
    await client.query(CREATE_PEOPLE_LINES);
    const problems = new PeopleFileProblems();
    await stagePeople(source, writer, problems);
    await writer.end();
    // The list is read before anybody has to wait for it
    await lockOrganization(query, organizationId);
    const actor = userId === null ? null : await authorize(database.prisma, organizationId, userId);
    await compareStaged(query, organizationId, problems);
    problems.throwIfAny();
    const plan = { counts: await countDifferences(query), first: await selectDifferences(query, TOLD) };
    return { result: plan, keep: await write(query, plan, actor) };
  });
}

/** Rights change under the same lock: what is read here stays true until the transaction ends. */
async function authorize(prisma: Transaction, organizationId: number, userId: number): Promise<Actor> {
  const actor = await findActor(prisma, organizationId, { userId });
  if (!actor || !mayDo(actor, 'manage_catalog')) throw new EngineError('not_allowed', { needs: 'manage_catalog' });
  return actor;
}
