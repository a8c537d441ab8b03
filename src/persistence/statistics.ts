import { type Database, Prisma } from './database.ts';

/** Rows from which a write is large: below it the server's own housekeeping is soon enough. */
const LARGE_WRITE = 10_000;

/**
 * Renews the planner's statistics after a large write of authorizations and memberships, or of what else is named. With
 * those of before, the next operation on the same people can be planned badly (PERFORMANCE, traps). Call it after the
 * commit: it goes on in the background, and what it is about has happened, so nothing that goes wrong here is told.
 */
export function refreshStatistics(
  { prisma, afterwards }: Database,
  rowsWritten: number,
  tables: 'app_auth, assignments' | 'drift_cells' = 'app_auth, assignments',
): void {
  if (rowsWritten < LARGE_WRITE) return;
  afterwards(prisma.$executeRaw`ANALYZE (SKIP_LOCKED) ${Prisma.raw(tables)}`);
}
