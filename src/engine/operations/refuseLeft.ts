import type { Queryable } from '../../persistence/database.ts';
import { selectLeft } from '../../persistence/users.ts';
import { EngineError } from '../errors.ts';

/** Nothing is given to people who left. @throws EngineError `person_left` with the first of them. */
export async function refuseLeft(
  queryable: Queryable,
  organizationId: number,
  userIds: readonly number[],
): Promise<void> {
  const [left] = await selectLeft(queryable, organizationId, userIds, 1);
  if (left) throw new EngineError('person_left', { user: left.name });
}
