import { type AssignmentChange, countMemberships, readAssignmentChanges } from '../../persistence/operationChanges.ts';
import { findOperation } from '../../persistence/operations.ts';
import { AssignmentSnapshot } from '../core/assignmentSnapshot.ts';
import type { EngineContext } from '../operations/runOperation.ts';

export type { AssignmentChange };

/** Everything that an assignment report says, from stored data alone (DOMAIN 5). */
export interface AssignmentRecord {
  snapshot: AssignmentSnapshot;
  at: Date;
  planHash: string;
  audit: { sequence: number; hash: string };
  /** People by what happened to their membership: assigned, reassigned, founder, unchanged. */
  memberships: Record<string, number>;
  outcome: { written: number; keptPackage: number; keptOriginal: number };
  people: () => AsyncGenerator<AssignmentChange>;
}

/** The record of an assignment; null where the operation is none. For the bot's own deliveries: not authorized here. */
export async function findAssignmentRecord(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  operationId: number,
): Promise<AssignmentRecord | null> {
  const operation = await findOperation(prisma, organizationId, { id: operationId });
  if (operation?.kind !== 'assign_package') return null;
  const audit = await prisma.auditRecord.findFirst({ where: { organizationId, operationId } });
  const outcome = operation.outcome as Record<string, number>;
  return {
    snapshot: AssignmentSnapshot.parse(operation.snapshot),
    at: operation.at,
    planHash: operation.planHash,
    audit: { sequence: audit?.seq ?? 0, hash: audit?.hash ?? '' },
    memberships: await countMemberships(prisma, organizationId, operationId),
    outcome: {
      written: outcome.written ?? 0,
      keptPackage: outcome.keptPackage ?? 0,
      keptOriginal: outcome.keptOriginal ?? 0,
    },
    people: () => readAssignmentChanges(prisma, organizationId, operationId),
  };
}
