import { type FoundPeople, type PeopleSelection, resolvePeople } from '../../persistence/chosenPeople.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { FoundPeople };

/**
 * Whom a selection is, by search, codes, structures and groups, each once, to assign a package to them or take it from
 * them. Needs `view` and `assign_packages`.
 * @param terms.limit beyond this, nobody is loaded.
 * @param terms.memberOf a package whose active members alone count; null: everybody does.
 */
export async function chosenPeople(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  selection: PeopleSelection,
  terms: { limit: number; memberOf: number | null },
): Promise<FoundPeople> {
  requireMay(actor, 'view');
  requireMay(actor, 'assign_packages');
  return resolvePeople(prisma, actor.organizationId, selection, terms);
}
