import { z } from 'zod';
import { type CellChoices, SYNCABLE } from '../engine/core/cellChoices.ts';
import type { StatusKind } from '../engine/core/statusTable.ts';
import { accessChangeSql, heldBeforeSql, narrowedSql } from './accessChangeSql.ts';
import { codesOf, exceptionCte, matchesText } from './cellChoices.ts';
import { cellsFrom, packageCtes } from './cells.ts';
import { HELD_COLUMNS } from './changeHistory.ts';
import { Prisma, type Queryable } from './database.ts';
import { hasLeft } from './hasLeft.ts';
import { idArray } from './idArray.ts';
import { selectMembers } from './packages.ts';
import { statusCode, statusOfCode } from './statusCode.ts';

/** What is synced: a package, one permission of it, one person in it, or both. */
export interface SyncScope {
  organizationId: number;
  packageNumber: number;
  permissionId: number | null;
  userId: number | null;
  /** The only members who are looked at, where that is known beforehand. */
  among?: readonly number[];
}

/**
 * `person`: the active members; `classified`: what each holds of each live permission, with its status code; `cell`:
 * that, with whether it is `eligible`, and whether it is `chosen`, which is null where it is not eligible.
 */
export function syncCtes(scope: SyncScope, choices: CellChoices, { named = false } = {}): Prisma.Sql {
  const { organizationId, packageNumber, permissionId, userId } = scope;
  const userIds = userId === null ? scope.among : [userId];
  const inScope = userIds ? Prisma.sql`AND user_id = ANY (${idArray(userIds)})` : Prisma.empty;
  return Prisma.sql`
    person AS MATERIALIZED (
      SELECT user_id, user_code AS code, search_text, state AS assignment, operation_id AS assignment_operation_id,
             user_id = ANY (ARRAY(SELECT id FROM users WHERE organization_id = ${organizationId}::int AND founder))
               AS founder,
             ${hasLeft(organizationId, 'user_id')} AS has_left,
             ${matchesText('search_text', choices.text)} AS fits
      FROM assignments
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int AND state = 'active'
        ${inScope}
    ),
    ${packageCtes(organizationId, packageNumber, { onlyLive: true, permissionId, named, ...(userIds && { userIds }) })},
    ${exceptionCte(choices)},
    classified AS MATERIALIZED (
      SELECT person.user_id, person.fits, person.has_left, person.assignment_operation_id, wanted.permission_id, wanted.value, wanted.param,
             ${statusCode(packageNumber)} AS code, ${HELD_COLUMNS}
      FROM ${cellsFrom(organizationId, userIds?.length)}
    ),
    cell AS (
      SELECT judged.*, CASE WHEN eligible
               THEN coalesce(exception.chosen, fits AND code >> 2 = ANY (${codesOf(choices.kinds)})) END AS chosen
      FROM (
        SELECT *, code >> 2 = ANY (${codesOf(SYNCABLE)}) AND NOT has_left AND EXISTS (
                 SELECT FROM packages WHERE organization_id = ${organizationId}::int
                   AND number = ${packageNumber}::int AND state = 'active'
               ) AS eligible
        FROM classified
      ) judged
      LEFT JOIN exception USING (user_id, permission_id)
    )`;
}

const Tally = z.object({ code: z.number(), cells: z.number(), chosen: z.number(), eligible: z.number() });

/** How many cells show a status, how many of them can be synced, and how many are chosen to be. */
export interface SyncTally {
  kind: StatusKind;
  cells: number;
  eligible: number;
  chosen: number;
}

