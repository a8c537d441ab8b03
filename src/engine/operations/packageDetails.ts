import type { Transaction } from '../../persistence/database.ts';
import { countHolders } from '../../persistence/packageHolders.ts';
import { replacePackageStructures, selectPackageStructures } from '../../persistence/packages.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { searchText } from '../core/searchText.ts';
import { EngineError } from '../errors.ts';
import { rememberForNotice } from './accessNotices.ts';
import { holdBrake } from './holdBrake.ts';
import { getPackage } from './loadPackage.ts';
import { getOfferedStructures } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

/** What an administrator says of a package. Reference structures are information, never a restriction. */
export interface PackageDetails {
  name: string;
  description: string;
  structures: readonly string[];
}

/** A package's details as they were written. */
type WrittenDetails = { number: number; name: string; description: string; structures: string[] };

/** Creates an empty, active package under the next free number. Needs `define_packages`. */
export function createPackage(
  context: EngineContext,
  command: Command & { details: PackageDetails },
): Promise<OperationDone<{ number: number }>> {
  const { organizationId } = command.actor;
  return runOperation(context, { kind: 'create_package', needs: 'define_packages', command }, async (transaction) => {
    const { number, after } = await insertPackage(transaction, organizationId, command.details);
    return {
      packageNumber: number,
      planHash: hashOf(after),
      snapshot: { package: after },
      outcome: { number },
      audit: { subject: { package: number }, before: null, after },
      messages: [],
    };
  });
}

/** Writes an empty, active package under the next free number. @returns it as audit records show it. */
export async function insertPackage(
  transaction: Transaction,
  organizationId: number,
  details: PackageDetails,
): Promise<{ number: number; after: WrittenDetails }> {
  const highest = await transaction.package.aggregate({ where: { organizationId }, _max: { number: true } });
  const number = (highest._max.number ?? 0) + 1;
  return { number, after: await writeDetails(transaction, organizationId, number, details, 'insert') };
}

/** Changes name, description and reference structures. Existing members are never changed. Needs `define_packages`. */
export function editPackage(
  context: EngineContext,
  command: Command & { number: number; details: PackageDetails },
): Promise<OperationDone<{ number: number }>> {
  const { organizationId } = command.actor;
  const { number } = command;
  const head = { kind: 'edit_package', needs: 'define_packages', command, packageNumber: number } as const;
  return runOperation(context, head, async (transaction) => {
    const found = await getPackage(transaction, organizationId, number);
    const structures = await selectPackageStructures(transaction, organizationId, number);
    const before = { ...nameAndDescription(found), structures: structures.map(({ code }) => code) };
    const after = await writeDetails(transaction, organizationId, number, command.details, 'update');
    return {
      packageNumber: number,
      planHash: hashOf({ before, after }),
      snapshot: { package: after },
      outcome: { number },
      audit: { subject: { package: number }, before, after },
      messages: [],
    };
  });
}

/**
 * Disables or enables a package. Disabling suspends the access it gave without writing a row; enabling brings it back
 * (DOMAIN 2). Needs `define_packages`.
 * @throws EngineError `nothing_changed` where it is in that state already, `brake`.
 */
export function setPackageState(
  context: EngineContext,
  command: Command & { number: number; state: 'active' | 'disabled' },
): Promise<OperationDone<{ members: number }>> {
  const { organizationId } = command.actor;
  const { number, state } = command;
  const kind = state === 'active' ? 'enable_package' : 'disable_package';
  const head = { kind, needs: 'define_packages', command, packageNumber: number } as const;
  return runOperation(context, head, async (transaction, { at }) => {
    const found = await getPackage(transaction, organizationId, number);
    if (found.state === state) throw new EngineError('nothing_changed', {});
    const members = { packageNumber: number };
    if (state === 'disabled') {
      const people = await countHolders(transaction, { organizationId, ...members });
      await holdBrake(context, transaction, command, { organizationId, ...members, people });
    }
    await rememberForNotice(context, transaction, { organizationId, audiences: [members], permissions: members, at });
    await transaction.package.update({ where: { organizationId_number: { organizationId, number } }, data: { state } });
    const people = await transaction.assignment.count({
      where: { organizationId, packageNumber: number, state: 'active' },
    });
    return {
      packageNumber: number,
      planHash: hashOf({ number, state }),
      snapshot: { package: { number, name: found.name } },
      outcome: { members: people },
      audit: { subject: { package: number }, before: { state: found.state }, after: { state } },
      messages: [{ kind: 'access_changed', payload: { audience: 'members' } }],
    };
  });
}

async function writeDetails(
  transaction: Transaction,
  organizationId: number,
  number: number,
  details: PackageDetails,
  how: 'insert' | 'update',
): Promise<WrittenDetails> {
  const structures = await getOfferedStructures(transaction, organizationId, details.structures);
  const data = {
    ...nameAndDescription(details),
    searchText: searchText(String(number), details.name, details.description),
  };
  if (how === 'insert') await transaction.package.create({ data: { organizationId, number, ...data } });
  else await transaction.package.update({ where: { organizationId_number: { organizationId, number } }, data });
  const ids = structures.map(({ id }) => id);
  await replacePackageStructures(transaction, organizationId, number, ids);
  return { number, ...nameAndDescription(details), structures: structures.map(({ code }) => code) };
}

function nameAndDescription({ name, description }: { name: string; description: string }) {
  return { name, description };
}
