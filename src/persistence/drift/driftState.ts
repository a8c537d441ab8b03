import { z } from 'zod';
import { Prisma, type Queryable } from '../database.ts';
import { idArray } from '../idArray.ts';
import type { RawQuery } from '../rawQuery.ts';

/** First half of the advisory lock's key; the second is the organization. */
const LOCK_CLASS = 7_210_517;

/**
 * Makes those who write down drift take turns until their transaction ends: whoever looked earlier also writes earlier.
 * Operations do not wait for it. Gives the transaction what bulk work needs, as the organization's lock does.
 */
export async function lockDrift(query: RawQuery, organizationId: number): Promise<void> {
  await query(
    `SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
            pg_advisory_xact_lock($1::int, $2::int)::text`,
    [LOCK_CLASS, organizationId],
  );
}

/** How drift is written down. */
export interface DriftWriting {
  organizationId: number;
  at: Date;
  /** Whether what changed is news; false for a baseline. */
  tells: boolean;
}

const Change = z.object({
  packageNumber: z.number(),
  cells: z.number(),
  /** By how many there is more drift than before. */
  moreCells: z.number(),
  morePeople: z.number(),
  /** Of them, those that nothing announced: changed from outside. Known only where everybody is looked at. */
  unannounced: z.number(),
});

/** How many cells of a package are not as they were written down. */
export type DriftChange = z.infer<typeof Change>;

/** How a cell stands: a digest of what the package wants, `wanted`, and of the row, `held`. */
export const FINGERPRINT = Prisma.raw(`hashtextextended(ROW (wanted.value, wanted.param, held.active, held.reason,
  held.package_number, held.value, held.param)::text, 0)`);

/** Looks again at some people in all their packages. Few at a time: from a thousand on, the server plans it badly. */
export function writeDriftOfPeople(
  queryable: Queryable,
  writing: DriftWriting,
  userIds: readonly number[],
): Promise<DriftChange[]> {
  const { organizationId } = writing;
  const theirs = (column: string) => Prisma.sql`AND ${Prisma.raw(column)} = ANY (${idArray(userIds)})`;
  return writeDrift(queryable, writing, {
    members: Prisma.sql`member AS MATERIALIZED (${membersSql(organizationId, theirs('s.user_id'))})`,
    known: theirs('user_id'),
  });
}

/** Looks again at every member of a package. */
export function writeDriftOfPackage(
  queryable: Queryable,
  writing: DriftWriting,
  packageNumber: number,
): Promise<DriftChange[]> {
  const { organizationId } = writing;
  const its = (column: string) => Prisma.sql`AND ${Prisma.raw(column)} = ${packageNumber}::int`;
  return writeDrift(queryable, writing, {
    members: Prisma.sql`member AS MATERIALIZED (${membersSql(organizationId, its('s.package_number'))})`,
    known: its('package_number'),
  });
}

/**
 * Looks at the whole organization. Driven from the authorizations: each membership's rows that are as the package says
 * are counted in one pass, and only where some are missing is the membership looked at cell by cell. Those few stand in
 * a table of this transaction, so that the server knows how many they are. What an operation moves between the two
 * statements has its mark, and is looked at again.
 */
export async function writeDriftOfEverybody(queryable: Queryable, writing: DriftWriting): Promise<DriftChange[]> {
  await findSuspects(queryable, writing.organizationId);
  return writeDrift(queryable, writing, {
    members: Prisma.sql`member AS NOT MATERIALIZED (SELECT package_number, user_id FROM drift_suspects)`,
    known: Prisma.empty,
    unannounced: unannouncedSql(writing),
  });
}

/**
 * Makes `drift_suspects`: the memberships that lack at least one row as the package says. A table made from its query,
 * not filled by an insert: only so does the server share the reading of the rows among several of its processes.
 */
async function findSuspects(queryable: Queryable, organizationId: number): Promise<void> {
  await queryable.$executeRaw`
    CREATE TEMPORARY TABLE drift_suspects ON COMMIT DROP AS
    WITH live AS MATERIALIZED (
      SELECT package_number, count(*) AS cells FROM package_permissions
      WHERE organization_id = ${organizationId}::int AND live GROUP BY package_number
    ),
    in_line AS MATERIALIZED (
      SELECT held.user_id, held.package_number, count(*) AS cells
      FROM app_auth held
      JOIN package_permissions wanted ON wanted.organization_id = held.organization_id
        AND wanted.package_number = held.package_number AND wanted.permission_id = held.permission_id
        AND wanted.live AND wanted.value = held.value AND wanted.param = held.param
      WHERE held.organization_id = ${organizationId}::int AND held.active
      GROUP BY held.user_id, held.package_number
    )
    SELECT one.package_number, one.user_id
    FROM (${membersSql(organizationId, Prisma.empty)}) one
    JOIN live USING (package_number)
    LEFT JOIN in_line USING (user_id, package_number)
    WHERE coalesce(in_line.cells, 0) < live.cells`;
  await queryable.$executeRaw`ANALYZE drift_suspects`;
}

/**
 * Active members of active packages, but founders and people who left: what is given back to nobody has not drifted.
 */
