import { z } from 'zod';
import { BRIEF, Prisma, type Queryable } from './database.ts';
import { likePattern } from './likePattern.ts';

const Summary = z.object({
  number: z.number(),
  name: z.string(),
  description: z.string(),
  state: z.enum(['active', 'disabled']),
  permissions: z.number(),
  active: z.number(),
  former: z.number(),
});

/** A package as lists show it, with its counts. */
export type PackageSummary = z.infer<typeof Summary>;

/** One page of the organization's packages by number; `text` filters by number, name and description. */
export async function selectPackages(
  queryable: Queryable,
  organizationId: number,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ packages: PackageSummary[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} WITH found AS (
      SELECT number, name, description, state, count(*) OVER ()::int AS total FROM packages
      WHERE organization_id = ${organizationId}::int AND search_text LIKE ALL (${likePattern(text)}::text[])
      ORDER BY number OFFSET ${offset} LIMIT ${limit}
    )
    SELECT found.*,
           (SELECT count(*)::int FROM package_permissions pp WHERE pp.organization_id = ${organizationId}::int
             AND pp.package_number = found.number AND pp.live) AS permissions,
           member.active, member.former
    FROM found
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE s.state = 'active')::int AS active,
             count(*) FILTER (WHERE s.state = 'former')::int AS former
      FROM assignments s WHERE s.organization_id = ${organizationId}::int AND s.package_number = found.number
    ) member
    ORDER BY found.number`;
  const parsed = z.array(Summary.extend({ total: z.number() })).parse(rows);
  return { packages: parsed, total: parsed[0]?.total ?? 0 };
}

const Named = Summary.pick({ number: true, name: true });

/** Active packages that somebody is no active member of, by number, as far as their texts have every word typed. */
export async function selectPackagesWithout(
  queryable: Queryable,
  { organizationId, userId }: { organizationId: number; userId: number },
  text: string,
  limit: number,
): Promise<z.infer<typeof Named>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT number, name FROM packages k
    WHERE organization_id = ${organizationId}::int AND state = 'active'
      AND search_text LIKE ALL (${likePattern(text)}::text[])
      AND NOT EXISTS (
        SELECT FROM assignments s
        WHERE s.organization_id = k.organization_id AND s.package_number = k.number AND s.state = 'active'
          AND s.user_id = ${userId}::int)
    ORDER BY number LIMIT ${limit}`;
  return z.array(Named).parse(rows);
}

const Permission = z.object({
  permissionId: z.number(),
  applicationId: z.number(),
  applicationKey: z.string(),
  applicationName: z.string(),
  key: z.string(),
  name: z.string(),
  main: z.boolean(),
  levels: z.array(z.string()),
  scope: z.enum(['none', 'structures']),
  value: z.string(),
  param: z.string(),
  live: z.boolean(),
});

/** A permission as a package has it, with its place in the catalogue. */
export type PackagePermission = z.infer<typeof Permission>;

/** The permissions of a package by application, MAIN first; removed ones after the live. */
export async function selectPackagePermissions(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<PackagePermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT pp.permission_id AS "permissionId", a.id AS "applicationId", a.key AS "applicationKey",
           a.name AS "applicationName", p.key, p.name, p.is_main AS main, p.levels, p.scope, pp.value, pp.param, pp.live
    FROM package_permissions pp
    JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE pp.organization_id = ${organizationId}::int AND pp.package_number = ${packageNumber}::int
    ORDER BY pp.live DESC, a.name, p.is_main DESC, p.name, p.id`;
  return z.array(Permission).parse(rows);
}

const Structure = z.object({ id: z.number(), code: z.string(), name: z.string() });

/** The reference structures of a package: information only, never a restriction. */
export async function selectPackageStructures(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<z.infer<typeof Structure>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT s.id, s.code, s.name FROM package_structures ps
    JOIN structures s ON s.organization_id = ps.organization_id AND s.id = ps.structure_id
    WHERE ps.organization_id = ${organizationId}::int AND ps.package_number = ${packageNumber}::int
    ORDER BY s.code`;
  return z.array(Structure).parse(rows);
}

/** Makes the reference structures of a package exactly those given. */
export async function replacePackageStructures(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  structureIds: readonly number[],
): Promise<void> {
  await queryable.packageStructure.deleteMany({
    where: { organizationId, packageNumber, structureId: { notIn: [...structureIds] } },
  });
  await queryable.packageStructure.createMany({
    data: structureIds.map((structureId) => ({ organizationId, packageNumber, structureId })),
    skipDuplicates: true,
  });
}

const Member = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  founder: z.boolean(),
  /** When the membership ends by itself; null: never. */
  endsAt: z.coerce.date().nullable(),
});

export type Member = z.infer<typeof Member>;

/** Every row tells the total; the only row of an empty page tells nothing else. */
const MemberOrTotal = z.object({ total: z.number(), member: Member.nullable() });

/**
 * One page of a package's members of one state, by personal code; `text` filters by code, name and e-mail. Counted and
 * put in order from the memberships alone: other tables are read for the people of the page.
 */
export async function selectMembers(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  { state, text, offset, limit }: { state: 'active' | 'former'; text: string; offset: number; limit: number },
): Promise<{ members: Member[]; total: number }> {
  const words = text.trim() === '' ? [] : likePattern(text);
  const matches = words.map((word) => Prisma.sql`AND search_text LIKE ${word}`);
  // Who fits a search is found once; without one, the index counts and orders quicker than a copy could be made
  const kept = matches.length > 0 ? Prisma.sql`MATERIALIZED` : Prisma.sql`NOT MATERIALIZED`;
  const rows = await queryable.$queryRaw<unknown[]>`
    ${matches.length > 0 ? Prisma.empty : BRIEF} WITH matching AS ${kept} (
      SELECT user_code FROM assignments
      WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
        AND state = ${state}::assignment_state ${matches.length > 0 ? Prisma.join(matches, ' ') : Prisma.empty}
    ),
    page AS MATERIALIZED (SELECT user_code FROM matching ORDER BY user_code OFFSET ${offset} LIMIT ${limit})
    SELECT counted.total, CASE WHEN u.id IS NOT NULL THEN
             json_build_object('userId', u.id, 'code', u.code, 'name', u.name, 'founder', u.founder,
                               'endsAt', CASE WHEN s.state = 'active' THEN s.ends_at END) END AS member
    FROM (SELECT count(*)::int AS total FROM matching) counted
    LEFT JOIN page ON true
    LEFT JOIN users u ON u.organization_id = ${organizationId}::int AND u.code = page.user_code
    LEFT JOIN assignments s ON s.organization_id = u.organization_id AND s.user_id = u.id
      AND s.package_number = ${packageNumber}::int
    ORDER BY u.code`;
  const found = z.array(MemberOrTotal).parse(rows);
  return { members: found.flatMap(({ member }) => (member ? [member] : [])), total: found[0]?.total ?? 0 };
}
