import { type CatalogPermission, findPermission } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import { selectHoldingPackages, selectPermissionFacts } from '../../persistence/manualGrants.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import { effectiveAccess } from '../core/effectiveAccess.ts';
import { type GrantChange, type ManualGrantPlan, planManualGrant } from '../core/manualGrant.ts';
import { parameterCodes } from '../core/parameter.ts';
import type { AuthorizationRow } from '../core/status.ts';
import { EngineError } from '../errors.ts';
import { getParameter, permissionLabel, type WantedValue } from './permissionParameter.ts';

/** A change by hand as somebody asks for it; its value and structures are not checked yet. */
export type WantedChange = ({ kind: 'set' } & WantedValue) | { kind: 'disable' } | { kind: 'enable' };

/** One permission of one person, and what is to be done to it. */
export interface WantedGrant {
  userId: number;
  permissionId: number;
  change: WantedChange;
}

/** A change by hand, checked and planned. */
export interface PlannedGrant {
  person: Person;
  permission: CatalogPermission;
  /** The MAIN permission of the application; null where it has none. */
  mainName: string | null;
  plan: ManualGrantPlan;
}

/**
 * Plans a change by hand from what is stored now: the preview shows it, and the operation plans again under the lock.
 * @throws EngineError `user_not_found`, `permission_not_found`, what `getParameter` refuses, `founder_untouchable`,
 *   `person_left`, `nothing_to_enable`, `nothing_changed`.
 */
export async function planGrant(
  queryable: Queryable,
  organizationId: number,
  { userId, permissionId, change }: WantedGrant,
): Promise<PlannedGrant> {
  const person = await findUser(queryable, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  if (person.founder) throw new EngineError('founder_untouchable', { user: person.name });
  // What somebody who left still has can be taken away, but nothing is given to them
  if (person.leftAt && change.kind !== 'disable') throw new EngineError('person_left', { user: person.name });
  const permission = await findPermission(queryable, organizationId, permissionId);
  if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
  const all = await selectPermissionFacts(queryable, organizationId, userId, [permission.applicationId]);
  const facts = all.find((each) => each.permission.id === permissionId);
  if (!facts) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
  const others = all.filter((each) => each !== facts);
  const held = others.filter(({ access }) => effectiveAccess(access) !== null);
  const main = all.find((each) => each.permission.main);
  const plan = planManualGrant(
    {
      user: person.name,
      permission: permissionLabel(permission),
      levels: permission.levels,
      access: facts.access,
      packages: await selectHoldingPackages(queryable, organizationId, userId, permissionId),
      application: {
        isMain: permission.main,
        hasMain: main !== undefined,
        mainHeld: held.some((each) => each.permission.main),
        othersHeld: held.length > 0,
      },
    },
    await checkedChange(queryable, organizationId, permission, change, facts.access.row),
  );
  return { person, permission, mainName: main?.permission.name ?? null, plan };
}

async function checkedChange(
  queryable: Queryable,
  organizationId: number,
  permission: CatalogPermission,
  change: WantedChange,
  held: AuthorizationRow | null,
): Promise<GrantChange> {
  if (change.kind === 'set') {
    const param = await getParameter(queryable, organizationId, permission, change);
    return { kind: 'set', value: change.value, param };
  }
  // What the catalogue no longer offers comes back by no enabling
  if (change.kind === 'enable' && held) {
    const wanted = { value: held.value, structures: parameterCodes(held.param) };
    await getParameter(queryable, organizationId, permission, wanted);
  }
  return change;
}
