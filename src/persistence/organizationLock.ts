import type { RawQuery } from './rawQuery.ts';

/** First half of the advisory lock's key, so that no other use of advisory locks meets ours. */
const LOCK_CLASS = 7_210_515;

/**
 * Makes the writers of one organization take turns until their transaction ends. Cheaper and fairer than letting bulk
 * writes with overlapping people deadlock; transaction-level, so a transaction pooler may stand between. Gives the
 * transaction what bulk writes need of a server whose settings are not ours: room to sort in, and no compiler, which
 * costs them more time than it saves.
 */
export async function lockOrganization(query: RawQuery, organizationId: number): Promise<void> {
  await query(
    `SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
            pg_advisory_xact_lock($1::int, $2::int)::text`,
    [LOCK_CLASS, organizationId],
  );
}
