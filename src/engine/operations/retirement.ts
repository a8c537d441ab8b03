import { selectPermissionUses, selectStructureUses } from '../../persistence/catalogUses.ts';
import type { Queryable, Transaction } from '../../persistence/database.ts';
import { retireApplication, retirePermission, retireStructure } from '../../persistence/retirement.ts';
import type { Json } from '../core/canonicalJson.ts';
import { type CatalogUses, totalUses } from '../core/catalogUses.ts';
import { EngineError } from '../errors.ts';
import { getApplication, getPermission, getStructure } from './loadCatalog.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/** An entry of the catalogue. */
export interface EntryRef {
  kind: 'application' | 'permission' | 'structure';
  id: number;
}

/** An entry that is to be retired or brought back. */
export interface RetirableEntry extends EntryRef {
  name: string;
  retired: boolean;
  /** What is recorded as its subject. */
  subject: { [name: string]: Json };
  /** What must come back first; null where nothing must. */
  above: EngineError | null;
  /** Whether retiring it takes the entry permission from its application. */
  main: boolean;
  /** The application of a permission, or the application itself; null for a structure. */
  applicationId: number | null;
}

/** What an entry is. @throws EngineError `application_not_found`, `permission_not_found`, `structure_not_found`. */
export async function getEntry(
  queryable: Queryable,
  organizationId: number,
  { kind, id }: EntryRef,
): Promise<RetirableEntry> {
  if (kind === 'application') {
    const { key, name, retired } = await getApplication(queryable, organizationId, id);
    return {
      ...{ kind, id, name, retired, main: false, above: null, applicationId: id },
      subject: { application: key },
    };
  }
  if (kind === 'permission') {
    const { key, name, retired, main, applicationId } = await getPermission(queryable, organizationId, id);
    const application = await getApplication(queryable, organizationId, applicationId);
    const error = new EngineError('application_retired', { application: application.name });
    const subject = { application: application.key, permission: key };
    return { kind, id, name, retired, main, subject, applicationId, above: application.retired ? error : null };
  }
  const { code, name, retired, parentId } = await getStructure(queryable, organizationId, id);
  const parent = parentId === null ? null : await getStructure(queryable, organizationId, parentId);
  const above = parent?.retired ? new EngineError('structure_retired', { structures: [parent.code] }) : null;
  const subject = { structure: code };
  return { kind, id, name: `${code} · ${name}`, retired, main: false, subject, above, applicationId: null };
}

/** What stands in the way of retiring an entry. */
export async function findUses(
  queryable: Queryable,
  organizationId: number,
  entry: RetirableEntry,
): Promise<CatalogUses> {
  const { kind, id, subject } = entry;
  if (kind === 'structure') {
    return selectStructureUses(queryable, { organizationId, structureId: id, code: String(subject.structure) });
  }
  const permissionIds =
    kind === 'permission'
      ? [id]
      : (await queryable.permission.findMany({ where: { organizationId, applicationId: id } })).map((each) => each.id);
  return selectPermissionUses(queryable, { organizationId, permissionIds, rows: 'active' });
}

/**
 * Retires an entry: it is offered to nobody any more, and can be brought back. An application takes its permissions
 * along. A retired permission loses the MAIN mark, so that its application has no entry that nobody can be given. Needs
 * `manage_catalog`.
 * @throws EngineError `in_use` where something has it; `nothing_changed`, and what {@link getEntry} refuses.
 */
export function retireEntry(
  context: EngineContext,
  command: Command & { entry: EntryRef },
): Promise<OperationDone<{ name: string }>> {
  const { organizationId } = command.actor;
  return runAdministration(
    context,
    { kind: `retire_${command.entry.kind}`, needs: 'manage_catalog', command },
    async (transaction, { at }) => {
      const entry = await getEntry(transaction, organizationId, command.entry);
      if (entry.retired) throw new EngineError('nothing_changed', {});
      const uses = await findUses(transaction, organizationId, entry);
      if (totalUses(uses) > 0) throw new EngineError('in_use', { field: null, what: entry.name, uses });
      await write(transaction, organizationId, entry, at);
      return effectOf(entry, true);
    },
  );
}

/**
 * Brings a retired entry back; an application with the permissions that were retired with it. Needs `manage_catalog`.
 * @throws EngineError `application_retired`, `structure_retired` where what it belongs to must come back first;
 *   `nothing_changed`, and what {@link getEntry} refuses.
 */
export function restoreEntry(
  context: EngineContext,
  command: Command & { entry: EntryRef },
): Promise<OperationDone<{ name: string }>> {
  const { organizationId } = command.actor;
  return runAdministration(
    context,
    { kind: `restore_${command.entry.kind}`, needs: 'manage_catalog', command },
    async (transaction) => {
      const entry = await getEntry(transaction, organizationId, command.entry);
      if (!entry.retired) throw new EngineError('nothing_changed', {});
      if (entry.above) throw entry.above;
      await write(transaction, organizationId, entry, null);
      return effectOf(entry, false);
    },
  );
}

function write(transaction: Transaction, organizationId: number, { kind, id }: EntryRef, at: Date | null) {
  const writers = { application: retireApplication, permission: retirePermission, structure: retireStructure };
  return writers[kind](transaction, organizationId, id, at);
}

function effectOf({ subject, name, main, kind }: RetirableEntry, retired: boolean) {
  const mark = kind === 'permission' && main ? { main: true } : {};
  return {
    subject,
    before: { retired: !retired, ...mark },
    after: { retired, ...(main && { main: false }) },
    outcome: { name },
  };
}
