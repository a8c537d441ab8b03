import type { Transaction } from '../../persistence/database.ts';
import { countKeyholders, type Keyholders } from '../../persistence/people/keyholders.ts';
import { type RawQuery, rawQueryOf } from '../../persistence/rawQuery.ts';
import { EngineError } from '../errors.ts';

/**
 * Makes a change to people, unless it takes the last Slack account from founders, or from founders and administrators
 * together: then nobody could set anything right any more.
 * @throws EngineError `last_administrator`.
 */
export async function keepKeyholders<Result>(
  query: RawQuery,
  organizationId: number,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await countKeyholders(query, organizationId);
  const result = await change();
  const after = await countKeyholders(query, organizationId);
  const isGone = (which: keyof Keyholders) => before[which] > 0 && after[which] === 0;
  if (isGone('founders') || isGone('all')) throw new EngineError('last_administrator', {});
  return result;
}

/** As {@link keepKeyholders}, in an operation's transaction. */
export function keepKeyholdersIn<Result>(
  transaction: Transaction,
  organizationId: number,
  change: () => Promise<Result>,
): Promise<Result> {
  return keepKeyholders(rawQueryOf(transaction), organizationId, change);
}
