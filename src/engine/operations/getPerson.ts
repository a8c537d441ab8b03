import type { Queryable } from '../../persistence/database.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import { EngineError } from '../errors.ts';

/** A person of the organization. @throws EngineError `user_not_found`. */
export async function getPerson(queryable: Queryable, organizationId: number, userId: number): Promise<Person> {
  const person = await findUser(queryable, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  return person;
}
