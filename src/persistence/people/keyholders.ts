import { z } from 'zod';
import type { RawQuery } from '../rawQuery.ts';

const Keyholders = z.tuple([z.object({ founders: z.number(), all: z.number() })]);

/** People who could still set anything right from Slack. */
export type Keyholders = z.infer<typeof Keyholders>[0];

/** Counts founders, and founders and administrators together, who have a Slack account and have not left. */
export async function countKeyholders(query: RawQuery, organizationId: number): Promise<Keyholders> {
  const rows = await query(
    `SELECT count(*) FILTER (WHERE founder)::int AS founders, count(*)::int AS all FROM (
       SELECT id, founder FROM users
       WHERE organization_id = $1::int AND founder AND slack_user_id IS NOT NULL AND left_at IS NULL
       UNION
       SELECT u.id, u.founder FROM meta_permissions m
       JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id
       WHERE m.organization_id = $1::int AND m.meta_permission = 'administer' AND u.slack_user_id IS NOT NULL
         AND u.left_at IS NULL
     ) holder`,
    [organizationId],
  );
  return Keyholders.parse(rows)[0];
}
