import { z } from 'zod';
import type { StatusFacts } from '../engine/core/status.ts';
import type { Divergence, StatusKind } from '../engine/core/statusTable.ts';
import { cellsFrom, packageCtes } from './cells.ts';
import { BRIEF, Prisma, type Queryable } from './database.ts';
import { CHANGE_JOINS, cellOf, FACT_COLUMNS, FactRow, type RowChange } from './factRows.ts';
import { idArray } from './idArray.ts';
import { statusCode, statusOfCode } from './statusCode.ts';

const Count = z.object({
  assignment: z.enum(['active', 'former']),
  live: z.boolean(),
  code: z.number(),
  cells: z.number(),
});

export interface StatusCount {
  assignment: 'active' | 'former';
  kind: StatusKind;
  divergence: Divergence | null;
  cells: number;
}

/** How many cells (member × permission) of a package show each status, active and former members apart. */
export async function countStatuses(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<StatusCount[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${memberCtes(organizationId, packageNumber)}
    SELECT person.assignment, wanted.live, ${statusCode(packageNumber)} AS code, count(*)::int AS cells
    FROM ${cellsFrom(organizationId)}
    GROUP BY 1, 2, 3`;
  const counts = new Map<string, StatusCount>();
  for (const { assignment, live, code, cells } of z.array(Count).parse(rows)) {
    const { kind, divergence } = statusOfCode(code, live);
    const key = `${assignment} ${kind} ${divergence}`;
    const count = counts.get(key) ?? { assignment, kind, divergence, cells: 0 };
    counts.set(key, { ...count, cells: count.cells + cells });
  }
  return [...counts.values()];
}

/** People of a page: up to here a question about some is brief. */
const FEW = 50;

const Classified = z.object({
  userId: z.number(),
  permissionIds: z.array(z.number()),
  /** Status code, times two, plus one where the package's permission is live. */
  codes: z.array(z.number()),
});

/**
 * The status of every cell of a package, by person and permission, classified in SQL; for exports and for proving that
 * the two definitions agree, and of some members alone, for pages. Travels as one row per person: twenty times fewer to
 * read than cells.
 */
export async function selectStatuses(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  userIds?: readonly number[],
): Promise<{ userId: number; permissionId: number; kind: StatusKind; divergence: Divergence | null }[]> {
  const isBrief = userIds !== undefined && userIds.length <= FEW;
  const rows = await queryable.$queryRaw<unknown[]>`
    ${isBrief ? BRIEF : Prisma.empty} WITH ${memberCtes(organizationId, packageNumber, userIds)}
    SELECT person.user_id AS "userId",
           array_agg(wanted.permission_id ORDER BY wanted.permission_id) AS "permissionIds",
           array_agg(${statusCode(packageNumber)} * 2 + wanted.live::int ORDER BY wanted.permission_id) AS codes
    FROM ${cellsFrom(organizationId, userIds?.length)}
    GROUP BY person.user_id
    ORDER BY person.user_id`;
  return z
    .array(Classified)
    .parse(rows)
    .flatMap(({ userId, permissionIds, codes }) =>
      permissionIds.map((permissionId, index) => {
        const code = codes[index] ?? 0;
        return { userId, permissionId, ...statusOfCode(code >> 1, (code & 1) === 1) };
      }),
    );
}

function memberCtes(organizationId: number, packageNumber: number, userIds?: readonly number[]): Prisma.Sql {
  const among = userIds ? Prisma.sql`AND s.user_id = ANY (${idArray(userIds)})` : Prisma.empty;
  return Prisma.sql`
    person AS MATERIALIZED (
      SELECT s.user_id, u.founder, s.state AS assignment
      FROM assignments s
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
      WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int ${among}
    ),
    ${packageCtes(organizationId, packageNumber, { named: false, ...(userIds && { userIds }) })}`;
}

const Fact = FactRow.extend({
  userId: z.number(),
  permissionId: z.number(),
  founder: z.boolean(),
  left: z.date().nullable(),
  packageState: z.enum(['active', 'disabled']),
  assignment: z.enum(['active', 'former']),
  live: z.boolean(),
  value: z.string(),
  param: z.string(),
});

/** The facts behind one cell, and who last wrote the person's row (absent where it was imported). */
export interface CellFacts {
  userId: number;
  permissionId: number;
  facts: StatusFacts;
  changed: RowChange | null;
}

/**
 * The facts of every cell of some members, or of those of one permission: what a page or a person's details show,
 * classified by the pure function.
 */
export async function selectFacts(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  userIds: readonly number[],
  permissionId: number | null = null,
): Promise<CellFacts[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${userIds.length <= FEW ? BRIEF : Prisma.empty} WITH person AS MATERIALIZED (
      SELECT u.id AS user_id, u.founder, u.left_at, s.state AS assignment
      FROM assignments s
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
      WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int
        AND s.user_id = ANY (${idArray(userIds)})
    ),
    ${packageCtes(organizationId, packageNumber, { userIds, permissionId })}
    SELECT person.user_id AS "userId", wanted.permission_id AS "permissionId", person.founder,
           person.left_at AS left, pack.state AS "packageState", person.assignment, wanted.live, wanted.value, wanted.param,
           ${FACT_COLUMNS}
    FROM person CROSS JOIN wanted
    JOIN packages pack ON pack.organization_id = ${organizationId}::int AND pack.number = ${packageNumber}::int
    LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int AND held.user_id = person.user_id
      AND held.permission_id = wanted.permission_id
    ${CHANGE_JOINS}
    LEFT JOIN best_profile by_profile ON by_profile.user_id = person.user_id
      AND by_profile.permission_id = wanted.permission_id
    LEFT JOIN best_rule by_rule ON by_rule.user_id = person.user_id AND by_rule.permission_id = wanted.permission_id
    ORDER BY person.user_id, wanted.permission_id`;
  return z
    .array(Fact)
    .parse(rows)
    .map((fact) => toCellFacts(fact, packageNumber));
}

function toCellFacts(fact: z.infer<typeof Fact>, packageNumber: number): CellFacts {
  const { row, profile, rule, changed } = cellOf(fact);
  return {
    userId: fact.userId,
    permissionId: fact.permissionId,
    facts: {
      founder: fact.founder,
      left: fact.left,
      package: { number: packageNumber, state: fact.packageState },
      assignment: fact.assignment,
      permission: { live: fact.live, value: fact.value, param: fact.param },
      row,
      profile,
      rule,
    },
    changed,
  };
}
