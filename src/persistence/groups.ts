import { z } from 'zod';
import { hasWords } from '../engine/core/searchText.ts';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Group = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  slackUserGroupId: z.string().nullable(),
});

/** People whom rules are for; `slackUserGroupId` where the members are those of a Slack user group. */
export type Group = z.infer<typeof Group>;

/** A group as lists show it. */
export interface GroupSummary extends Group {
  members: number;
  rules: number;
}

const Count = z.object({ id: z.number(), members: z.number(), rules: z.number() });

/** One page of the groups whose code or name has every word typed, by name; members are counted for the page alone. */
export async function selectGroups(
  queryable: Queryable,
  organizationId: number,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ groups: GroupSummary[]; total: number }> {
  const all = await queryable.group.findMany({
    where: { organizationId },
    orderBy: [{ name: 'asc' }, { code: 'asc' }],
  });
  const found = z.array(Group).parse(all.filter(({ code, name }) => hasWords(text, code, name)));
  const page = found.slice(offset, offset + limit);
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT g.id,
           (SELECT count(*)::int FROM group_members gm
            WHERE gm.organization_id = g.organization_id AND gm.group_id = g.id) AS members,
           (SELECT count(*)::int FROM rules r WHERE r.organization_id = g.organization_id AND r.group_id = g.id) AS rules
    FROM groups g
    WHERE g.organization_id = ${organizationId}::int AND g.id = ANY (${idArray(page.map(({ id }) => id))})`;
  const counts = new Map(
    z
      .array(Count)
      .parse(rows)
      .map((count) => [count.id, count]),
  );
  return {
    groups: page.map((group) => ({ members: 0, rules: 0, ...counts.get(group.id), ...group })),
    total: found.length,
  };
}

/** One group of the organization; null where it has none of this id. */
export async function findGroup(queryable: Queryable, organizationId: number, id: number): Promise<Group | null> {
  const found = await queryable.group.findUnique({ where: { organizationId_id: { organizationId, id } } });
  return found && Group.parse(found);
}

/** The group that has a code already, whatever its case; null where none has. */
export async function findGroupByCode(
  queryable: Queryable,
  organizationId: number,
  code: string,
): Promise<{ id: number } | null> {
  return queryable.group.findFirst({
    where: { organizationId, code: { equals: code.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } },
    select: { id: true },
  });
}

const Compared = z.object({ userId: z.number(), code: z.string(), wanted: z.boolean(), member: z.boolean() });

/** The members of a group beside those whom Slack named: who stays, who would join, who would leave; by code. */
export async function compareWithSlack(
  queryable: Queryable,
  organizationId: number,
  groupId: number,
  slackUserIds: readonly string[],
): Promise<z.infer<typeof Compared>[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.code, named.id IS NOT NULL AS wanted, gm.user_id IS NOT NULL AS member
    FROM users u
    LEFT JOIN (SELECT DISTINCT unnest(${[...slackUserIds]}::text[]) AS id) named ON named.id = u.slack_user_id
    LEFT JOIN group_members gm ON gm.organization_id = u.organization_id AND gm.user_id = u.id
      AND gm.group_id = ${groupId}::int
    WHERE u.organization_id = ${organizationId}::int AND (named.id IS NOT NULL OR gm.user_id IS NOT NULL)
    ORDER BY u.code`;
  return z.array(Compared).parse(rows);
}

/** Removes a group and its members. */
export async function deleteGroup(queryable: Queryable, organizationId: number, groupId: number): Promise<void> {
  await queryable.groupMember.deleteMany({ where: { organizationId, groupId } });
  await queryable.group.delete({ where: { organizationId_id: { organizationId, id: groupId } } });
}
