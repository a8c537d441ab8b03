import { type ClonedPermission, copyPermissions } from '../../persistence/clonePackage.ts';
import { selectPackageStructures } from '../../persistence/packages.ts';
import { findStructures } from '../../persistence/structures.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { getPackage } from './loadPackage.ts';
import { insertPackage } from './packageDetails.ts';
import { permissionLabel } from './permissionParameter.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

export interface ClonePackageCommand extends Command {
  /** The package that is copied. */
  number: number;
  name: string;
  description: string;
}

/** What the clone has, and what of the other package it does not. */
export type CloneOutcome = {
  number: number;
  permissions: number;
  /** Permissions that were left out because the catalogue no longer offers them. */
  leftOut: string[];
  /** Permissions that were copied without those of their structures that are retired. */
  narrowed: string[];
  /** Codes of reference structures that were left out because they are retired. */
  structures: string[];
};

/**
 * Makes a new, active package with the reference structures and the live permissions of another, values and parameters
 * included; what is retired is left out. Members are not copied. Needs `define_packages`.
 * @throws EngineError `package_not_found`.
 */
export function clonePackage(
  context: EngineContext,
  command: ClonePackageCommand,
): Promise<OperationDone<CloneOutcome>> {
  const { organizationId } = command.actor;
  const { number: from, name, description } = command;
  return runOperation(context, { kind: 'clone_package', needs: 'define_packages', command }, async (transaction) => {
    await getPackage(transaction, organizationId, from);
    const codes = (await selectPackageStructures(transaction, organizationId, from)).map(({ code }) => code);
    const retired = (await findStructures(transaction, organizationId, codes)).filter((each) => each.retired);
    const structures = retired.map(({ code }) => code);
    const details = { name, description, structures: codes.filter((code) => !structures.includes(code)) };
    const { number, after } = await insertPackage(transaction, organizationId, details);
    const judged = await copyPermissions(transaction, organizationId, { from, to: number });
    const copied = judged.filter((each) => !each.leftOut);
    const permissions = copied.map(({ permissionId: permission, value, param }) => ({ permission, value, param }));
    const written = { ...after, permissions };
    return {
      packageNumber: number,
      planHash: hashOf({ from, ...written }),
      snapshot: { package: after, from },
      outcome: { number, permissions: copied.length, ...exceptionsOf(judged), structures },
      audit: { subject: { package: number, from }, before: null, after: written },
      messages: [],
    };
  });
}

/** What a clone does not have as the other package does, named. */
export function exceptionsOf(judged: readonly ClonedPermission[]): Pick<CloneOutcome, 'leftOut' | 'narrowed'> {
  return {
    leftOut: judged.filter((each) => each.leftOut).map(permissionLabel),
    narrowed: judged.filter((each) => each.narrowed).map(permissionLabel),
  };
}
