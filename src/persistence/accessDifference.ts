import { z } from 'zod';
import { ACCESS_CHANGES } from '../engine/core/accessChange.ts';
import { ChangedPerson } from '../engine/core/changedPerson.ts';
import { accessChangeSql } from './accessChangeSql.ts';
import { rememberCells } from './burstCells.ts';
import { Prisma, type Queryable, type Transaction } from './database.ts';
import { idArray } from './idArray.ts';

/**
 * People as a change names them: chosen one by one, the active members of a package, those of an earlier
 * operation, or all of a profile, a group, or a structure and those below it.
 */
export type Audience =
  | { userIds: readonly number[] }
  | { packageNumber: number }
  | { operationId: number }
  | { profileId: number }
  | { groupId: number }
  | { structureId: number };

/** Whom a change concerns, and the permissions to which their access may change. */
export interface AccessScope {
  organizationId: number;
  audiences: readonly Audience[];
  permissionIds: readonly number[];
}

/** Up to so many people the view is asked by person; above, by permission alone, which reads every table once. */
const BY_PERSON = 500;

/**
 * Remembers, in tables that end with the transaction, what everybody in the scope effectively has (DOMAIN 2). Called
 * before a change is written, so that {@link compareAccess} can tell what the change did: by the very view that
 * applications read, and no second definition of access.
 */
export async function rememberAccess(transaction: Transaction, scope: AccessScope): Promise<void> {
  await transaction.$executeRaw`
    CREATE TEMP TABLE access_people (user_id integer PRIMARY KEY, founder boolean NOT NULL) ON COMMIT DROP`;
  await transaction.$executeRaw`
    CREATE TEMP TABLE access_before (
      user_id integer, permission_id integer, value text COLLATE "C", param text COLLATE "C", source text
    ) ON COMMIT DROP`;
  await transaction.$executeRaw`
    INSERT INTO access_people
    SELECT u.id, u.founder FROM users u
    WHERE u.organization_id = ${scope.organizationId}::int AND u.id IN (${audienceSql(scope)})
    ORDER BY u.id`;
  await transaction.$executeRaw`ANALYZE access_people`;
  await transaction.$executeRaw`INSERT INTO access_before ${await heldSql(transaction, scope)}`;
  await transaction.$executeRaw`ANALYZE access_before`;
}

/** The ids of the people whom audiences name. */
export function audienceSql({
  organizationId,
  audiences,
}: Pick<AccessScope, 'organizationId' | 'audiences'>): Prisma.Sql {
  const none = Prisma.sql`SELECT NULL::int WHERE false`;
  return Prisma.join([none, ...audiences.map((audience) => peopleOf(organizationId, audience))], ' UNION ');
}

function peopleOf(organizationId: number, audience: Audience): Prisma.Sql {
  if ('userIds' in audience) return Prisma.sql`SELECT unnest(${idArray(audience.userIds)})`;
  if ('packageNumber' in audience) {
    return Prisma.sql`SELECT user_id FROM assignments
      WHERE organization_id = ${organizationId}::int AND package_number = ${audience.packageNumber}::int
        AND state = 'active'`;
  }
  if ('operationId' in audience) {
    // Of what enabled or disabled a package, which wrote nobody's row, they are its members
    return Prisma.sql`SELECT user_id FROM operation_changes
      WHERE organization_id = ${organizationId}::int AND operation_id = ${audience.operationId}::int
      UNION
      SELECT s.user_id FROM operations o
      JOIN assignments s ON s.organization_id = o.organization_id AND s.package_number = o.package_number
        AND s.state = 'active'
      WHERE o.organization_id = ${organizationId}::int AND o.id = ${audience.operationId}::int
        AND o.kind IN ('enable_package', 'disable_package')`;
  }
  if ('profileId' in audience) {
    return Prisma.sql`SELECT user_id FROM profile_users
      WHERE organization_id = ${organizationId}::int AND profile_id = ${audience.profileId}::int`;
  }
  if ('groupId' in audience) {
    return Prisma.sql`SELECT user_id FROM group_members
      WHERE organization_id = ${organizationId}::int AND group_id = ${audience.groupId}::int`;
  }
  return Prisma.sql`SELECT m.id FROM structures s
    JOIN users m ON m.organization_id = s.organization_id AND m.structure_id = s.id
    WHERE s.organization_id = ${organizationId}::int AND ${audience.structureId}::int = ANY (s.path)`;
}

