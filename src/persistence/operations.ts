import { z } from 'zod';
import type { Json } from '../engine/core/canonicalJson.ts';
import type { Queryable } from './database.ts';

/** What identifies an operation before it has done anything. */
export interface NewOperation {
  organizationId: number;
  key: string;
  kind: string;
  actorUserId: number | null;
  at: Date;
}

/**
 * Claims an operation's key.
 * @returns the new operation's id, or null where the key was applied before.
 */
export async function claimOperation(queryable: Queryable, operation: NewOperation): Promise<number | null> {
  const rows = await queryable.$queryRaw<{ id: number }[]>`
    INSERT INTO operations (organization_id, key, kind, actor_user_id, at, plan_hash, snapshot, outcome)
    VALUES (${operation.organizationId}::int, ${operation.key}::uuid, ${operation.kind}, ${operation.actorUserId}::int,
            ${operation.at}, '', '{}', '{}')
    ON CONFLICT (organization_id, key) DO NOTHING
    RETURNING id`;
  return rows[0]?.id ?? null;
}

/** What an operation turned out to be, written at its end. */
export interface OperationResult {
  packageNumber: number | null;
  planHash: string;
  snapshot: Json;
  outcome: Json;
}

/** Completes a claimed operation. */
export async function completeOperation(
  queryable: Queryable,
  organizationId: number,
  id: number,
  result: OperationResult,
): Promise<void> {
  await queryable.$executeRaw`
    UPDATE operations SET package_number = ${result.packageNumber}::int, plan_hash = ${result.planHash},
      snapshot = ${JSON.stringify(result.snapshot)}::jsonb, outcome = ${JSON.stringify(result.outcome)}::jsonb
    WHERE organization_id = ${organizationId}::int AND id = ${id}::int`;
}

const Stored = z.object({
  id: z.number(),
  kind: z.string(),
  packageNumber: z.number().nullable(),
  actorUserId: z.number().nullable(),
  at: z.date(),
  planHash: z.string(),
  snapshot: z.json(),
  outcome: z.json(),
});

export type StoredOperation = z.infer<typeof Stored>;

/** A completed operation by its id or its key; null where there is none. */
export async function findOperation(
  queryable: Queryable,
  organizationId: number,
  by: { id: number } | { key: string },
): Promise<StoredOperation | null> {
  const found = await queryable.operation.findFirst({ where: { organizationId, ...by } });
  return found && Stored.parse(found);
}

/**
 * The organization's latest operation: operations take turns, so a later one has a higher id. 0 where there is none.
 */
export async function latestOperationId(queryable: Queryable, organizationId: number): Promise<number> {
  const { _max } = await queryable.operation.aggregate({ where: { organizationId }, _max: { id: true } });
  return _max.id ?? 0;
}

const Listed = z.object({
  id: z.number(),
  kind: z.string(),
  at: z.date(),
  by: z.string().nullable(),
  packageNumber: z.number().nullable(),
  packageName: z.string().nullable(),
  people: z.number(),
  /** The one of them, where it concerned one only. */
  person: z.object({ code: z.string(), name: z.string() }).nullable(),
});

/** One page of the operations of some kinds since a moment, newest first; or one of them by id. */
export async function selectOperations(
  queryable: Queryable,
  organizationId: number,
  { kinds, since, offset, limit, id = null }: OperationsPage,
): Promise<{ operations: z.infer<typeof Listed>[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH found AS (
      SELECT o.*, count(*) OVER ()::int AS total FROM operations o
      WHERE o.organization_id = ${organizationId}::int AND o.kind = ANY (${[...kinds]}::text[]) AND o.at >= ${since}
        AND (${id}::int IS NULL OR o.id = ${id}::int)
      ORDER BY o.id DESC OFFSET ${offset} LIMIT ${limit}
    )
    SELECT found.id, found.kind, found.at, u.name AS by, found.package_number AS "packageNumber",
           k.name AS "packageName", found.total, concerned.people,
           CASE WHEN concerned.people = 1 THEN json_build_object('code', concerned.code, 'name', concerned.name) END
             AS person
    FROM found
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS people, min(c.user_code) AS code, min(c.user_name) AS name FROM operation_changes c
      WHERE c.organization_id = ${organizationId}::int AND c.operation_id = found.id AND c.membership <> 'unchanged'
    ) concerned
    LEFT JOIN users u ON u.organization_id = found.organization_id AND u.id = found.actor_user_id
    LEFT JOIN packages k ON k.organization_id = found.organization_id AND k.number = found.package_number
    ORDER BY found.id DESC`;
  const operations = z.array(Listed.extend({ total: z.number() })).parse(rows);
  return { operations, total: operations[0]?.total ?? 0 };
}

interface OperationsPage {
  kinds: readonly string[];
  since: Date;
  offset: number;
  limit: number;
  id?: number | null;
}
