import { z } from 'zod';
import type { Queryable } from './database.ts';

const Due = z.object({
  organizationId: z.number(),
  id: z.number(),
  expired: z.boolean(),
});

/** Pending requests whose time has come: to expire, or to remind of. The oldest first. */
export async function selectDueRequests(
  queryable: Queryable,
  now: Date,
  limit: number,
): Promise<z.infer<typeof Due>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT organization_id AS "organizationId", id, expires_at <= ${now} AS expired
    FROM requests
    WHERE state = 'pending' AND least(expires_at, remind_at) <= ${now}
    ORDER BY least(expires_at, remind_at) LIMIT ${limit}`;
  return z.array(Due).parse(rows);
}

const Ref = z.object({ organizationId: z.number(), id: z.number() });

/**
 * Approved requests that no worker will take up any more: their job has been begun as often as it may be, or is gone.
 * `jobKey` of a request is `prefix:organization:id`.
 */
export async function selectAbandonedRequests(
  queryable: Queryable,
  prefix: string,
  limit: number,
): Promise<z.infer<typeof Ref>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT r.organization_id AS "organizationId", r.id
    FROM requests r
    LEFT JOIN graphile_worker.jobs j ON j.key = ${prefix}::text || ':' || r.organization_id || ':' || r.id
    WHERE r.state = 'approved' AND (j.id IS NULL OR (j.attempts >= j.max_attempts AND j.locked_at IS NULL))
    ORDER BY r.organization_id, r.id LIMIT ${limit}::int`;
  return z.array(Ref).parse(rows);
}
