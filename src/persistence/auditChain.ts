import { z } from 'zod';
import { hashOf } from '../engine/core/canonicalJson.ts';
import { DIGESTED, DIGESTS, FIRST_PREVIOUS_HASH, sealed } from './audit.ts';
import type { RawQuery } from './rawQuery.ts';

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
  operation_hash: z.string().nullable(),
  previous_hash: z.string(),
  hash: z.string(),
  changes_digest: z.string(),
  operation_digest: z.string().nullable(),
});

type Stored = z.infer<typeof Stored>;

/** Records checked in one query: few enough to be held, whatever they say, and enough that the way does not count. */
const PAGE = 200;

/** What a walk along an organization's chain found. */
export interface ChainCheck {
  /** Records that fit. */
  checked: number;
  /** The last record that fits: whoever keeps this elsewhere can see later that none after it is missing. */
  last: { seq: number; hash: string } | null;
  /** The first record that does not fit: changed, missing, or with its operation or its changes altered; or null. */
  broken: number | null;
  /** The first operation of which the trail has no record; null where it has one of each. */
  unrecorded: number | null;
}

/**
 * Walks an organization's chain from its first record, page by page. What it cannot see is an end that was cut off with
 * everything that belongs to it: `onRecord` is told every record that fits, to compare with what was kept elsewhere.
 */
export async function checkChain(
  query: RawQuery,
  organizationId: number,
  onRecord: (record: { seq: number; hash: string }) => void = () => undefined,
): Promise<ChainCheck> {
  let last: ChainCheck['last'] = null;
  for (;;) {
    const after: number = last?.seq ?? 0;
    const page = await selectPage(query, organizationId, { after, limit: PAGE });
    for (const record of page) {
      const expected = { seq: (last?.seq ?? 0) + 1, previousHash: last?.hash ?? FIRST_PREVIOUS_HASH };
      if (!fits(record, expected)) {
        return { checked: last?.seq ?? 0, last, broken: expected.seq, unrecorded: null };
      }
      last = { seq: record.seq, hash: record.hash };
      onRecord(last);
    }
    if (page.length < PAGE) break;
  }
  const unrecorded = await findUnrecorded(query, organizationId);
  return { checked: last?.seq ?? 0, last, broken: null, unrecorded };
}

/** Walks the chain. @returns the first record that does not fit, or null. */
export async function findBrokenAuditRecord(query: RawQuery, organizationId: number): Promise<number | null> {
  return (await checkChain(query, organizationId)).broken;
}

/** Whether one record fits what it seals and the record before it. */
export async function recordFits(query: RawQuery, organizationId: number, seq: number): Promise<boolean> {
  const page = await selectPage(query, organizationId, { after: Math.max(0, seq - 2), limit: 2 });
  const record = page.find((each) => each.seq === seq);
  const previous = page.find((each) => each.seq === seq - 1);
  const previousHash = seq === 1 ? FIRST_PREVIOUS_HASH : previous?.hash;
  return record !== undefined && previousHash !== undefined && fits(record, { seq, previousHash });
}

function fits(record: Stored, { seq, previousHash }: { seq: number; previousHash: string }): boolean {
  const entry = { ...record, operationId: record.operation_id, planHash: record.plan_hash };
  const operationHash = record.operation_hash === null ? null : (record.operation_digest ?? '');
  const seals = { seq, previousHash, changesHash: record.changes_digest, operationHash };
  return record.seq === seq && record.hash === hashOf(sealed(entry, seals));
}

async function selectPage(
  query: RawQuery,
  organizationId: number,
  { after, limit }: { after: number; limit: number },
): Promise<Stored[]> {
  const rows = await query(
    `SELECT r.*, ${DIGESTS}
     FROM (
       SELECT * FROM audit_records WHERE organization_id = $1::int AND seq > $2::int ORDER BY seq LIMIT $3::int
     ) r ${DIGESTED}
     ORDER BY r.seq`,
    [organizationId, after, limit],
  );
  return z.array(Stored).parse(rows);
}

/** Operations and records are written together: one without the other was left behind by somebody who cut the trail. */
async function findUnrecorded(query: RawQuery, organizationId: number): Promise<number | null> {
  const rows = await query(
    `SELECT o.id FROM operations o
     WHERE o.organization_id = $1::int AND NOT EXISTS (
       SELECT FROM audit_records r WHERE r.organization_id = o.organization_id AND r.operation_id = o.id)
     ORDER BY o.id LIMIT 1`,
    [organizationId],
  );
  return z.array(z.object({ id: z.number() })).parse(rows)[0]?.id ?? null;
}
