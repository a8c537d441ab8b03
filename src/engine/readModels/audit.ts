import { z } from 'zod';
import { recordFits } from '../../persistence/auditChain.ts';
import {
  type AuditFilter,
  type AuditRecord,
  findAuditBySeq,
  searchAuditRecords,
  selectAuditPage,
} from '../../persistence/auditTrail.ts';
import type { Queryable } from '../../persistence/database.ts';
import { selectPermissionNames, selectStoredChanges } from '../../persistence/operationDetails.ts';
import { findOperation } from '../../persistence/operations.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { findUser } from '../../persistence/users.ts';
import { AssignmentSnapshot } from '../core/assignmentSnapshot.ts';
import type { Json } from '../core/canonicalJson.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { linesOf, type OperationLine } from './operationDetails.ts';
import { requireMay } from './requireMay.ts';

export type { AuditFilter, AuditRecord, OperationLine };

/** One page of the audit trail, newest first. Needs `view_audit`. */
export async function searchAudit(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  filter: AuditFilter,
  page: { offset: number; limit: number },
): Promise<{ records: AuditRecord[]; total: number }> {
  requireMay(actor, 'view_audit');
  return searchAuditRecords(prisma, actor.organizationId, filter, page);
}

/** A person whom an operation concerned, with what it did about their permissions. */
export interface ConcernedPerson {
  userId: number;
  code: string;
  name: string;
  membership: string;
  lines: OperationLine[];
}

/** A record with everything that it stands for. */
export interface AuditRecordView {
  record: AuditRecord;
  /** Whether it fits what it seals, and the record before it. */
  fits: boolean;
  concerned: ConcernedPerson[];
}

/**
 * A record and one page of the people whom it concerns. Needs `view_audit`.
 * @throws EngineError `audit_record_not_found`.
 */
export async function showAuditRecord(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  seq: number,
  page: { offset: number; limit: number },
): Promise<AuditRecordView> {
  requireMay(actor, 'view_audit');
  const { organizationId } = actor;
  const record = await findAuditBySeq(prisma, organizationId, seq);
  const operation = record && (await findOperation(prisma, organizationId, { id: record.operationId }));
  if (!record || !operation) throw new EngineError('audit_record_not_found', { seq });
  const people = await selectStoredChanges(prisma, organizationId, operation.id, { after: '', ...page });
  const lines = await linesOf(prisma, organizationId, operation, people);
  return {
    record: { ...record, after: await withNames(prisma, organizationId, record, operation.snapshot) },
    fits: await recordFits(rawQueryOf(prisma), organizationId, seq),
    concerned: people.map(({ userId, userCode, userName, membership }) => ({
      ...{ userId, code: userCode, name: userName, membership },
      lines: lines.filter(({ person }) => person.code === userCode),
    })),
  };
}

const WithPermissions = z.object({
  permissions: z.array(z.object({ permission: z.number(), value: z.string(), param: z.string() })).nonempty(),
});

/**
 * Permissions that a record keeps by id, with their names: those of that time where the operation kept them, else
 * today's.
 */
async function withNames(
  queryable: Queryable,
  organizationId: number,
  { after }: AuditRecord,
  snapshot: Json,
): Promise<Json> {
  const stored = WithPermissions.safeParse(after).data;
  if (!stored) return after;
  const kept = AssignmentSnapshot.safeParse(snapshot).data?.permissions;
  const ids = stored.permissions.map(({ permission }) => permission);
  const named = kept ?? (await selectPermissionNames(queryable, organizationId, ids));
  const names = new Map(named.map(({ id, application, name }) => [id, `${application} · ${name}`]));
  const permissions = stored.permissions.map((each) => ({
    ...each,
    permission: names.get(each.permission) ?? each.permission,
  }));
  return { ...(after as object), permissions };
}

/** Records read at once for an export. */
const EXPORT_PAGE = 250;

/**
 * Every record that a filter finds, oldest first, some at a time. Needs `view_audit`; refused before anything is read.
 */
export function exportAudit(context: EngineContext, actor: Actor, filter: AuditFilter): AsyncGenerator<AuditRecord[]> {
  requireMay(actor, 'view_audit');
  return auditPages(context, actor.organizationId, filter);
}

/** As {@link exportAudit}, for whoever runs the program on its server: not authorized here. */
export async function* auditPages(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  filter: AuditFilter,
): AsyncGenerator<AuditRecord[]> {
  let after = 0;
  for (;;) {
    const page = await selectAuditPage(prisma, organizationId, filter, { after, limit: EXPORT_PAGE });
    if (page.length > 0) yield page;
    if (page.length < EXPORT_PAGE) return;
    after = page.at(-1)?.seq ?? after;
  }
}

/** Somebody by personal code, for whoever runs the program on its server: not authorized here. */
export function findAuditedPerson(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  code: string,
): Promise<{ userId: number } | null> {
  return findUser(prisma, organizationId, { code });
}
