import { z } from 'zod';
import { type Divergence, STATUS_TABLE, type StatusKind } from '../engine/core/statusTable.ts';
import type { Queryable } from './database.ts';
import { statusOfCode } from './statusCode.ts';

const Reason = z.enum(['manual', 'unassignment', 'removal']).nullable();
const Grant = z.object({ name: z.string(), value: z.string(), param: z.string() });

/** A permission of a person that was not simply new: what was there before, and what was decided. */
export interface AssignmentCell {
  permission: number;
  /** The status before. */
  kind: StatusKind;
  divergence: Divergence | null;
  decision: 'written' | 'keep_package' | 'keep_original' | 'none';
  row: {
    active: boolean;
    reason: z.infer<typeof Reason>;
    package: number | null;
    value: string;
    param: string;
  } | null;
  profile?: z.infer<typeof Grant> | undefined;
  rule?: z.infer<typeof Grant> | undefined;
}

const Change = z.object({
  userCode: z.string(),
  userName: z.string(),
  membership: z.enum(['assigned', 'reassigned', 'founder', 'unchanged']),
  permissionIds: z.array(z.number()),
  codes: z.array(z.number()),
  written: z.array(z.boolean()),
  heldValues: z.array(z.string().nullable()),
  heldParams: z.array(z.string().nullable()),
  heldReasons: z.array(Reason),
  heldPackages: z.array(z.number().nullable()),
  grants: z.record(z.string(), z.object({ profile: Grant.optional(), rule: Grant.optional() })).nullable(),
});

/** What an assignment did to one person. */
export interface AssignmentChange extends Pick<z.infer<typeof Change>, 'userCode' | 'userName' | 'membership'> {
  cells: AssignmentCell[];
}

function toChange({ userCode, userName, membership, ...stored }: z.infer<typeof Change>): AssignmentChange {
  const cells = stored.permissionIds.map((permission, index) => {
    // Assignments are about live permissions only
    const { kind, divergence } = statusOfCode(stored.codes[index] ?? 0, true);
    const value = stored.heldValues[index] ?? null;
    const reason = stored.heldReasons[index] ?? null;
    const held = { active: reason === null, reason, package: stored.heldPackages[index] ?? null };
    return {
      ...{ permission, kind, divergence, decision: decisionOf(kind, stored.written[index] ?? false) },
      row: value === null ? null : { ...held, value, param: stored.heldParams[index] ?? '' },
      ...stored.grants?.[permission],
    };
  });
  return { userCode, userName, membership, cells };
}

function decisionOf(kind: StatusKind, written: boolean): AssignmentCell['decision'] {
  if (STATUS_TABLE[kind].onAssign === 'conflict') return written ? 'keep_package' : 'keep_original';
  return written ? 'written' : 'none';
}

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
      SELECT user_code AS "userCode", user_name AS "userName", membership, permission_ids AS "permissionIds", codes,
             written, held_values AS "heldValues", held_params AS "heldParams", held_reasons AS "heldReasons",
             held_packages AS "heldPackages", grants
      FROM operation_changes
      WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int AND user_code > ${after}
      ORDER BY user_code LIMIT ${CHANGES_PAGE}`;
    const changes = z.array(Change).parse(rows);
    yield* changes.map(toChange);
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