/** Counts a scope by status, with what is chosen. */
export async function tallySync(queryable: Queryable, scope: SyncScope, choices: CellChoices): Promise<SyncTally[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${syncCtes(scope, choices)}
    SELECT code & ~3 AS code, count(*)::int AS cells, count(*) FILTER (WHERE eligible)::int AS eligible,
           count(*) FILTER (WHERE chosen)::int AS chosen
    FROM cell GROUP BY 1 ORDER BY 1`;
  return z
    .array(Tally)
    .parse(rows)
    .map(({ code, ...counts }) => ({ kind: statusOfCode(code, true).kind, ...counts }));
}

/** Which cells of a scope a list shows. */
export interface SyncFilter {
  /** Null: every status. */
  kinds: readonly StatusKind[] | null;
  text: string;
  /** Only what an operation after this one touched; null: everything. */
  changedSince: number | null;
}

const Listed = z.object({
  userId: z.number(),
  userCode: z.string(),
  userName: z.string(),
  permissionId: z.number(),
  chosen: z.boolean().nullable(),
});

/** A cell of the sync page: `chosen` is null where it cannot be synced. */
export type SyncCell = z.infer<typeof Listed>;

/**
 * One page of a scope's cells, by personal code and application, MAIN first, and how many the filter shows in all.
 * Where no status is asked for, every member has the same number of cells: the page's members are known beforehand, and
 * only theirs are classified.
 */
export async function selectSyncPage(
  queryable: Queryable,
  scope: SyncScope,
  choices: CellChoices,
  filter: SyncFilter,
  page: { offset: number; limit: number },
): Promise<{ cells: SyncCell[]; total: number }> {
  const { organizationId, packageNumber, permissionId, userId } = scope;
  if (userId !== null || filter.kinds !== null || filter.changedSince !== null) {
    return selectCells(queryable, scope, choices, filter, page);
  }
  const wanted = { organizationId, packageNumber, live: true, ...(permissionId !== null && { permissionId }) };
  const perMember = await queryable.packagePermission.count({ where: wanted });
  if (perMember === 0) return { cells: [], total: 0 };
  const first = Math.floor(page.offset / perMember);
  const { members, total } = await selectMembers(queryable, organizationId, packageNumber, {
    ...{ state: 'active', text: filter.text, offset: first },
    limit: Math.ceil((page.offset + page.limit) / perMember) - first,
  });
  const among = members.map((member) => member.userId);
  const within = { offset: page.offset - first * perMember, limit: page.limit };
  const { cells } = await selectCells(queryable, { ...scope, among }, choices, filter, within);
  return { cells, total: total * perMember };
}

async function selectCells(
  queryable: Queryable,
  scope: SyncScope,
  choices: CellChoices,
  filter: SyncFilter,
  page: { offset: number; limit: number },
): Promise<{ cells: SyncCell[]; total: number }> {
  const kinds = filter.kinds === null ? Prisma.empty : Prisma.sql`AND cell.code >> 2 = ANY (${codesOf(filter.kinds)})`;
  const since =
    filter.changedSince === null
      ? Prisma.empty
      : Prisma.sql`AND greatest(cell.operation_id, cell.assignment_operation_id) > ${filter.changedSince}::int`;
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${syncCtes(scope, choices)},
    place AS (
      SELECT wanted.permission_id, row_number() OVER (ORDER BY a.name, p.is_main DESC, p.name, p.id) AS place
      FROM wanted
      JOIN permissions p ON p.organization_id = ${scope.organizationId}::int AND p.id = wanted.permission_id
      JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    ),
    shown AS MATERIALIZED (
      SELECT cell.user_id, cell.permission_id, cell.chosen, person.code AS user_code, place.place
      FROM cell JOIN person USING (user_id) JOIN place USING (permission_id)
      WHERE ${matchesText('person.search_text', filter.text)} ${kinds} ${since}
    ),
    page AS (SELECT * FROM shown ORDER BY user_code, place OFFSET ${page.offset} LIMIT ${page.limit})
    SELECT (SELECT count(*)::int FROM shown) AS total,
           json_agg(json_build_object('userId', page.user_id, 'userCode', page.user_code, 'userName', u.name,
             'permissionId', page.permission_id, 'chosen', page.chosen)
             ORDER BY page.user_code, page.place) AS cells
    FROM page JOIN users u ON u.organization_id = ${scope.organizationId}::int AND u.id = page.user_id`;
  const [{ total, cells }] = z.tuple([z.object({ total: z.number(), cells: z.array(Listed).nullable() })]).parse(rows);
  return { cells: cells ?? [], total };
}

/** `planned`: the chosen cells with the effective access that each has now, and how its change shows to the person. */
export function plannedCte(organizationId: number): Prisma.Sql {
  return Prisma.sql`
    planned AS MATERIALIZED (
      SELECT held.*, ${accessChangeSql()} AS change
      FROM (
        SELECT cell.*, p.levels, ${heldBeforeSql()}
        FROM cell
        JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = cell.permission_id
        LEFT JOIN packages source ON source.organization_id = ${organizationId}::int
          AND source.number = cell.package_number
        LEFT JOIN best_profile by_profile ON by_profile.user_id = cell.user_id
          AND by_profile.permission_id = cell.permission_id
        LEFT JOIN best_rule by_rule ON by_rule.user_id = cell.user_id AND by_rule.permission_id = cell.permission_id
        WHERE cell.chosen
      ) held
    ),
    fingerprint AS (
      SELECT encode(sha256(convert_to(concat('sync/', (
        SELECT string_agg(concat_ws(':', user_id, permission_id, value, param, code, operation_id, held_value, held_param,
                                    package_number, before_value, before_param), ';' ORDER BY user_id, permission_id)
        FROM planned)), 'UTF8')), 'hex') AS hash
    )`;
}

const Plan = z.object({
  people: z.number(),
  losing: z.number(),
  written: z.number(),
  skipped: z.number(),
  owners: z.number(),
  gain: z.number(),
  up: z.number(),
  down: z.number(),
  scope: z.number(),
  same: z.number(),
  hash: z.string(),
});

/**
 * What a sync would write, in cells: by how the access changes, and `owners`, whose source becomes the package. Of its
 * `people`, those `losing` have a lower level or fewer structures afterwards.
 */
export type SyncPlan = z.infer<typeof Plan>;

/** The columns of {@link SyncPlan}, from `planned` and `cell`. */
export function planColumns(packageNumber: number): Prisma.Sql {
  const changes = (['gain', 'up', 'down', 'scope', 'same'] as const).map(
    (change) => Prisma.sql`count(*) FILTER (WHERE change = ${change})::int AS ${Prisma.raw(change)}`,
  );
  return Prisma.sql`
    (SELECT count(*)::int FROM (SELECT FROM planned GROUP BY user_id) person) AS people, count(*)::int AS written,
    (SELECT count(*)::int FROM (
      SELECT FROM planned WHERE change = 'down' OR ${narrowedSql('before_param', 'param')} GROUP BY user_id
    ) person) AS losing,
    (SELECT count(*)::int FROM cell WHERE NOT chosen) AS skipped,
    count(*) FILTER (WHERE active AND package_number IS DISTINCT FROM ${packageNumber}::int)::int AS owners,
    ${Prisma.join(changes, ', ')},
    (SELECT hash FROM fingerprint) AS hash`;
}

/** What syncing the chosen cells would do, before it is confirmed. */
export async function planSync(queryable: Queryable, scope: SyncScope, choices: CellChoices): Promise<SyncPlan> {
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH ${syncCtes(scope, choices, { named: true })}, ${plannedCte(scope.organizationId)}
    SELECT ${planColumns(scope.packageNumber)} FROM planned`;
  return Plan.parse(row);
}

/** Parses a row of {@link planColumns}. */
export function parsePlan(row: unknown): SyncPlan {
  return Plan.parse(row);
}
