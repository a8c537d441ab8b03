import { isAdministrated } from '../../persistence/administrators.ts';
import type { Transaction } from '../../persistence/database.ts';
import { EngineError } from '../errors.ts';

/**
 * Called at the end of every operation that could take away the last administrator: an organization that nobody can
 * administer could never be put right from within.
 * @throws EngineError `last_administrator`; the transaction is rolled back.
 */
export async function requireAdministrated(transaction: Transaction, organizationId: number): Promise<void> {
  if (!(await isAdministrated(transaction, organizationId))) throw new EngineError('last_administrator', {});
}
