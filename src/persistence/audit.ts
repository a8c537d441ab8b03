import { z } from 'zod';
import { hashOf, type Json } from '../engine/core/canonicalJson.ts';
import type { RecordedKind } from '../engine/core/recordedKinds.ts';
import type { Queryable } from './database.ts';
import type { RawQuery } from './rawQuery.ts';

/** What an audit record says: who did what, and how it was before and after. */
export interface AuditEntry {
  organizationId: number;
  operationId: number;
  at: Date;
  actor: { code: string; name: string } | null;
  action: RecordedKind;
  subject: Json;
  before: Json;
  after: Json;
  planHash: string;
}

/** The hash that stands before an organization's first record. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

const Last = z.array(z.object({ seq: z.number(), hash: z.string() }));
const Digests = z.object({ changes_digest: z.string(), operation_digest: z.string().nullable() });

/**
 * Appends a record to the organization's chain. The caller holds the organization's lock, so that two records never
 * take the same place, and has completed the operation: the record also seals that, and what `operation_changes` says.
 */
export async function appendAudit(query: RawQuery, entry: AuditEntry): Promise<{ seq: number; hash: string }> {
  const { organizationId, operationId } = entry;
  const [last] = Last.parse(
    await query('SELECT seq, hash FROM audit_records WHERE organization_id = $1::int ORDER BY seq DESC LIMIT 1', [
      organizationId,
    ]),
  );
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? FIRST_PREVIOUS_HASH;
  const [digests] = z
    .tuple([Digests])
    .parse(
      await query(`SELECT ${DIGESTS} FROM (SELECT $1::int AS organization_id, $2::int AS operation_id) r ${DIGESTED}`, [
        organizationId,
        operationId,
      ]),
    );
  const seals = { changesHash: digests.changes_digest, operationHash: digests.operation_digest };
  const hash = hashOf(sealed(entry, { seq, previousHash, ...seals }));
  await query(
    `INSERT INTO audit_records (organization_id, seq, operation_id, at, actor, action, subject, before, after,
                                plan_hash, changes_hash, operation_hash, previous_hash, hash)
     VALUES ($1::int, $2::int, $3::int, $4::timestamptz, $5::jsonb, $6, $7::jsonb, $8::jsonb, $9::jsonb,
             $10, $11, $12, $13, $14)`,
    [
      ...[organizationId, seq, operationId, entry.at.toISOString(), JSON.stringify(entry.actor)],
      ...[entry.action, JSON.stringify(entry.subject), JSON.stringify(entry.before), JSON.stringify(entry.after)],
      ...[entry.planHash, seals.changesHash, seals.operationHash, previousHash, hash],
    ],
  );
  return { seq, hash };
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

/** A record's place in its chain, and the digests of what it seals besides itself. */
export interface Seals {
  seq: number;
  changesHash: string;
  /** Null in a record that was sealed before operations were. */
  operationHash: string | null;
  previousHash: string;
}

/** What the hash of a record is made of. */
export function sealed(entry: Omit<AuditEntry, 'organizationId' | 'action'> & { action: string }, seals: Seals): Json {
  const { operationHash, ...others } = seals;
  return {
    ...others,
    ...(operationHash !== null && { operationHash }),
    operation: entry.operationId,
    at: entry.at.toISOString(),
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    before: entry.before,
    after: entry.after,
    planHash: entry.planHash,
  };
}

/** What the seal covers of one person's changes; the earliest records were sealed in another form. */
const SEALED_CHANGE = `
  CASE WHEN cells IS NOT NULL THEN concat_ws('|', user_id, user_code, user_name, membership, cells::text)
  ELSE concat(user_id, '|', user_code, '|', user_name, '|', membership, '|', membership_was, '|',
              membership_operation_id, '|', permission_ids, '|', codes, '|', written, '|', held_values, '|',
              held_params, '|', held_reasons, '|', held_packages, '|', held_operations, '|', held_replaced, '|', grants)
  END`;

/** What the seal covers of the operation; its moment is told in the same words by every server. */
const SEALED_OPERATION = `
  jsonb_build_array(o.key, o.kind, o.actor_user_id, o.package_number, extract(epoch FROM o.at), o.plan_hash, o.snapshot,
                    o.outcome)::text`;

/** The digests of {@link DIGESTED}, as `changes_digest` and `operation_digest`. */
export const DIGESTS = 'changes.digest AS changes_digest, operation.digest AS operation_digest';

/** Joins, to each record `r`, the digests of its operation as it is stored now and of what that says of people. */
export const DIGESTED = `
  CROSS JOIN LATERAL (
    SELECT encode(sha256(convert_to(coalesce(string_agg(${SEALED_CHANGE}, E'\\n' ORDER BY user_id), ''), 'UTF8')), 'hex')
             AS digest
    FROM operation_changes c WHERE c.organization_id = r.organization_id AND c.operation_id = r.operation_id
  ) changes
  LEFT JOIN LATERAL (
    SELECT encode(sha256(convert_to(${SEALED_OPERATION}, 'UTF8')), 'hex') AS digest
    FROM operations o WHERE o.organization_id = r.organization_id AND o.id = r.operation_id
  ) operation ON true`;
