import { z } from 'zod';
import { Prisma, type Queryable } from './database.ts';

/** Which records of the trail are wanted; null where it does not matter. */
export interface AuditFilter {
  /** Who did it, or whom it concerns. */
  userId: number | null;
  packageNumber: number | null;
  kind: string | null;
  /** From this moment on. */
  from: Date | null;
  /** Before this moment. */
  to: Date | null;
}

const Trail = z.object({
  seq: z.number(),
  operationId: z.number(),
  at: z.date(),
  actor: z.object({ code: z.string(), name: z.string() }).nullable(),
  kind: z.string(),
  subject: z.json(),
  before: z.json(),
  after: z.json(),
  planHash: z.string(),
  changesHash: z.string(),
  operationHash: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
  packageNumber: z.number().nullable(),
  /** As it is called now; null where there is none any more. */
  packageName: z.string().nullable(),
  /** People whom it concerns. */
  people: z.number(),
  /** The one of them, where it concerns one only. */
  person: z.object({ userId: z.number(), code: z.string(), name: z.string() }).nullable(),
});

/** A record of the trail, with what it is about. */
export type AuditRecord = z.infer<typeof Trail>;

/** The conditions of a filter; each is answered by an index. */
function conditions(organizationId: number, filter: AuditFilter): Prisma.Sql {
  const { userId, packageNumber, kind, from, to } = filter;
  return Prisma.join(
    [
      Prisma.sql`r.organization_id = ${organizationId}::int`,
      ...(kind === null ? [] : [Prisma.sql`r.action = ${kind}`]),
      ...(from === null ? [] : [Prisma.sql`r.at >= ${from}`]),
      ...(to === null ? [] : [Prisma.sql`r.at < ${to}`]),
      ...(packageNumber === null
        ? []
        : [
            Prisma.sql`r.operation_id IN (
              SELECT id FROM operations
              WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int)`,
          ]),
      ...(userId === null
        ? []
        : [
            Prisma.sql`r.operation_id IN (
              SELECT operation_id FROM operation_changes
              WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int
              UNION
              SELECT id FROM operations WHERE organization_id = ${organizationId}::int AND actor_user_id = ${userId}::int)`,
          ]),
    ],
    ' AND ',
  );
}

/** Everything of the records whose places `page` gives, in the order of `by`. */
function described(organizationId: number, page: Prisma.Sql, by: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT r.seq, r.operation_id AS "operationId", r.at, r.actor, r.action AS kind, r.subject, r.before, r.after,
           r.plan_hash AS "planHash", r.changes_hash AS "changesHash", r.operation_hash AS "operationHash",
           r.previous_hash AS "previousHash", r.hash, o.package_number AS "packageNumber", k.name AS "packageName",
           concerned.people,
           CASE WHEN concerned.people = 1 THEN json_build_object(
             'userId', concerned.user_id, 'code', concerned.code, 'name', concerned.name) END AS person
    FROM (${page}) page
    JOIN audit_records r ON r.organization_id = ${organizationId}::int AND r.seq = page.seq
    LEFT JOIN operations o ON o.organization_id = r.organization_id AND o.id = r.operation_id
    LEFT JOIN packages k ON k.organization_id = o.organization_id AND k.number = o.package_number
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS people, min(c.user_id) AS user_id, min(c.user_code) AS code, min(c.user_name) AS name
      FROM operation_changes c WHERE c.organization_id = r.organization_id AND c.operation_id = r.operation_id
    ) concerned
    ORDER BY ${by}`;
}

/** One page of the records that a filter finds, newest first, and how many there are. */
export async function searchAuditRecords(
  queryable: Queryable,
  organizationId: number,
  filter: AuditFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ records: AuditRecord[]; total: number }> {
  const where = conditions(organizationId, filter);
  const [{ total }] = z
    .tuple([z.object({ total: z.number() })])
    .parse(await queryable.$queryRaw`SELECT count(*)::int AS total FROM audit_records r WHERE ${where}`);
  const page = Prisma.sql`
    SELECT r.seq FROM audit_records r WHERE ${where} ORDER BY r.seq DESC OFFSET ${offset} LIMIT ${limit}`;
  const rows = await queryable.$queryRaw(described(organizationId, page, Prisma.sql`r.seq DESC`));
  return { records: z.array(Trail).parse(rows), total };
}

/** The next records that a filter finds after a place of the chain, oldest first. */
export async function selectAuditPage(
  queryable: Queryable,
  organizationId: number,
  filter: AuditFilter,
  { after, limit }: { after: number; limit: number },
): Promise<AuditRecord[]> {
  const page = Prisma.sql`
    SELECT r.seq FROM audit_records r
    WHERE ${conditions(organizationId, filter)} AND r.seq > ${after}::int ORDER BY r.seq LIMIT ${limit}`;
  return z.array(Trail).parse(await queryable.$queryRaw(described(organizationId, page, Prisma.sql`r.seq`)));
}

/** One record by its place; null where the chain has none there. */
export async function findAuditBySeq(
  queryable: Queryable,
  organizationId: number,
  seq: number,
): Promise<AuditRecord | null> {
  const page = Prisma.sql`SELECT ${seq}::int AS seq`;
  const rows = await queryable.$queryRaw(described(organizationId, page, Prisma.sql`r.seq`));
  return z.array(Trail).parse(rows)[0] ?? null;
}

/** The record of an operation; null where the chain has none. */
export async function findAuditByOperation(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
): Promise<AuditRecord | null> {
  const page = Prisma.sql`
    SELECT seq FROM audit_records
    WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int`;
  const rows = await queryable.$queryRaw(described(organizationId, page, Prisma.sql`r.seq`));
  return z.array(Trail).parse(rows)[0] ?? null;
}

const Place = z.object({ organizationId: z.number(), operationId: z.number() });

/** Whose record this is, of all organizations; null where no trail has it. */
export async function findRecordByHash(
  queryable: Queryable,
  { seq, hash }: { seq: number; hash: string },
): Promise<z.infer<typeof Place> | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT r.organization_id AS "organizationId", r.operation_id AS "operationId"
    FROM organizations n JOIN audit_records r ON r.organization_id = n.id AND r.seq = ${seq}::int AND r.hash = ${hash}`;
  return z.array(Place).parse(rows)[0] ?? null;
}
