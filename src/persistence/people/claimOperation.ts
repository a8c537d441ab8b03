import { z } from 'zod';
import type { Json } from '../../engine/core/canonicalJson.ts';
import type { NewOperation } from '../operations.ts';
import type { RawQuery } from '../rawQuery.ts';

const Claimed = z.tuple([z.object({ id: z.number(), repeated: z.boolean() })]);

/**
 * As `claimOperation`, over a plain connection.
 * @returns the operation of the key, which may be one that was applied before.
 */
export async function claimByKey(
  query: RawQuery,
  { organizationId, key, kind, actorUserId, at }: NewOperation,
): Promise<{ id: number; repeated: boolean }> {
  const rows = await query(
    `WITH claimed AS (
       INSERT INTO operations (organization_id, key, kind, actor_user_id, at, plan_hash, snapshot, outcome)
       VALUES ($1::int, $2::uuid, $3, $4::int, $5::timestamptz, '', '{}', '{}')
       ON CONFLICT (organization_id, key) DO NOTHING RETURNING id
     )
     SELECT id, false AS repeated FROM claimed
     UNION ALL
     SELECT id, true FROM operations WHERE organization_id = $1::int AND key = $2::uuid`,
    [organizationId, key, kind, actorUserId, at.toISOString()],
  );
  const [claimed] = Claimed.parse(rows.slice(0, 1));
  return claimed;
}

/** As `completeOperation`, over a plain connection. */
export async function completeByKey(
  query: RawQuery,
  done: { organizationId: number; id: number; planHash: string; outcome: Json },
): Promise<void> {
  await query(
    `UPDATE operations SET plan_hash = $3, snapshot = $4::jsonb, outcome = $5::jsonb
     WHERE organization_id = $1::int AND id = $2::int`,
    [
      ...[done.organizationId, done.id, done.planHash],
      ...[JSON.stringify({ list: done.planHash }), JSON.stringify(done.outcome)],
    ],
  );
}
