import { z } from 'zod';
import type { Queryable, Transaction } from './database.ts';
import { idArray } from './idArray.ts';

/** When an assignment ends by itself, and who set that. */
export interface AssignmentEnd {
  at: Date;
  by: number;
}

const Membership = z.object({
  state: z.enum(['active', 'former']),
  endsAt: z.date().nullable(),
  endsBy: z.number().nullable(),
});

/** Somebody's membership of a package, and when it ends by itself; null where they never were a member. */
export async function findMembership(
  queryable: Queryable,
  key: { organizationId: number; packageNumber: number; userId: number },
): Promise<z.infer<typeof Membership> | null> {
  const found = await queryable.assignment.findUnique({ where: { organizationId_packageNumber_userId: key } });
  return found && Membership.parse(found);
}

/** Sets or removes the end of an active membership; whoever it is about is told of the new one in its time. */
export async function writeEnd(
  transaction: Transaction,
  key: { organizationId: number; packageNumber: number; userId: number },
  end: AssignmentEnd | null,
): Promise<void> {
  await transaction.assignment.update({
    where: { organizationId_packageNumber_userId: key },
    data: { endsAt: end?.at ?? null, endsBy: end?.by ?? null, endToldAt: null },
  });
}

const Former = z.object({
  userId: z.number(),
  endsAt: z.iso.datetime({ offset: true }),
  endsBy: z.number().nullable(),
});

/** An end that a former membership had, as records keep it. */
export const FormerEnds = z.array(Former);
export type FormerEnds = z.infer<typeof FormerEnds>;

/**
 * The ends of those former memberships of some people that had one: what an assignment overwrites, and an undo brings
 * back.
 */
export async function selectFormerEnds(
  queryable: Queryable,
  {
    organizationId,
    packageNumber,
    userIds,
  }: { organizationId: number; packageNumber: number; userIds: readonly number[] },
): Promise<FormerEnds> {
  const rows = await queryable.$queryRaw<{ userId: number; endsAt: Date; endsBy: number | null }[]>`
    SELECT user_id AS "userId", ends_at AS "endsAt", ends_by AS "endsBy" FROM assignments
    WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
      AND user_id = ANY (${idArray(userIds)}) AND state = 'former' AND ends_at IS NOT NULL
    ORDER BY user_id`;
  return rows.map((row) => ({ ...row, endsAt: row.endsAt.toISOString() }));
}

const Ending = z.object({
  organizationId: z.number(),
  packageNumber: z.number(),
  endsAt: z.date(),
  endsBy: z.number().nullable(),
});

/** Members of one package whose time ends at one moment, as one person set it. */
export type Ending = z.infer<typeof Ending>;

/** Which members' time is over at a moment, the longest over first. */
export async function selectEndings(queryable: Queryable, now: Date, limit: number): Promise<Ending[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT organization_id AS "organizationId", package_number AS "packageNumber", ends_at AS "endsAt",
           ends_by AS "endsBy"
    FROM assignments WHERE ends_at <= ${now} AND state = 'active'
    GROUP BY organization_id, package_number, ends_at, ends_by
    ORDER BY ends_at, organization_id, package_number, ends_by LIMIT ${limit}`;
  return z.array(Ending).parse(rows);
}

/** The active members of an ending. */
export async function selectEnding(queryable: Queryable, ending: Ending): Promise<number[]> {
  const { organizationId, packageNumber, endsBy } = ending;
  // The database knows moments more finely than we do: one that was written in it past the bot must be found again too
  const endsAt = { gte: ending.endsAt, lt: new Date(ending.endsAt.getTime() + 1) };
  const found = await queryable.assignment.findMany({
    where: { organizationId, packageNumber, endsAt, endsBy, state: 'active' },
    select: { userId: true },
    orderBy: { userId: 'asc' },
  });
  return found.map(({ userId }) => userId);
}

/**
 * Marks as told the members whose time ends before a moment, the first of them, and writes the messages: one to each
 * who can be reached, and one to whoever set the end, for all others who end together. Both or neither. Rows that
 * somebody else holds are left to the next round.
 * @returns how many members.
 */
export async function tellOfEnds(
  queryable: Queryable,
  { now, before, limit }: { now: Date; before: Date; limit: number },
): Promise<number> {
  const [row] = await queryable.$queryRaw<{ told: number }[]>`
    WITH near AS MATERIALIZED (
      SELECT organization_id, package_number, user_id FROM assignments
      WHERE ends_at > ${now} AND ends_at <= ${before} AND state = 'active' AND end_told_at IS NULL
      ORDER BY ends_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ),
    told AS (
      UPDATE assignments s SET end_told_at = ${now} FROM near
      WHERE s.organization_id = near.organization_id AND s.package_number = near.package_number
        AND s.user_id = near.user_id
      RETURNING s.organization_id, s.package_number, s.user_id, s.ends_at, s.ends_by
    ),
    message AS (
      SELECT told.organization_id, jsonb_build_object('to', user_id, 'number', package_number, 'endsAt', ends_at,
               'people', null, 'only', null) AS payload
      FROM told
      JOIN users u ON u.organization_id = told.organization_id AND u.id = told.user_id
        AND u.slack_user_id IS NOT NULL AND u.left_at IS NULL
      UNION ALL
      SELECT told.organization_id, jsonb_build_object('to', ends_by, 'number', package_number, 'endsAt', ends_at,
               'people', count(*), 'only', CASE WHEN count(*) = 1 THEN min(user_id) END)
      FROM told
      JOIN users u ON u.organization_id = told.organization_id AND u.id = told.ends_by
        AND u.slack_user_id IS NOT NULL AND u.left_at IS NULL
      WHERE told.user_id <> told.ends_by
      GROUP BY told.organization_id, ends_by, package_number, ends_at
    ),
    written AS (
      INSERT INTO outbox (organization_id, kind, payload, available_at)
      SELECT organization_id, 'assignment_ending', payload, ${now} FROM message
    )
    SELECT count(*)::int AS told FROM told`;
  return row?.told ?? 0;
}
