import type { Application } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import { applicationHash, isEntryKey, isEntryName, PLAIN_LEVEL } from '../core/catalogEntry.ts';
import { EngineError } from '../errors.ts';
import { getApplication, requireEntry, requireUnchanged } from './loadCatalog.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

export interface NewApplication {
  /** What applications that read `effective_access` know it by; never changed. */
  key: string;
  name: string;
  /** Its entry permission (MAIN), a plain switch; null: permissions come later. */
  entry: { key: string; name: string } | null;
}

export interface ApplicationCreation {
  application: NewApplication;
}

export interface ApplicationEdit {
  applicationId: number;
  /** The `applicationHash` of what was looked at. */
  shown: string;
  name: string;
}

/** What the catalogue has against a new application. @throws as {@link createApplication}. */
export async function checkNewApplication(
  queryable: Queryable,
  organizationId: number,
  { application: { key, name, entry } }: ApplicationCreation,
): Promise<void> {
  requireEntry({ key, name });
  if (entry && !isEntryKey(entry.key)) throw new EngineError('invalid_entry', { field: 'entryKey' });
  if (entry && !isEntryName(entry.name)) throw new EngineError('invalid_entry', { field: 'entryName' });
  const taken = await queryable.application.findUnique({ where: { organizationId_key: { organizationId, key } } });
  if (taken) throw new EngineError('key_taken', { key, retired: taken.retiredAt !== null });
}

/** What the catalogue has against an edit. @returns the application. @throws as {@link editApplication}. */
export async function checkApplicationEdit(
  queryable: Queryable,
  organizationId: number,
  { applicationId, shown, name }: ApplicationEdit,
): Promise<Application> {
  requireEntry({ name });
  const found = await getApplication(queryable, organizationId, applicationId);
  requireUnchanged(shown, applicationHash(found));
  if (found.name === name) throw new EngineError('nothing_changed', {});
  return found;
}

/**
 * Adds an application to the catalogue, with its entry permission where one is given. Needs `manage_catalog`.
 * @throws EngineError `key_taken`, `invalid_entry`.
 */
export function createApplication(
  context: EngineContext,
  command: Command & ApplicationCreation,
): Promise<OperationDone<{ applicationId: number }>> {
  const { organizationId } = command.actor;
  const { key, name, entry } = command.application;
  return runAdministration(
    context,
    { kind: 'create_application', needs: 'manage_catalog', command },
    async (transaction) => {
      await checkNewApplication(transaction, organizationId, command);
      const { id } = await transaction.application.create({ data: { organizationId, key, name } });
      const permission = entry && { ...entry, main: true, levels: [PLAIN_LEVEL], scope: 'none' as const };
      if (permission) {
        const { main: isMain, ...data } = permission;
        await transaction.permission.create({ data: { organizationId, applicationId: id, isMain, ...data } });
      }
      return {
        subject: { application: key },
        before: null,
        after: { key, name, permissions: permission ? [permission] : [] },
        outcome: { applicationId: id },
      };
    },
  );
}

/**
 * Renames an application. Needs `manage_catalog`.
 * @throws EngineError `application_not_found`, `plan_changed`, `nothing_changed`, `invalid_entry`.
 */
export function editApplication(
  context: EngineContext,
  command: Command & ApplicationEdit,
): Promise<OperationDone<{ applicationId: number }>> {
  const { organizationId } = command.actor;
  const { applicationId: id, name } = command;
  return runAdministration(
    context,
    { kind: 'edit_application', needs: 'manage_catalog', command },
    async (transaction) => {
      const found = await checkApplicationEdit(transaction, organizationId, command);
      await transaction.application.update({
        where: { organizationId_id: { organizationId, id } },
        data: { name },
      });
      return {
        subject: { application: found.key },
        before: { name: found.name },
        after: { name },
        outcome: { applicationId: id },
      };
    },
  );
}