/** What the people in the scope effectively have at this moment; founders are left out, nothing changes for them. */
async function heldSql(transaction: Transaction, { organizationId, permissionIds }: AccessScope): Promise<Prisma.Sql> {
  const rows = await transaction.$queryRaw<{ userId: number }[]>`
    SELECT user_id AS "userId" FROM access_people WHERE NOT founder LIMIT ${BY_PERSON + 1}`;
  const people = rows.map(({ userId }) => userId);
  const narrowed = people.length > BY_PERSON ? Prisma.empty : Prisma.sql`AND g.user_id = ANY (${idArray(people)})`;
  return Prisma.sql`
    SELECT g.user_id, g.permission_id, g.value, g.param, g.source
    FROM effective_grants g JOIN access_people USING (user_id)
    WHERE g.organization_id = ${organizationId}::int AND g.permission_id = ANY (${idArray(permissionIds)})
      AND g.source <> 'founder' ${narrowed}`;
}

const Counts = z.object({
  gain: z.number(),
  up: z.number(),
  down: z.number(),
  scope: z.number(),
  loss: z.number(),
  people: z.number(),
  concerned: z.number(),
  own: z.number(),
  denied: z.number(),
  same: z.number(),
  hash: z.string(),
});

/**
 * What a change did, in people; founders are not counted. Somebody may gain one permission and lose another. `people`:
 * those whose access changes at all, of those `concerned`. The others, each once: an authorization of their `own` wins,
 * it was disabled by hand (`denied`), or what they have stays the `same`. `lacksMain`: those who get something of an
 * application without the MAIN permission that opens it. `hash` is a digest of every single change.
 */
export type AccessDifference = z.infer<typeof Counts> & { lacksMain: number };

/** Compares what everybody in the scope has now with what {@link rememberAccess} found. */
export async function compareAccess(transaction: Transaction, scope: AccessScope): Promise<AccessDifference> {
  const { organizationId, permissionIds } = scope;
  await transaction.$executeRaw`
    CREATE TEMP TABLE access_difference (
      user_id integer, permission_id integer, kind text, before_value text COLLATE "C", before_param text COLLATE "C",
      value text COLLATE "C", param text COLLATE "C", source text
    ) ON COMMIT DROP`;
  await transaction.$executeRaw`
    INSERT INTO access_difference
    SELECT user_id, permission_id, CASE WHEN value IS NULL THEN 'loss' ELSE ${accessChangeSql()} END, before_value,
           before_param, value, param, source
    FROM (
      SELECT user_id, permission_id, b.value AS before_value, b.param AS before_param, a.value, a.param, a.source, p.levels
      FROM access_before b
      FULL JOIN (${await heldSql(transaction, scope)}) a USING (user_id, permission_id)
      JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = permission_id
    ) cell`;
  await transaction.$executeRaw`ANALYZE access_difference`;
  const [row] = await transaction.$queryRaw<unknown[]>`
    WITH person AS (
      SELECT user_id, array_agg(DISTINCT d.kind) AS kinds,
             coalesce(bool_or(d.source = 'manual' OR d.source LIKE 'package:%'), false) AS own,
             count(d.permission_id) < ${permissionIds.length}::int AS incomplete
      FROM access_people LEFT JOIN access_difference d USING (user_id)
      WHERE NOT founder GROUP BY user_id
    ),
    judged AS (SELECT *, kinds && '{gain,up,down,scope,loss}' AS changed FROM person)
    SELECT ${countKinds()},
           count(*) FILTER (WHERE changed)::int AS people,
           count(*)::int AS concerned,
           count(*) FILTER (WHERE NOT changed AND own)::int AS own,
           count(*) FILTER (WHERE NOT changed AND NOT own AND incomplete)::int AS denied,
           count(*) FILTER (WHERE NOT changed AND NOT own AND NOT incomplete)::int AS same,
           (SELECT encode(sha256(convert_to(coalesce(string_agg(
              concat_ws(':', user_id, permission_id, kind, before_value, before_param, value, param), ';'
              ORDER BY user_id, permission_id), ''), 'UTF8')), 'hex')
            FROM access_difference WHERE kind <> 'same') AS hash
    FROM judged`;
  return { ...Counts.parse(row), lacksMain: await countLackingMain(transaction, scope) };
}

