import type { Queryable } from './database.ts';

/** Rows from which a write is large: below it the server's own housekeeping is soon enough. */
const LARGE_WRITE = 10_000;

/**
 * Renews the planner's statistics after a large write of authorizations and memberships. With those of before, the next
 * operation on the same people can be planned a hundred times too slow (PERFORMANCE, traps). Call it after the commit:
 * what it is about has happened, so nothing that goes wrong here is told.
 */
export async function refreshStatistics(queryable: Queryable, rowsWritten: number): Promise<void> {
  if (rowsWritten < LARGE_WRITE) return;
  await queryable.$executeRaw`ANALYZE (SKIP_LOCKED) app_auth, assignments`.catch(() => undefined);
}
