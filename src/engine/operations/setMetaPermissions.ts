import { replaceMetaPermissions, selectHeldMetaPermissions } from '../../persistence/administrators.ts';
import { findUser } from '../../persistence/users.ts';
import { META_PERMISSIONS, type MetaPermission } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { keepKeyholdersIn } from './keepKeyholders.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

export interface SetMetaPermissionsCommand extends Command {
  userId: number;
  metaPermissions: readonly MetaPermission[];
  /** What the person held when the choice was made; where that has moved since, nothing is written. */
  shown: readonly string[];
}

/**
 * Makes `metaPermissions` all that somebody holds (DOMAIN 7). It counts from the person's next click, also in windows
 * that are open. Needs `administer`.
 * @throws EngineError `user_not_found`, `founder_untouchable` (founders hold all), `plan_changed`, `nothing_changed`,
 *   `last_administrator`.
 */
export function setMetaPermissions(
  context: EngineContext,
  command: SetMetaPermissionsCommand,
): Promise<OperationDone<{ granted: number; revoked: number }>> {
  const { organizationId } = command.actor;
  return runAdministration(
    context,
    { kind: 'set_meta_permissions', needs: 'administer', command },
    async (transaction, { actor, at }) => {
      const person = await findUser(transaction, organizationId, { userId: command.userId });
      if (!person) throw new EngineError('user_not_found', { wanted: '?' });
      if (person.founder) throw new EngineError('founder_untouchable', { user: person.name });
      const held = await selectHeldMetaPermissions(transaction, organizationId, person.userId);
      const before = held.map(({ metaPermission }) => metaPermission);
      const after = META_PERMISSIONS.filter((name) => command.metaPermissions.includes(name)).toSorted();
      if (!sameNames(before, command.shown)) throw new EngineError('plan_changed', {});
      if (sameNames(before, after)) throw new EngineError('nothing_changed', {});
      const target = { organizationId, userId: person.userId };
      const granted = { by: actor.userId, at };
      await keepKeyholdersIn(transaction, organizationId, () =>
        replaceMetaPermissions(transaction, target, after, granted),
      );
      return {
        subject: { user: person.code, name: person.name },
        before,
        after,
        outcome: {
          granted: after.filter((name) => !before.includes(name)).length,
          revoked: before.filter((name) => !(after as string[]).includes(name)).length,
        },
        people: [person.userId],
      };
    },
  );
}

function sameNames(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}
