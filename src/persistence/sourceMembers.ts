import { z } from 'zod';
import { Prisma, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';
import { likePattern } from './likePattern.ts';

/** Where the people of a source stand: a group's members, or those who have a profile. */
const MEMBERSHIPS = {
  group: { table: Prisma.raw('group_members'), column: Prisma.raw('group_id') },
  profile: { table: Prisma.raw('profile_users'), column: Prisma.raw('profile_id') },
} as const;

/** A group or a profile of the organization. */
export interface SourceRef {
  kind: keyof typeof MEMBERSHIPS;
  id: number;
}

const Member = z.object({ userId: z.number(), code: z.string(), name: z.string(), founder: z.boolean() });

/** Somebody who has a profile, or is in a group. */
export type SourceMember = z.infer<typeof Member>;

/** One page of the people of a source, by personal code; `text` filters by code, name and e-mail. */
export async function selectSourceMembers(
  queryable: Queryable,
  organizationId: number,
  { kind, id }: SourceRef,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ members: SourceMember[]; total: number }> {
  const { table, column } = MEMBERSHIPS[kind];
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.code, u.name, u.founder, count(*) OVER ()::int AS total
    FROM ${table} m JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id
    WHERE m.organization_id = ${organizationId}::int AND m.${column} = ${id}::int
      AND u.search_text LIKE ALL (${likePattern(text)}::text[])
    ORDER BY u.code OFFSET ${offset} LIMIT ${limit}`;
  const members = z.array(Member.extend({ total: z.number() })).parse(rows);
  return { members, total: members[0]?.total ?? 0 };
}

const Chosen = z.object({ userId: z.number(), code: z.string(), member: z.boolean() });

/** Of some people, those of the organization, by code; `member` where the source has them. */
export async function selectChosenForSource(
  queryable: Queryable,
  organizationId: number,
  { kind, id }: SourceRef,
  userIds: readonly number[],
): Promise<z.infer<typeof Chosen>[]> {
  const { table, column } = MEMBERSHIPS[kind];
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.code, m.user_id IS NOT NULL AS member
    FROM users u
    LEFT JOIN ${table} m ON m.organization_id = u.organization_id AND m.user_id = u.id AND m.${column} = ${id}::int
    WHERE u.organization_id = ${organizationId}::int AND u.id = ANY (${idArray(userIds)})
    ORDER BY u.code`;
  return z.array(Chosen).parse(rows);
}

/** Adds people whom a source does not have, and takes others from it. */
export async function changeSourceMembers(
  queryable: Queryable,
  organizationId: number,
  { kind, id }: SourceRef,
  { join, leave }: { join: readonly number[]; leave: readonly number[] },
): Promise<void> {
  const { table, column } = MEMBERSHIPS[kind];
  await queryable.$executeRaw`
    DELETE FROM ${table}
    WHERE organization_id = ${organizationId}::int AND ${column} = ${id}::int AND user_id = ANY (${idArray(leave)})`;
  await queryable.$executeRaw`
    INSERT INTO ${table} (organization_id, ${column}, user_id)
    SELECT ${organizationId}::int, ${id}::int, unnest(${idArray(join)}) ORDER BY 3`;
}