function membersSql(organizationId: number, among: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT s.package_number, s.user_id
    FROM assignments s
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number AND k.state = 'active'
    JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id AND NOT u.founder
      AND u.left_at IS NULL
    WHERE s.organization_id = ${organizationId}::int AND s.state = 'active' ${among}`;
}

/**
 * Whom it is about: a relation `member`, a condition on what is written down, and which differences nothing announced.
 */
interface DriftQuestion {
  members: Prisma.Sql;
  known: Prisma.Sql;
  unannounced?: Prisma.Sql;
}

/**
 * Writes down what of some members drifts now (DOMAIN 1), in one statement: cells that no longer do are taken away, new
 * and changed ones written, and each told as an event. What is as it was is not touched.
 */
async function writeDrift(
  queryable: Queryable,
  { organizationId, at, tells }: DriftWriting,
  { members, known, unannounced = Prisma.sql`false` }: DriftQuestion,
): Promise<DriftChange[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${members},
    now_is AS MATERIALIZED (
      SELECT member.package_number, member.user_id, wanted.permission_id,
             ${FINGERPRINT} AS fingerprint
      FROM member
      JOIN package_permissions wanted ON wanted.organization_id = ${organizationId}::int
        AND wanted.package_number = member.package_number AND wanted.live
      LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int AND held.user_id = member.user_id
        AND held.permission_id = wanted.permission_id
      LEFT JOIN accepted_deviations accepted ON accepted.organization_id = ${organizationId}::int
        AND accepted.package_number = member.package_number AND accepted.user_id = member.user_id
        AND accepted.permission_id = wanted.permission_id AND accepted.value = wanted.value
        AND accepted.param = wanted.param AND accepted.row_operation_id IS NOT DISTINCT FROM held.operation_id
        AND (accepted.until IS NULL OR accepted.until > ${at})
      WHERE accepted.user_id IS NULL
        AND (held.active AND held.package_number = member.package_number AND held.value = wanted.value
             AND held.param = wanted.param) IS NOT TRUE
    ),
    was AS MATERIALIZED (
      SELECT package_number, user_id, permission_id, fingerprint FROM drift_cells
      WHERE organization_id = ${organizationId}::int ${known}
    ),
    difference AS MATERIALIZED (
      SELECT package_number, user_id, permission_id, now_is.fingerprint,
             (CASE WHEN was.fingerprint IS NULL THEN 'appeared' WHEN now_is.fingerprint IS NULL THEN 'resolved'
                   ELSE 'changed' END)::drift_event_kind AS kind
      FROM now_is
      FULL JOIN was USING (package_number, user_id, permission_id)
      WHERE now_is.fingerprint IS DISTINCT FROM was.fingerprint
    ),
    ended AS (
      DELETE FROM drift_cells d USING difference
      WHERE d.organization_id = ${organizationId}::int AND d.package_number = difference.package_number
        AND d.user_id = difference.user_id AND d.permission_id = difference.permission_id
        AND difference.kind = 'resolved'
    ),
    written AS (
      INSERT INTO drift_cells AS d (organization_id, package_number, user_id, permission_id, fingerprint, since)
      SELECT ${organizationId}::int, package_number, user_id, permission_id, fingerprint, ${at}
      FROM difference WHERE kind <> 'resolved' ORDER BY package_number, user_id, permission_id
      ON CONFLICT (organization_id, package_number, user_id, permission_id) DO UPDATE
      SET fingerprint = EXCLUDED.fingerprint
    ),
    told AS (
      INSERT INTO drift_events (organization_id, package_number, user_id, permission_id, kind, at)
      SELECT ${organizationId}::int, package_number, user_id, permission_id, kind, ${at}
      FROM difference WHERE ${tells} ORDER BY package_number, user_id, permission_id
    )
    SELECT package_number AS "packageNumber", count(*)::int AS cells,
           (count(*) FILTER (WHERE kind = 'appeared') - count(*) FILTER (WHERE kind = 'resolved'))::int AS "moreCells",
           (count(DISTINCT user_id) FILTER (WHERE (package_number, user_id) IN (SELECT package_number, user_id FROM now_is))
            - count(DISTINCT user_id) FILTER (WHERE (package_number, user_id) IN (SELECT package_number, user_id FROM was)))::int
             AS "morePeople",
           count(*) FILTER (WHERE ${unannounced})::int AS unannounced
    FROM difference GROUP BY package_number ORDER BY package_number`;
  return z.array(Change).parse(rows);
}

/** Whether a difference is the work of nobody known: no mark speaks of it, and no acceptance ended by itself. */
function unannouncedSql({ organizationId, at }: DriftWriting): Prisma.Sql {
  return Prisma.sql`
    NOT EXISTS (SELECT FROM drift_marks m
                WHERE m.organization_id = ${organizationId}::int
                  AND (m.operation_id IS NULL OR m.package_number = difference.package_number))
    AND user_id NOT IN (
      SELECT c.user_id FROM drift_marks m
      JOIN operation_changes c ON c.organization_id = m.organization_id AND c.operation_id = m.operation_id
      WHERE m.organization_id = ${organizationId}::int
    )
    AND (user_id, permission_id, package_number) NOT IN (
      SELECT user_id, permission_id, package_number FROM accepted_deviations
      WHERE organization_id = ${organizationId}::int AND until <= ${at}
    )`;
}
