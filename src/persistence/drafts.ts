import { z } from 'zod';
import type { Queryable, Transaction } from './database.ts';

/** Whose draft, and which. */
export interface DraftKey {
  organizationId: number;
  userId: number;
  id: string;
}

/** Stores a draft's data under its id; a draft of somebody else is never touched. */
export async function saveDraft(
  queryable: Queryable,
  key: DraftKey,
  kind: string,
  data: object,
  now: Date,
): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO drafts (organization_id, id, user_id, kind, data, updated_at)
    VALUES (${key.organizationId}::int, ${key.id}::uuid, ${key.userId}::int, ${kind},
            ${JSON.stringify(data)}::jsonb, ${now})
    ON CONFLICT (organization_id, id) DO UPDATE SET data = EXCLUDED.data, updated_at = EXCLUDED.updated_at
    WHERE drafts.user_id = EXCLUDED.user_id AND drafts.kind = EXCLUDED.kind`;
}

/** A draft's data, unparsed; null where it is gone, of another kind, or somebody else's. */
export async function findDraft(queryable: Queryable, key: DraftKey, kind: string): Promise<unknown> {
  const draft = await queryable.draft.findFirst({
    where: { organizationId: key.organizationId, id: key.id, userId: key.userId, kind },
  });
  return draft?.data ?? null;
}

/** A draft's data as in {@link findDraft}, locked until the transaction ends. */
export async function lockDraft(transaction: Transaction, key: DraftKey, kind: string): Promise<unknown> {
  const rows = await transaction.$queryRaw<{ data: unknown }[]>`
    SELECT data FROM drafts
    WHERE organization_id = ${key.organizationId}::int AND id = ${key.id}::uuid AND user_id = ${key.userId}::int
      AND kind = ${kind}
    FOR UPDATE`;
  return rows[0]?.data ?? null;
}

/** Deletes a draft of its owner, where it is there. */
export async function deleteDraft(queryable: Queryable, key: DraftKey, kind: string): Promise<void> {
  const { organizationId, id, userId } = key;
  await queryable.draft.deleteMany({ where: { organizationId, id, userId, kind } });
}

/** Forgets drafts that nobody has touched since `before`. @returns how many. */
export async function deleteOldDrafts(queryable: Queryable, before: Date): Promise<number> {
  const { count } = await queryable.draft.deleteMany({ where: { updatedAt: { lt: before } } });
  return z.number().parse(count);
}
