import { type Membership, selectMemberships } from '../../persistence/access.ts';
import type { Queryable } from '../../persistence/database.ts';
import { type AccessCell, selectAccessCells } from '../../persistence/people/removeAccess.ts';
import { findParticulars, type Particulars } from '../../persistence/people/selectCard.ts';
import type { Person } from '../../persistence/users.ts';
import { hashOf } from '../core/canonicalJson.ts';
import type { MetaPermission } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPerson } from './getPerson.ts';

export type { AccessCell };

/** Everything that somebody who left still has, by where it comes from; shown before it is removed. */
export interface RemoveAllPlan {
  person: Person;
  /** Packages of which the person becomes a former member. */
  memberships: Membership[];
  /** Active rows that packages own. */
  owned: AccessCell[];
  /** Active rows set by hand. */
  manual: AccessCell[];
  /** What a rule of the person's structure gives; denied by hand, because the person stays in the structure. */
  denied: AccessCell[];
  profiles: Particulars['profiles'];
  groups: Particulars['groups'];
  /** What removing it needs, as far as there is something of the kind. */
  needs: MetaPermission[];
  hash: string;
}

/**
 * Plans the removal of everything that somebody who left still has.
 * @throws EngineError `user_not_found`, `founder_keeps_access`, `person_not_left`.
 */
export async function planRemoveAllAccess(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<RemoveAllPlan> {
  const person = await getPerson(queryable, organizationId, userId);
  if (person.founder) throw new EngineError('founder_keeps_access', { user: person.name });
  if (!person.leftAt) throw new EngineError('person_not_left', { user: person.name });
  const all = await selectMemberships(queryable, organizationId, userId);
  const memberships = all.filter(({ state }) => state === 'active');
  const cells = await selectAccessCells(queryable, organizationId, userId);
  const particulars = await findParticulars(queryable, organizationId, userId);
  const owned = cells.filter(({ packageNumber }) => packageNumber !== null);
  const manual = cells.filter(({ active, packageNumber }) => active && packageNumber === null);
  const denied = cells.filter(({ rule }) => rule !== null);
  const profiles = particulars?.profiles ?? [];
  const groups = particulars?.groups ?? [];
  const needs: MetaPermission[] = [
    ...(memberships.length + owned.length > 0 ? (['assign_packages'] as const) : []),
    ...(manual.length + denied.length > 0 ? (['manage_permissions'] as const) : []),
    ...(profiles.length > 0 ? (['assign_profiles'] as const) : []),
    ...(groups.length > 0 ? (['manage_catalog'] as const) : []),
  ];
  const hash = hashOf({
    memberships: memberships.map(({ number }) => number),
    cells: cells.map(({ permissionId, active, packageNumber, operationId, value, rule }) => ({
      ...{ permissionId, active, packageNumber, operationId, value, rule },
    })),
    ...{ profiles, groups },
  });
  return { person, memberships, owned, manual, denied, profiles, groups, needs, hash };
}
