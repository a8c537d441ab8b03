import { z } from 'zod';
import { hashOf, type Json } from '../engine/core/canonicalJson.ts';
import type { Queryable } from './database.ts';
import type { RawQuery } from './rawQuery.ts';

/** What an audit record says: who did what, and how it was before and after. */
export interface AuditEntry {
  organizationId: number;
  operationId: number;
  at: Date;
  actor: { code: string; name: string } | null;
  action: string;
  subject: Json;
  before: Json;
  after: Json;
  planHash: string;
}

/** The hash that stands before an organization's first record. */
const FIRST_PREVIOUS_HASH = '0'.repeat(64);

const Last = z.array(z.object({ seq: z.number(), hash: z.string() }));
const Digest = z.tuple([z.object({ digest: z.string() })]);

/**
 * Appends a record to the organization's chain. The caller holds the organization's lock, so that two records never
 * take the same place. The record also seals what `operation_changes` says of the operation.
 */
export async function appendAudit(query: RawQuery, entry: AuditEntry): Promise<{ seq: number; hash: string }> {
  const [last] = Last.parse(
    await query('SELECT seq, hash FROM audit_records WHERE organization_id = $1::int ORDER BY seq DESC LIMIT 1', [
      entry.organizationId,
    ]),
  );
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? FIRST_PREVIOUS_HASH;
  const changesHash = await digestChanges(query, entry.organizationId, entry.operationId);
  const hash = hashOf(sealed(entry, seq, changesHash, previousHash));
  await query(
    `INSERT INTO audit_records (organization_id, seq, operation_id, at, actor, action, subject, before, after,
                                plan_hash, changes_hash, previous_hash, hash)
     VALUES ($1::int, $2::int, $3::int, $4::timestamptz, $5::jsonb, $6, $7::jsonb, $8::jsonb, $9::jsonb,
             $10, $11, $12, $13)`,
    [
      ...[entry.organizationId, seq, entry.operationId, entry.at.toISOString(), JSON.stringify(entry.actor)],
      ...[entry.action, JSON.stringify(entry.subject), JSON.stringify(entry.before), JSON.stringify(entry.after)],
      ...[entry.planHash, changesHash, previousHash, hash],
    ],
  );
  return { seq, hash };
}

const Stored = z.object({
  seq: z.number(),
  operation_id: z.number(),
  at: z.date(),
  actor: z.object({ code: z.string(), name: z.string() }).nullable(),
  action: z.string(),
  subject: z.json(),
  before: z.json(),
  after: z.json(),
  plan_hash: z.string(),
  changes_hash: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
});

/** Records checked in one query, so that a long chain is verified in bounded memory. */
const VERIFY_PAGE = 1_000;

/**
 * Walks the chain from its first record.
 * @returns the first record that does not fit (changed, missing, or its changes were altered), or null.
 */
export async function findBrokenAuditRecord(query: RawQuery, organizationId: number): Promise<number | null> {
  let seq = 0;
  let previousHash = FIRST_PREVIOUS_HASH;
  for (;;) {
    const page = z
      .array(Stored)
      .parse(
        await query(
          'SELECT * FROM audit_records WHERE organization_id = $1::int AND seq > $2::int ORDER BY seq LIMIT $3',
          [organizationId, seq, VERIFY_PAGE],
        ),
      );
    if (page.length === 0) return null;
    for (const record of page) {
      const entry = { ...record, organizationId, operationId: record.operation_id, planHash: record.plan_hash };
      const changesHash = await digestChanges(query, organizationId, record.operation_id);
      const expected = hashOf(sealed(entry, seq + 1, changesHash, previousHash));
      if (record.seq !== seq + 1 || record.hash !== expected) return seq + 1;
      seq = record.seq;
      previousHash = record.hash;
    }
  }
}

const ChangeRecord = z.object({ before: z.json(), after: z.json() });

/** What an operation's audit record says of before and after; null where there is none. */
export async function findAuditRecord(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
): Promise<z.infer<typeof ChangeRecord> | null> {
  const found = await queryable.auditRecord.findFirst({ where: { organizationId, operationId } });
  return found && ChangeRecord.parse(found);
}

function sealed(entry: AuditEntry, seq: number, changesHash: string, previousHash: string): Json {
  return {
    seq,
    operation: entry.operationId,
    at: entry.at.toISOString(),
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    before: entry.before,
    after: entry.after,
    planHash: entry.planHash,
    changesHash,
    previousHash,
  };
}

/** What the seal covers of one person's changes; the earliest records were sealed in another form. */
const SEALED_CHANGE = `
  CASE WHEN cells IS NOT NULL THEN concat_ws('|', user_id, user_code, user_name, membership, cells::text)
  ELSE concat(user_id, '|', user_code, '|', user_name, '|', membership, '|', membership_was, '|',
              membership_operation_id, '|', permission_ids, '|', codes, '|', written, '|', held_values, '|',
              held_params, '|', held_reasons, '|', held_packages, '|', held_operations, '|', held_replaced, '|', grants)
  END`;

async function digestChanges(query: RawQuery, organizationId: number, operationId: number): Promise<string> {
  const [{ digest }] = Digest.parse(
    await query(
      `SELECT encode(sha256(convert_to(coalesce(string_agg(${SEALED_CHANGE}, E'\\n' ORDER BY user_id), ''), 'UTF8')), 'hex')
                AS digest
       FROM operation_changes WHERE organization_id = $1::int AND operation_id = $2::int`,
      [organizationId, operationId],
    ),
  );
  return digest;
}
