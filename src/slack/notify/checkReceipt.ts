import type { FileHandle } from 'node:fs/promises';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { AssignmentRecord } from '../../engine/readModels/assignmentReport.ts';
import { findReceipt } from '../../engine/readModels/auditChains.ts';
import { firstDifference, readReceipt } from '../../report/readReceipt.ts';
import { assignmentPdf } from './assignmentReport.ts';

/** What a file turned out to be. */
export type ReceiptVerdict =
  | { kind: 'no_receipt' }
  | { kind: 'unknown'; sequence: number }
  | { kind: 'trail_broken' | 'other_plan'; sequence: number; operationId: number }
  | { kind: 'differs'; sequence: number; operationId: number; at: number }
  | { kind: 'genuine'; sequence: number; operationId: number; record: AssignmentRecord };

/**
 * Checks the PDF of an assignment against the trail: finds the assignment by the hashes in the file, prints its report
 * again from stored data, and compares the bytes. For whoever runs the program on its server: not authorized here.
 */
export async function checkReceipt(engine: EngineContext, file: FileHandle): Promise<ReceiptVerdict> {
  const receipt = await readReceipt(file);
  if (!receipt) return { kind: 'no_receipt' };
  const { sequence } = receipt;
  const found = await findReceipt(engine, receipt);
  if (found.kind !== 'found') return { ...found, sequence };
  const { operationId, record } = found;
  const bytes = file.createReadStream({ start: 0, autoClose: false });
  const at = await firstDifference(bytes, assignmentPdf(record));
  if (at !== null) return { kind: 'differs', sequence, operationId, at };
  return { kind: 'genuine', sequence, operationId, record };
}