function countKinds(): Prisma.Sql {
  const kinds = ACCESS_CHANGES.filter((kind) => kind !== 'same');
  return Prisma.raw(kinds.map((kind) => `count(*) FILTER (WHERE '${kind}' = ANY (kinds))::int AS ${kind}`).join(', '));
}

/** People who get something of an application that has a MAIN permission, which they do not have. */
async function countLackingMain(transaction: Transaction, scope: AccessScope): Promise<number> {
  const { organizationId, permissionIds } = scope;
  const mains = await transaction.$queryRaw<{ id: number }[]>`
    SELECT main.id FROM permissions main
    WHERE main.organization_id = ${organizationId}::int AND main.is_main AND main.application_id IN (
      SELECT p.application_id FROM permissions p
      WHERE p.organization_id = ${organizationId}::int AND p.id = ANY (${idArray(permissionIds)})
    )`;
  if (mains.length === 0) return 0;
  const mainScope = { ...scope, permissionIds: mains.map(({ id }) => id) };
  const [row] = await transaction.$queryRaw<{ people: number }[]>`
    SELECT count(DISTINCT user_id)::int AS people FROM (
      SELECT d.user_id, main.id AS main_id
      FROM access_difference d
      JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = d.permission_id
      JOIN permissions main ON main.organization_id = p.organization_id AND main.application_id = p.application_id
        AND main.is_main
      WHERE d.kind = 'gain'
      EXCEPT
      SELECT user_id, permission_id FROM (${await heldSql(transaction, mainScope)}) held
    ) lacking`;
  return row?.people ?? 0;
}

/** One page of those whose access changes, by personal code; to be asked after {@link compareAccess}. */
export async function selectAccessDifference(
  transaction: Transaction,
  organizationId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<ChangedPerson[]> {
  const rows = await transaction.$queryRaw<unknown[]>`
    WITH page AS (
      SELECT u.id, u.code, u.name FROM users u
      WHERE u.organization_id = ${organizationId}::int
        AND u.id IN (SELECT user_id FROM access_difference WHERE kind <> 'same')
      ORDER BY u.code OFFSET ${offset} LIMIT ${limit}
    )
    SELECT page.id AS "userId", page.code, page.name,
           json_agg(json_build_object(
             'applicationName', a.name, 'name', p.name, 'main', p.is_main, 'change', d.kind,
             'before', CASE WHEN d.before_value IS NOT NULL THEN
               json_build_object('value', d.before_value, 'param', d.before_param) END,
             'after', CASE WHEN d.value IS NOT NULL THEN json_build_object('value', d.value, 'param', d.param) END
           ) ORDER BY a.name, p.is_main DESC, p.name, p.id) AS cells
    FROM page
    JOIN access_difference d ON d.user_id = page.id AND d.kind <> 'same'
    JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = d.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    GROUP BY page.id, page.code, page.name ORDER BY page.code`;
  return z.array(ChangedPerson).parse(rows);
}

/** Remembers what those whose access changes had before, to tell them; to be called after {@link compareAccess}. */
export function rememberDifference(transaction: Transaction, organizationId: number, at: Date): Promise<void> {
  const cells = Prisma.sql`SELECT user_id, permission_id, before_value AS value, before_param AS param
    FROM access_difference WHERE kind <> 'same'`;
  return rememberCells(transaction, organizationId, cells, at);
}

/**
 * Remembers whom an operation concerned, to be called after {@link compareAccess}: `access_changed` for those who are
 * to be told, `unchanged` for the others and for founders.
 */
export async function recordAccessDifference(
  queryable: Queryable,
  { organizationId, operationId }: { organizationId: number; operationId: number },
): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership)
    SELECT u.organization_id, ${operationId}::int, u.id, u.code, u.name,
           CASE WHEN changed.user_id IS NULL THEN 'unchanged' ELSE 'access_changed' END
    FROM access_people
    JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = access_people.user_id
    LEFT JOIN (SELECT DISTINCT user_id FROM access_difference WHERE kind <> 'same') changed ON changed.user_id = u.id`;
}
