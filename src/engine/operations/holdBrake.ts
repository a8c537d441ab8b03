import type { Queryable, Transaction } from '../../persistence/database.ts';
import { getOrganization } from '../../persistence/organizations.ts';
import { BRAKE_FROM, type Brake, isBraked } from '../core/brake.ts';
import { EngineError } from '../errors.ts';
import type { Command, EngineContext } from './operationFrame.ts';

/** What a change takes from a package's members. */
export interface PackageTaking {
  organizationId: number;
  /** Null where it is about no package: then nothing holds it. */
  packageNumber: number | null;
  people: number;
  /** Members who have ceased to be members by it already. */
  gone?: number;
}

/** The brake on a change, with the numbers of this moment; null where one confirmation is enough. */
export async function findBrake(
  queryable: Queryable,
  { organizationId, packageNumber, people, gone = 0 }: PackageTaking,
): Promise<Brake | null> {
  if (people < BRAKE_FROM || packageNumber === null) return null;
  const { brakeShare: share } = await getOrganization(queryable, organizationId);
  const active = await queryable.assignment.count({ where: { organizationId, packageNumber, state: 'active' } });
  const brake = { people, members: active + gone, share };
  return isBraked(brake) ? brake : null;
}

/**
 * Holds a change that takes access from many members until it has been confirmed a second time. An approved request
 * needs no more, and neither does a founder who gives a reason for doing it without approval.
 * @throws EngineError `brake`.
 */
export async function holdBrake(
  { rehearsing, request }: EngineContext,
  transaction: Transaction,
  { pastBrake, breakGlass }: Command,
  taking: PackageTaking,
): Promise<void> {
  if (rehearsing || request?.id || pastBrake || breakGlass !== undefined) return;
  const brake = await findBrake(transaction, taking);
  if (brake) throw new EngineError('brake', { ...brake });
}
