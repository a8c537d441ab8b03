import { z } from 'zod';
import type { AuthorizationRow, Grant, StatusFacts } from '../engine/core/status.ts';
import type { Divergence, StatusKind } from '../engine/core/statusTable.ts';
import { cellsFrom, packageCtes } from './cells.ts';
import { Prisma, type Queryable } from './database.ts';
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

const Classified = z.object({
  userId: z.number(),
  permissionIds: z.array(z.number()),
  /** Status code, times two, plus one where the package's permission is live. */
  codes: z.array(z.number()),
});

/**
 * The status of every cell of a package, by person and permission, classified in SQL; for exports and for proving that the
 * two definitions agree, and of some members alone, for pages. Travels as one row per person: twenty times fewer to read
 * than cells.
 */
export async function selectStatuses(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  userIds?: readonly number[],
): Promise<{ userId: number; permissionId: number; kind: StatusKind; divergence: Divergence | null }[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH ${memberCtes(organizationId, packageNumber, userIds)}
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
  const among = userIds ? Prisma.sql`AND s.user_id = ANY (${[...userIds]}::int[])` : Prisma.empty;
  return Prisma.sql`
    person AS MATERIALIZED (
      SELECT s.user_id, u.founder, s.state AS assignment
      FROM assignments s
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
      WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int ${among}
    ),
    ${packageCtes(organizationId, packageNumber, { named: false, ...(userIds && { userIds }) })}`;
}

const Fact = z.object({
  userId: z.number(),
  permissionId: z.number(),
  founder: z.boolean(),
  packageState: z.enum(['active', 'disabled']),
  assignment: z.enum(['active', 'former']),
  live: z.boolean(),
  value: z.string(),
  param: z.string(),
  active: z.boolean().nullable(),
  reason: z.enum(['manual', 'unassignment', 'removal']).nullable(),
  sourcePackage: z.number().nullable(),
  heldValue: z.string().nullable(),
  heldParam: z.string().nullable(),
  profileName: z.string().nullable(),
  profileValue: z.string().nullable(),
  profileParam: z.string().nullable(),
  ruleName: z.string().nullable(),
  ruleValue: z.string().nullable(),
  ruleParam: z.string().nullable(),
  changedAt: z.date().nullable(),
  changedBy: z.string().nullable(),
  changedBySlackId: z.string().nullable(),
});

/** The facts behind one cell, and who last wrote the person's row (absent where it was imported). */
export interface CellFacts {
  userId: number;
  permissionId: number;
  facts: StatusFacts;
  changed: { at: Date; by: string | null; bySlackId: string | null } | null;
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
    WITH person AS MATERIALIZED (
      SELECT u.id AS user_id, u.founder, s.state AS assignment
      FROM assignments s
      JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
      WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int
        AND s.user_id = ANY (${[...userIds]}::int[])
    ),
    ${packageCtes(organizationId, packageNumber, { userIds, permissionId })}
    SELECT person.user_id AS "userId", wanted.permission_id AS "permissionId", person.founder,
           pack.state AS "packageState", person.assignment, wanted.live, wanted.value, wanted.param,
           held.active, held.reason, held.package_number AS "sourcePackage", held.value AS "heldValue",
           held.param AS "heldParam", by_profile.name AS "profileName", by_profile.value AS "profileValue",
           by_profile.param AS "profileParam", by_rule.name AS "ruleName", by_rule.value AS "ruleValue",
           by_rule.param AS "ruleParam", o.at AS "changedAt", changer.name AS "changedBy",
           changer.slack_user_id AS "changedBySlackId"
    FROM person CROSS JOIN wanted
    JOIN packages pack ON pack.organization_id = ${organizationId}::int AND pack.number = ${packageNumber}::int
    LEFT JOIN app_auth held ON held.organization_id = ${organizationId}::int AND held.user_id = person.user_id
      AND held.permission_id = wanted.permission_id
    LEFT JOIN operations o ON o.organization_id = held.organization_id AND o.id = held.operation_id
    LEFT JOIN users changer ON changer.organization_id = o.organization_id AND changer.id = o.actor_user_id
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
  return {
    userId: fact.userId,
    permissionId: fact.permissionId,
    facts: {
      founder: fact.founder,
      package: { number: packageNumber, state: fact.packageState },
      assignment: fact.assignment,
      permission: { live: fact.live, value: fact.value, param: fact.param },
      row: toRow(fact),
      profile: toGrant(fact.profileName, fact.profileValue, fact.profileParam),
      rule: toGrant(fact.ruleName, fact.ruleValue, fact.ruleParam),
    },
    changed: fact.changedAt ? { at: fact.changedAt, by: fact.changedBy, bySlackId: fact.changedBySlackId } : null,
  };
}

function toRow(fact: z.infer<typeof Fact>): AuthorizationRow | null {
  if (fact.active === null) return null;
  const held = { value: fact.heldValue ?? '', param: fact.heldParam ?? '', packageNumber: fact.sourcePackage };
  return fact.active ? { active: true, ...held } : { active: false, ...held, reason: fact.reason ?? 'manual' };
}

function toGrant(name: string | null, value: string | null, param: string | null): Grant | null {
  return name === null ? null : { name, value: value ?? '', param: param ?? '' };
}
