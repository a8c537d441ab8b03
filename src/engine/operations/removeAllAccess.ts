import { writeRemoval } from '../../persistence/people/removeAccess.ts';
import { type Actor, type MetaPermission, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { rememberForNotice } from './accessNotices.ts';
import { permissionLabel } from './permissionParameter.ts';
import { type AccessCell, planRemoveAllAccess } from './planRemoveAllAccess.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

export interface RemoveAllAccessCommand extends Command {
  userId: number;
  /** Hash of the plan that was confirmed; where the world has moved since, nothing is removed. */
  planHash: string;
}

/** How much was taken from the person. */
export interface RemovalOutcome {
  packages: number;
  permissions: number;
  profiles: number;
  groups: number;
  [key: string]: number;
}

/**
 * Removes everything that somebody who left still has, in one transaction; afterwards their effective access is empty.
 * Needs, as far as there is something of the kind, `assign_packages`, `manage_permissions`, `assign_profiles` and
 * `manage_catalog`. It cannot be undone as a whole: coming back, a person is given anew what they need.
 * @throws EngineError `rights_missing`, `nothing_changed` where they have nothing, `plan_changed`, and what
 *   {@link planRemoveAllAccess} refuses.
 */
export function removeAllAccess(
  context: EngineContext,
  command: RemoveAllAccessCommand,
): Promise<OperationDone<RemovalOutcome>> {
  const { organizationId } = command.actor;
  const { userId } = command;
  const head = { kind: 'remove_all_access', needs: 'view', command } as const;
  return runOperation(context, head, async (transaction, { id, actor, at }) => {
    const plan = await planRemoveAllAccess(transaction, organizationId, userId);
    requireRights(actor, plan.needs);
    if (plan.needs.length === 0) throw new EngineError('nothing_changed', {});
    if (plan.hash !== command.planHash) throw new EngineError('plan_changed', {});
    const audiences = [{ userIds: [userId] }];
    await rememberForNotice(context, transaction, { organizationId, audiences, permissions: 'any', at });
    await writeRemoval(transaction, { organizationId, userId, operationId: id });
    const { person, memberships, owned, manual, denied, profiles, groups } = plan;
    const cells = new Set([...owned, ...manual, ...denied].map(({ permissionId }) => permissionId));
    const outcome = {
      ...{ packages: memberships.length, permissions: cells.size },
      ...{ profiles: profiles.length, groups: groups.length },
    };
    return {
      packageNumber: null,
      planHash: plan.hash,
      snapshot: { user: { code: person.code, name: person.name } },
      outcome,
      audit: {
        subject: { user: person.code },
        before: {
          packages: memberships.map(({ number }) => number),
          owned: owned.map(recorded),
          manual: manual.map(recorded),
          rules: denied.map(recorded),
          profiles: profiles.map(({ applicationName, name }) => `${applicationName} · ${name}`),
          groups: groups.map(({ code }) => code),
        },
        after: outcome,
      },
      messages: [{ kind: 'access_changed', payload: { audience: 'changed' } }],
    };
  });
}

/** @throws EngineError `rights_missing` with every one of `needs` that the actor does not hold. */
export function requireRights(actor: Actor, needs: readonly MetaPermission[]): void {
  const missing = needs.filter((needed) => !mayDo(actor, needed));
  if (missing.length > 0) throw new EngineError('rights_missing', { needs: missing });
}

function recorded(cell: AccessCell) {
  const { packageNumber, value, rule } = cell;
  const source = packageNumber === null ? 'manual' : `package:${packageNumber}`;
  return { permission: permissionLabel(cell), value, source: cell.active ? source : `rule:${rule}` };
}
