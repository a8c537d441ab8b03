import type { RawQuery } from './rawQuery.ts';

/** First half of the advisory lock's key, so that no other use of advisory locks meets ours. */
const LOCK_CLASS = 7_210_515;

/**
 * Makes the writers of one organization take turns until their transaction ends. Cheaper and fairer than letting bulk
 * writes with overlapping people deadlock; transaction-level, so a transaction pooler may stand between.
 */
export async function lockOrganization(query: RawQuery, organizationId: number): Promise<void> {
  await query('SELECT pg_advisory_xact_lock($1::int, $2::int)::text', [LOCK_CLASS, organizationId]);
}
