import { z } from 'zod';
import type { Json } from '../engine/core/canonicalJson.ts';
import type { Queryable } from './database.ts';

/** Which background operation: the organization, and the operation's own key. */
export interface BackgroundRef {
  organizationId: number;
  key: string;
}

/** A confirmed command that a worker is to do. */
export interface NewBackgroundOperation extends BackgroundRef {
  kind: string;
  command: object;
  actorUserId: number;
  people: number;
  /** What it is about, as whoever confirmed it reads it. */
  subject: string;
  reportTo: ReportTo;
  at: Date;
}

const ReportTo = z.object({
  /** The window that waits; it may be closed by now. */
  viewId: z.string().optional(),
  /** The message that tells how far it is. */
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
});

/** Where the progress and the outcome are told. */
export type ReportTo = z.infer<typeof ReportTo>;

const State = z.enum(['queued', 'running', 'done', 'failed']);

export type BackgroundState = z.infer<typeof State>;

const Stored = z.object({
  organizationId: z.number(),
  key: z.string(),
  kind: z.string(),
  command: z.json(),
  actorUserId: z.number(),
  state: State,
  people: z.number(),
  subject: z.string(),
  operationId: z.number().nullable(),
  outcome: z.json().nullable(),
  error: z.json().nullable(),
  reportTo: ReportTo,
  told: State.nullable(),
  detailsSent: z.boolean(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});

export type BackgroundOperation = z.infer<typeof Stored>;

/**
 * Records an operation that waits for a worker. One that failed did nothing, so it may be confirmed again under its
 * key.
 * @returns false where the key waits, runs or is done already.
 */
export async function recordBackgroundOperation(
  queryable: Queryable,
  operation: NewBackgroundOperation,
): Promise<boolean> {
  const written = await queryable.$executeRaw`
    INSERT INTO background_operations AS b (organization_id, key, kind, command, actor_user_id, people, subject,
                                            report_to, created_at)
    VALUES (${operation.organizationId}::int, ${operation.key}::uuid, ${operation.kind},
            ${JSON.stringify(operation.command)}::jsonb, ${operation.actorUserId}::int, ${operation.people}::int,
            ${operation.subject}, ${JSON.stringify(operation.reportTo)}::jsonb, ${operation.at})
    ON CONFLICT (organization_id, key) DO UPDATE SET
      command = EXCLUDED.command, people = EXCLUDED.people, subject = EXCLUDED.subject,
      report_to = EXCLUDED.report_to, created_at = EXCLUDED.created_at, state = 'queued', error = NULL, told = NULL,
      started_at = NULL, finished_at = NULL
    WHERE b.state = 'failed' AND b.kind = EXCLUDED.kind AND b.actor_user_id = EXCLUDED.actor_user_id`;
  return written > 0;
}

/** A background operation; null where there is none. */
export async function findBackgroundOperation(
  queryable: Queryable,
  { organizationId, key }: BackgroundRef,
): Promise<BackgroundOperation | null> {
  const where = { organizationId_key: { organizationId, key } };
  const found = await queryable.backgroundOperation.findUnique({ where });
  return found && Stored.parse(found);
}

/** How many operations that somebody confirmed have not ended yet. */
export function countOpenOperations(
  queryable: Queryable,
  { organizationId, userId }: { organizationId: number; userId: number },
): Promise<number> {
  const where = { organizationId, actorUserId: userId, state: { in: ['queued' as const, 'running' as const] } };
  return queryable.backgroundOperation.count({ where });
}

/** Marks an operation as running. @returns false where it runs already, or has ended. */
export async function markRunning(
  queryable: Queryable,
  { organizationId, key }: BackgroundRef,
  at: Date,
): Promise<boolean> {
  const { count } = await queryable.backgroundOperation.updateMany({
    where: { organizationId, key, state: 'queued' },
    data: { state: 'running', startedAt: at },
  });
  return count > 0;
}

/** How a background operation ended. */
export type BackgroundEnd =
  | { state: 'done'; operationId: number; outcome: Json }
  | { state: 'failed'; error: { code: string; details: Json } | { reference: string } };

/** Ends an operation. @returns false where it had ended before. */
export async function markEnded(
  queryable: Queryable,
  { organizationId, key }: BackgroundRef,
  end: BackgroundEnd,
  at: Date,
): Promise<boolean> {
  const result =
    end.state === 'done'
      ? { operationId: end.operationId, outcome: end.outcome as object }
      : { error: end.error as object };
  const { count } = await queryable.backgroundOperation.updateMany({
    where: { organizationId, key, state: { in: ['queued', 'running'] } },
    data: { state: end.state, finishedAt: at, ...result },
  });
  return count > 0;
}

/** Remembers what was told, and where. */
export async function markTold(
  queryable: Queryable,
  { organizationId, key }: BackgroundRef,
  told: { told?: BackgroundState; reportTo?: ReportTo; detailsSent?: boolean },
): Promise<void> {
  await queryable.backgroundOperation.update({ where: { organizationId_key: { organizationId, key } }, data: told });
}

/**
 * Operations that no worker will take up any more: their job has been begun as often as it may be, or is gone.
 * `jobKey` of an operation is `prefix:organization:key`.
 */
export async function selectAbandoned(queryable: Queryable, prefix: string, limit: number): Promise<BackgroundRef[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT b.organization_id AS "organizationId", b.key
    FROM background_operations b
    LEFT JOIN graphile_worker.jobs j ON j.key = ${prefix}::text || ':' || b.organization_id || ':' || b.key
    WHERE b.state IN ('queued', 'running') AND (j.id IS NULL OR (j.attempts >= j.max_attempts AND j.locked_at IS NULL))
    ORDER BY b.created_at LIMIT ${limit}::int`;
  return z.array(z.object({ organizationId: z.number(), key: z.string() })).parse(rows);
}

/** Forgets operations that ended before `before`. */
export async function deleteEndedBefore(queryable: Queryable, before: Date): Promise<void> {
  await queryable.backgroundOperation.deleteMany({
    where: { state: { in: ['done', 'failed'] }, finishedAt: { lt: before } },
  });
}
