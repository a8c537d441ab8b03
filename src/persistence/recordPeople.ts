import type { Queryable } from './database.ts';
import { idArray } from './idArray.ts';

/**
 * Remembers whom an operation concerned that wrote no row of theirs. `membership` is what happened to them; `unchanged`
 * where their access stayed as it was, and nobody is told.
 */
export async function recordPeople(
  queryable: Queryable,
  { organizationId, operationId }: { organizationId: number; operationId: number },
  userIds: readonly number[],
  membership = 'unchanged',
): Promise<void> {
  if (userIds.length === 0) return;
  await queryable.$executeRaw`
    INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership)
    SELECT organization_id, ${operationId}::int, id, code, name, ${membership} FROM users
    WHERE organization_id = ${organizationId}::int AND id = ANY (${idArray(userIds)})`;
}
