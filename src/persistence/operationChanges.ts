import { z } from 'zod';
import type { Queryable } from './database.ts';

const Row = z.object({
  active: z.boolean(),
  reason: z.enum(['manual', 'unassignment', 'removal']).optional(),
  package: z.number().optional(),
  value: z.string(),
  param: z.string(),
  operation: z.number().optional(),
});
const Grant = z.object({ name: z.string(), value: z.string(), param: z.string() });

/** A permission of a person that was not simply new: what was there before, and what was decided. */
const Cell = z.object({
  permission: z.number(),
  /** Status code before the operation, see `statusCode`. */
  code: z.number(),
  decision: z.enum(['written', 'keep_package', 'keep_original', 'none']),
  row: Row.optional(),
  profile: Grant.optional(),
  rule: Grant.optional(),
});

const Change = z.object({
  userCode: z.string(),
  userName: z.string(),
  membership: z.enum(['assigned', 'reassigned', 'founder', 'unchanged']),
  cells: z.array(Cell),
});

/** What an assignment did to one person. */
export type AssignmentChange = z.infer<typeof Change>;

const CHANGES_PAGE = 500;

/** What an assignment did, person by person in the order of their codes; read page by page, never all at once. */
export async function* readAssignmentChanges(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
): AsyncGenerator<AssignmentChange> {
  let after = '';
  for (;;) {
    const rows = await queryable.$queryRaw<unknown[]>`
      SELECT user_code AS "userCode", user_name AS "userName", membership, cells FROM operation_changes
      WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int AND user_code > ${after}
      ORDER BY user_code LIMIT ${CHANGES_PAGE}`;
    const changes = z.array(Change).parse(rows);
    yield* changes;
    const last = changes.at(-1);
    if (!last || changes.length < CHANGES_PAGE) return;
    after = last.userCode;
  }
}

const MembershipCount = z.object({ membership: z.string(), people: z.number() });

/** How many people an operation touched, by what happened to their membership. */
export async function countMemberships(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
): Promise<Record<string, number>> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT membership, count(*)::int AS people FROM operation_changes
    WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int GROUP BY membership`;
  return Object.fromEntries(
    z
      .array(MembershipCount)
      .parse(rows)
      .map(({ membership, people }) => [membership, people]),
  );
}
