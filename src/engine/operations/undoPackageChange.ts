import { z } from 'zod';
import { deletePolicy } from '../../persistence/approvalPolicies.ts';
import { findPermission } from '../../persistence/catalog.ts';
import type { Transaction } from '../../persistence/database.ts';
import { replacePackageStructures, selectPackageStructures } from '../../persistence/packages.ts';
import { parameterCodes } from '../core/parameter.ts';
import { searchText } from '../core/searchText.ts';
import { EngineError } from '../errors.ts';
import { getOfferedStructures, getParameter } from './permissionParameter.ts';

/** What an operation did to a package, as its audit record tells it. */
export interface PackageChange {
  organizationId: number;
  number: number;
  permissionId: number | null;
  before: unknown;
  after: unknown;
}

/** What a package was made with: permissions where it was cloned from another. */
const Created = z.object({
  permissions: z.array(z.object({ permission: z.number(), value: z.string(), param: z.string() })).default([]),
});

/** Undoes one kind of change to a package. @returns false where it has changed since, and then nothing is written. */
type UndoChange = (transaction: Transaction, change: PackageChange) => Promise<boolean>;

const Permission = z.object({ value: z.string(), param: z.string(), live: z.boolean() });
const Details = z.object({ name: z.string(), description: z.string(), structures: z.array(z.string()) });
const State = z.object({ state: z.enum(['active', 'disabled']) });

/**
 * The permission is as before; one that was new turns red, unless somebody has it through the package meanwhile:
 * whether they keep it is a decision of its own.
 * @throws EngineError `permission_retired` and what else {@link getParameter} refuses, where what comes back is no
 *   longer in the catalogue.
 */
export const undoPermission: UndoChange = async (transaction, change) => {
  const { organizationId, number, permissionId } = change;
  if (permissionId === null) return false;
  const before = Permission.nullable().parse(change.before);
  const after = Permission.parse(change.after);
  const key = { organizationId, packageNumber: number, permissionId };
  const where = { organizationId_packageNumber_permissionId: key };
  const now = await transaction.packagePermission.findUnique({ where });
  if (!now || now.value !== after.value || now.param !== after.param || now.live !== after.live) return false;
  if (after.live && !before?.live) {
    const holders = await transaction.appAuth.count({ where: { ...key, active: true } });
    if (holders > 0) return false;
  }
  if (before) await requireOffered(transaction, organizationId, permissionId, before);
  await transaction.packagePermission.update({ where, data: before ?? { live: false } });
  return true;
};

/**
 * What comes back must still be in the catalogue; a red row may be of a retired permission.
 * @throws what it refuses.
 */
async function requireOffered(
  transaction: Transaction,
  organizationId: number,
  permissionId: number,
  { value, param, live }: z.infer<typeof Permission>,
): Promise<void> {
  const permission = await findPermission(transaction, organizationId, permissionId);
  if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
  const wanted = { value, structures: live ? parameterCodes(param) : [] };
  await getParameter(transaction, organizationId, { ...permission, retired: live && permission.retired }, wanted);
}

/** Name, description and reference structures are as before. @throws EngineError `structure_retired`. */
export const undoDetails: UndoChange = async (transaction, { organizationId, number, ...change }) => {
  const before = Details.parse(change.before);
  const after = Details.parse(change.after);
  const where = { organizationId_number: { organizationId, number } };
  const now = await transaction.package.findUnique({ where });
  const structures = (await selectPackageStructures(transaction, organizationId, number)).map(({ code }) => code);
  const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();
  if (!now || now.name !== after.name || now.description !== after.description) return false;
  if (!same(structures, after.structures)) return false;
  const { name, description } = before;
  const found = searchText(String(number), name, description);
  await transaction.package.update({ where, data: { name, description, searchText: found } });
  const ids = (await getOfferedStructures(transaction, organizationId, before.structures)).map(({ id }) => id);
  await replacePackageStructures(transaction, organizationId, number, ids);
  return true;
};

/** The package is enabled or disabled again. */
export const undoState: UndoChange = async (transaction, { organizationId, number, ...change }) => {
  const before = State.parse(change.before);
  const after = State.parse(change.after);
  const { count } = await transaction.package.updateMany({
    where: { organizationId, number, state: after.state },
    data: { state: before.state },
  });
  return count > 0;
};

/**
 * The package goes away, where nobody ever had it and it has no permissions but those that it was made with, as they
 * were: nothing refers to it then.
 */
export const undoCreation: UndoChange = async (transaction, { organizationId, number, after }) => {
  const where = { organizationId, packageNumber: number };
  if ((await transaction.assignment.count({ where })) > 0) return false;
  const { permissions: made } = Created.parse(after ?? {});
  const now = await transaction.packagePermission.findMany({ where });
  const madeWith = new Map(made.map((each) => [each.permission, each]));
  const isAsMade = now.every(({ permissionId, value, param, live }) => {
    const then = madeWith.get(permissionId);
    return live && then?.value === value && then.param === param;
  });
  if (now.length !== made.length || !isAsMade) return false;
  await transaction.packagePermission.deleteMany({ where });
  await replacePackageStructures(transaction, organizationId, number, []);
  // Another package may get the number one day, and would be governed by it
  await deletePolicy(transaction, { organizationId, packageNumber: number });
  const { count } = await transaction.package.deleteMany({ where: { organizationId, number } });
  return count > 0;
};
