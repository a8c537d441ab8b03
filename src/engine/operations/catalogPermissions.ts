import type { Application, CatalogPermission } from '../../persistence/catalog.ts';
import { selectPermissionUses } from '../../persistence/catalogUses.ts';
import type { Queryable, Transaction } from '../../persistence/database.ts';
import { permissionHash } from '../core/catalogEntry.ts';
import { totalUses } from '../core/catalogUses.ts';
import { EngineError } from '../errors.ts';
import { tellAccessShift } from './accessShift.ts';
import { findMain, getApplication, getPermission, requireEntry, requireUnchanged } from './loadCatalog.ts';
import { permissionLabel } from './permissionParameter.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/** What an administrator says of a permission. */
export interface PermissionTerms {
  name: string;
  /** Lowest first. */
  levels: readonly string[];
  scope: 'none' | 'structures';
  main: boolean;
}

export interface PermissionCreation {
  applicationId: number;
  permissionKey: string;
  terms: PermissionTerms;
  /** The `permissionHash` of what was looked at. */
  shown: string;
}

export interface PermissionEdit extends Pick<PermissionCreation, 'terms' | 'shown'> {
  permissionId: number;
}

type Main = Awaited<ReturnType<typeof findMain>>;

/** What the catalogue has against a new permission. @throws as {@link createPermission}. */
export async function checkNewPermission(
  queryable: Queryable,
  organizationId: number,
  { applicationId, permissionKey: key, terms, shown }: PermissionCreation,
): Promise<{ application: Application; main: Main }> {
  requireEntry({ key, ...terms });
  const application = await getApplication(queryable, organizationId, applicationId);
  if (application.retired) throw new EngineError('application_retired', { application: application.name });
  const main = await findMain(queryable, organizationId, applicationId);
  if (terms.main) requireUnchanged(shown, permissionHash(null, main?.id ?? null));
  const where = { organizationId_applicationId_key: { organizationId, applicationId, key } };
  const taken = await queryable.permission.findUnique({ where });
  if (taken) throw new EngineError('key_taken', { key, retired: taken.retiredAt !== null });
  return { application, main };
}

/** What the catalogue has against an edit. @throws as {@link editPermission}. */
export async function checkPermissionEdit(
  queryable: Queryable,
  organizationId: number,
  { permissionId, terms, shown }: PermissionEdit,
): Promise<{ found: CatalogPermission; main: Main }> {
  requireEntry(terms);
  const found = await getPermission(queryable, organizationId, permissionId);
  if (found.retired) throw new EngineError('permission_retired', { permission: permissionLabel(found) });
  const main = await findMain(queryable, organizationId, found.applicationId);
  requireUnchanged(shown, permissionHash(found, main?.id ?? null));
  if (permissionHash({ ...found, ...terms }, null) === permissionHash(found, null)) {
    throw new EngineError('nothing_changed', {});
  }
  await requireUnused(queryable, organizationId, found, terms);
  return { found, main };
}

/**
 * Adds a permission to an application. As MAIN it takes the mark from the permission that has it. Needs
 * `manage_catalog`.
 * @throws EngineError `application_not_found`, `application_retired`, `plan_changed`, `key_taken`, `invalid_entry`.
 */
export function createPermission(
  context: EngineContext,
  command: Command & PermissionCreation,
): Promise<OperationDone<{ permissionId: number }>> {
  const { organizationId } = command.actor;
  const { applicationId, permissionKey: key, terms } = command;
  return runAdministration(
    context,
    { kind: 'create_permission', needs: 'manage_catalog', command },
    async (transaction) => {
      const { application, main } = await checkNewPermission(transaction, organizationId, command);
      if (terms.main) await takeMark(transaction, organizationId, applicationId);
      const { id } = await transaction.permission.create({
        data: { organizationId, applicationId, key, ...columnsOf(terms) },
      });
      return {
        subject: { application: application.key, permission: key },
        before: terms.main && main ? { main: main.name } : null,
        after: { key, ...recorded(terms) },
        outcome: { permissionId: id },
      };
    },
  );
}

/**
 * Changes name, levels, scope or the MAIN mark of a permission. Levels can be added anywhere and put in another order;
 * one that anything has is not removed, and structures that anything names are not given up. Where another order gives
 * people another level from their profiles and rules, they are told. Needs `manage_catalog`.
 * @throws EngineError `permission_not_found`, `permission_retired`, `plan_changed`, `nothing_changed`, `invalid_entry`,
 *   `in_use`.
 */
export function editPermission(
  context: EngineContext,
  command: Command & PermissionEdit,
): Promise<OperationDone<{ applicationId: number; told: number }>> {
  const { organizationId } = command.actor;
  const { permissionId, terms } = command;
  return runAdministration(
    context,
    { kind: 'edit_permission', needs: 'manage_catalog', command },
    async (transaction, operation) => {
      const { found, main } = await checkPermissionEdit(transaction, organizationId, command);
      const { applicationId } = found;
      const application = await getApplication(transaction, organizationId, applicationId);
      const where = { organizationId_id: { organizationId, id: permissionId } };
      const told = await tellAccessShift(transaction, operation, { permissionId }, async () => {
        if (terms.main && !found.main) await takeMark(transaction, organizationId, applicationId);
        await transaction.permission.update({ where, data: columnsOf(terms) });
      });
      const moved = terms.main && !found.main && main ? { mainBefore: main.name } : {};
      return {
        subject: { application: application.key, permission: found.key },
        before: { ...recorded(found), ...moved },
        after: recorded(terms),
        outcome: { applicationId, told },
      };
    },
  );
}

/**
 * @throws EngineError `in_use` where a level that goes is had by anything, or structures that go are named by anything.
 */
async function requireUnused(
  queryable: Queryable,
  organizationId: number,
  found: CatalogPermission,
  terms: PermissionTerms,
): Promise<void> {
  const scope = { organizationId, permissionIds: [found.id], rows: 'any' as const };
  const removed = found.levels.filter((level) => !terms.levels.includes(level));
  if (removed.length > 0) {
    const uses = await selectPermissionUses(queryable, { ...scope, values: removed });
    if (totalUses(uses) > 0) throw new EngineError('in_use', { field: 'levels', what: removed.join(', '), uses });
  }
  if (found.scope === 'structures' && terms.scope === 'none') {
    const uses = await selectPermissionUses(queryable, { ...scope, withStructures: true });
    if (totalUses(uses) > 0) throw new EngineError('in_use', { field: 'scope', what: found.name, uses });
  }
}

/** The MAIN mark leaves whoever has it: an application has one at most. */
async function takeMark(transaction: Transaction, organizationId: number, applicationId: number): Promise<void> {
  await transaction.permission.updateMany({
    where: { organizationId, applicationId, isMain: true },
    data: { isMain: false },
  });
}

function columnsOf({ name, levels, scope, main }: PermissionTerms) {
  return { name, levels: [...levels], scope, isMain: main };
}

function recorded({ name, levels, scope, main }: PermissionTerms) {
  return { name, levels: [...levels], scope, main };
}
