import { z } from 'zod';
import { Prisma, type Queryable } from '../database.ts';
import { FINGERPRINT } from './driftState.ts';

/** Which package, and since when something is news. */
export interface NewsScope {
  organizationId: number;
  packageNumber: number;
  since: Date;
}

const Count = z.object({ kind: z.enum(['appeared', 'changed', 'resolved']), cells: z.number(), people: z.number() });

/** How many cells are news, of how many people: what came and went again since is none. */
export type NewsCount = z.infer<typeof Count>;

/** The news of a package since a moment, counted. */
export async function countNews(queryable: Queryable, scope: NewsScope): Promise<NewsCount[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${newsCte(scope)}
    SELECT kind, count(*)::int AS cells, count(DISTINCT user_id)::int AS people
    FROM news GROUP BY kind ORDER BY kind`;
  return z.array(Count).parse(rows);
}

const Cell = z.object({
  kind: z.enum(['appeared', 'changed', 'resolved']),
  userId: z.number(),
  userCode: z.string(),
  userName: z.string(),
  permissionId: z.number(),
});

/** One cell that is news. */
export type NewsCell = z.infer<typeof Cell>;

/** The first of the news: new ones before changed and resolved ones, by personal code. */
export async function selectNews(queryable: Queryable, scope: NewsScope, limit: number): Promise<NewsCell[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${newsCte(scope)}
    SELECT news.kind, u.id AS "userId", u.code AS "userCode", u.name AS "userName", news.permission_id AS "permissionId"
    FROM news JOIN users u ON u.organization_id = ${scope.organizationId}::int AND u.id = news.user_id
    ORDER BY news.kind, u.code, news.permission_id LIMIT ${limit}`;
  return z.array(Cell).parse(rows);
}

/** `news`: what is otherwise than it was at the moment, by the first event since and by how it is now. */
function newsCte({ organizationId, packageNumber, since }: NewsScope): Prisma.Sql {
  return Prisma.sql`
    seen AS (
      SELECT DISTINCT ON (user_id, permission_id) user_id, permission_id, kind AS first
      FROM drift_events
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int AND at >= ${since}
      ORDER BY user_id, permission_id, id
    ),
    news AS (
      SELECT seen.user_id, seen.permission_id,
             (CASE WHEN d.user_id IS NULL THEN 'resolved' WHEN first = 'appeared' THEN 'appeared'
                   ELSE 'changed' END)::drift_event_kind AS kind
      FROM seen
      LEFT JOIN drift_cells d ON d.organization_id = ${organizationId}::int AND d.package_number = ${packageNumber}::int
        AND d.user_id = seen.user_id AND d.permission_id = seen.permission_id
      WHERE NOT (d.user_id IS NULL AND first = 'appeared')
    )`;
}

const Waiting = z.tuple([z.object({ cells: z.number(), people: z.number(), hash: z.string() })]);

/**
 * All that has drifted of a package: how much, and a digest by which it is known whether it has changed since, be it that
 * no worker has looked at the change yet.
 */
export async function fingerprintDrift(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<z.infer<typeof Waiting>[0]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT count(*)::int AS cells, count(DISTINCT d.user_id)::int AS people,
           encode(sha256(convert_to(coalesce(string_agg(concat_ws(':', d.user_id, d.permission_id, ${FINGERPRINT}), ';'
             ORDER BY d.user_id, d.permission_id), ''), 'UTF8')), 'hex') AS hash
    FROM drift_cells d
    LEFT JOIN package_permissions wanted ON wanted.organization_id = d.organization_id
      AND wanted.package_number = d.package_number AND wanted.permission_id = d.permission_id AND wanted.live
    LEFT JOIN app_auth held ON held.organization_id = d.organization_id AND held.user_id = d.user_id
      AND held.permission_id = d.permission_id
    WHERE d.organization_id = ${organizationId}::int AND d.package_number = ${packageNumber}::int`;
  return Waiting.parse(rows)[0];
}

/**
 * Accepts all that has drifted of a package until a moment, as it is now, and remembers whom it concerned: their access
 * stays as it is (DOMAIN 1, accepted deviations).
 */
export async function acceptDriftOf(
  queryable: Queryable,
  {
    organizationId,
    packageNumber,
    operationId,
  }: { organizationId: number; packageNumber: number; operationId: number },
  { until, reason }: { until: Date; reason: string },
): Promise<void> {
  await queryable.$executeRaw`
    WITH accepted AS (
      INSERT INTO accepted_deviations (organization_id, package_number, user_id, permission_id, operation_id, value, param,
                                       row_operation_id, until, reason)
      SELECT d.organization_id, d.package_number, d.user_id, d.permission_id, ${operationId}::int, wanted.value,
             wanted.param, held.operation_id, ${until}, ${reason}
      FROM drift_cells d
      JOIN package_permissions wanted ON wanted.organization_id = d.organization_id
        AND wanted.package_number = d.package_number AND wanted.permission_id = d.permission_id AND wanted.live
      LEFT JOIN app_auth held ON held.organization_id = d.organization_id AND held.user_id = d.user_id
        AND held.permission_id = d.permission_id
      WHERE d.organization_id = ${organizationId}::int AND d.package_number = ${packageNumber}::int
      ORDER BY d.user_id, d.permission_id
      ON CONFLICT (organization_id, package_number, user_id, permission_id) DO UPDATE
      SET operation_id = EXCLUDED.operation_id, value = EXCLUDED.value, param = EXCLUDED.param,
          row_operation_id = EXCLUDED.row_operation_id, until = EXCLUDED.until, reason = EXCLUDED.reason
      RETURNING user_id
    )
    INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership)
    SELECT u.organization_id, ${operationId}::int, u.id, u.code, u.name, 'unchanged'
    FROM (SELECT DISTINCT user_id FROM accepted) person
    JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = person.user_id
    ORDER BY u.id`;
}
