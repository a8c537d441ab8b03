import { z } from 'zod';
import { Prisma, type Queryable } from '../database.ts';
import { likePattern } from '../likePattern.ts';

/** Whom a list of people shows. */
export const PEOPLE_FILTERS = ['everybody', 'unlinked', 'left', 'left_with_access'] as const;

export type PeopleFilter = (typeof PEOPLE_FILTERS)[number];

const Listed = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  email: z.string(),
  slackUserId: z.string().nullable(),
  founder: z.boolean(),
  leftAt: z.date().nullable(),
  structureName: z.string(),
  /** Whether somebody who left can still do anything; false for everybody else. */
  stillHas: z.boolean(),
});

/** A person as the list of people shows them. */
export type ListedPerson = z.infer<typeof Listed>;

/** Everything that somebody can still do; asked person by person, because few have left. */
const STILL_HAS = Prisma.sql`
  EXISTS (SELECT FROM (
    SELECT 1 FROM effective_grants g WHERE g.organization_id = u.organization_id AND g.user_id = u.id LIMIT 1
  ) has)`;

const CONDITIONS: Record<PeopleFilter, Prisma.Sql> = {
  everybody: Prisma.empty,
  unlinked: Prisma.sql`AND u.slack_user_id IS NULL AND u.left_at IS NULL`,
  left: Prisma.sql`AND u.left_at IS NOT NULL`,
  left_with_access: Prisma.sql`AND u.left_at IS NOT NULL AND ${STILL_HAS}`,
};

/** One page of the people whose code, name or e-mail has every word typed, by name; and how many there are. */
export async function selectPeople(
  queryable: Queryable,
  organizationId: number,
  { text, filter, offset, limit }: { text: string; filter: PeopleFilter; offset: number; limit: number },
): Promise<{ people: ListedPerson[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH found AS (
      SELECT u.*, count(*) OVER ()::int AS total FROM users u
      WHERE u.organization_id = ${organizationId}::int AND u.search_text LIKE ALL (${likePattern(text)}::text[])
        ${CONDITIONS[filter]}
      ORDER BY lower(u.code) = lower(${text.trim()}) DESC, u.name, u.code OFFSET ${offset} LIMIT ${limit}
    )
    SELECT u.id AS "userId", u.code, u.name, u.email, u.slack_user_id AS "slackUserId", u.founder,
           u.left_at AS "leftAt", s.name AS "structureName", u.left_at IS NOT NULL AND ${STILL_HAS} AS "stillHas", u.total
    FROM found u
    JOIN structures s ON s.organization_id = u.organization_id AND s.id = u.structure_id
    ORDER BY lower(u.code) = lower(${text.trim()}) DESC, u.name, u.code`;
  const people = z.array(Listed.extend({ total: z.number() })).parse(rows);
  return { people, total: people[0]?.total ?? 0 };
}
