import type { AssignmentEnd } from '../../persistence/assignmentEnds.ts';
import type { Queryable } from '../../persistence/database.ts';
import { getOrganization } from '../../persistence/organizations.ts';
import { endOfDay } from '../core/zonedDay.ts';
import { EngineError } from '../errors.ts';
import type { ActorRef } from './runOperation.ts';

/**
 * When an assignment ends that somebody sets to last until a day, such as `2026-12-12`: at the end of that day in the
 * organization's time zone. Null where it is to last.
 * @throws EngineError `end_in_the_past`.
 */
export async function endFor(
  queryable: Queryable,
  { organizationId, userId }: ActorRef,
  until: string | null,
  now: Date,
): Promise<AssignmentEnd | null> {
  if (until === null) return null;
  const { timeZone } = await getOrganization(queryable, organizationId);
  const at = endOfDay(until, timeZone);
  if (!(at > now)) throw new EngineError('end_in_the_past', {});
  return { at, by: userId };
}
