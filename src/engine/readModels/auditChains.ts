import { type ChainCheck, checkChain, recordFits } from '../../persistence/auditChain.ts';
import { findRecordByHash } from '../../persistence/auditTrail.ts';
import { selectOrganizations } from '../../persistence/organizations.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { type AssignmentRecord, findAssignmentRecord } from './assignmentReport.ts';

/** A record that was kept elsewhere: its place in its chain, and its hash. */
export interface KeptRecord {
  seq: number;
  hash: string;
}

/** What the check of an organization's trail found. */
export interface TrailCheck extends ChainCheck {
  organization: string;
  /** Which of the records that were kept elsewhere the trail has, as they were. */
  kept: KeptRecord[];
}

/**
 * Checks the trail of every organization, one after another. For whoever runs the program on its server: not authorized
 * here.
 */
export async function* checkTrails(
  { database: { prisma } }: EngineContext,
  kept: readonly KeptRecord[],
): AsyncGenerator<TrailCheck> {
  for (const { id, name } of await selectOrganizations(prisma)) {
    const found: KeptRecord[] = [];
    const check = await checkChain(rawQueryOf(prisma), id, ({ seq, hash }) => {
      found.push(...kept.filter((record) => record.seq === seq && record.hash === hash));
    });
    yield { organization: name, kept: found, ...check };
  }
}

/** What a receipt says of itself. */
export interface ReceiptClaim {
  planHash: string;
  sequence: number;
  recordHash: string;
}

/** What the trail says of a receipt. */
export type ReceiptFound =
  | { kind: 'unknown' }
  | { kind: 'trail_broken'; operationId: number }
  | { kind: 'other_plan'; operationId: number }
  | { kind: 'found'; operationId: number; record: AssignmentRecord };

/**
 * The assignment that a receipt claims to be of, of whichever organization, with the state of the trail there; its
 * bytes are still to be compared. For whoever runs the program on its server: not authorized here.
 */
export async function findReceipt(
  context: EngineContext,
  { planHash, sequence, recordHash }: ReceiptClaim,
): Promise<ReceiptFound> {
  const { prisma } = context.database;
  const place = await findRecordByHash(prisma, { seq: sequence, hash: recordHash });
  const record = place && (await findAssignmentRecord(context, place.organizationId, place.operationId));
  if (!place || !record) return { kind: 'unknown' };
  const { operationId } = place;
  if (!(await recordFits(rawQueryOf(prisma), place.organizationId, sequence)))
    return { kind: 'trail_broken', operationId };
  return record.planHash === planHash ? { kind: 'found', operationId, record } : { kind: 'other_plan', operationId };
}
