import type { Transaction } from './database.ts';

/** Marks a moment within a transaction to which {@link returnToSavepoint} goes back. */
export async function openSavepoint(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`SAVEPOINT rehearsal`;
}

/** Takes back what was done since the last mark; after an error of the database too. */
export async function returnToSavepoint(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`ROLLBACK TO SAVEPOINT rehearsal`;
  await transaction.$executeRaw`RELEASE SAVEPOINT rehearsal`;
}
