import { z } from 'zod';
import { ApprovalPolicy, type Approvers } from '../engine/core/approvalPolicy.ts';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

/** The number under which the organization's own policy is stored. */
const ORGANIZATION = 0;

const Stored = z.object({ packageNumber: z.number(), policy: ApprovalPolicy });

/**
 * The policy that governs a package: its own, else the organization's; null where there is none. `packageNumber` null:
 * the organization's alone.
 */
export async function findPolicy(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number | null,
): Promise<{ policy: ApprovalPolicy; packageNumber: number | null } | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT package_number AS "packageNumber", policy FROM approval_policies
    WHERE organization_id = ${organizationId}::int AND package_number IN (${ORGANIZATION}::int, ${packageNumber}::int)
    ORDER BY package_number DESC LIMIT 1`;
  const [found] = z.array(Stored).parse(rows);
  return found ? { policy: found.policy, packageNumber: found.packageNumber || null } : null;
}

/**
 * The policies that govern some packages, by number, and under null the organization's; whatever has none is left out.
 */
export async function findPolicies(
  queryable: Queryable,
  organizationId: number,
  packageNumbers: readonly number[],
): Promise<Map<number | null, ApprovalPolicy>> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT package_number AS "packageNumber", policy FROM approval_policies
    WHERE organization_id = ${organizationId}::int AND package_number = ANY (${idArray([ORGANIZATION, ...packageNumbers])})`;
  const own = new Map(
    z
      .array(Stored)
      .parse(rows)
      .map(({ packageNumber, policy }) => [packageNumber, policy]),
  );
  const governing = [null, ...packageNumbers].flatMap((number): [number | null, ApprovalPolicy][] => {
    const policy = own.get(number ?? ORGANIZATION) ?? own.get(ORGANIZATION);
    return policy ? [[number, policy]] : [];
  });
  return new Map(governing);
}

/** Writes the policy of a package, or the organization's (`packageNumber` null), over the one before. */
export async function writePolicy(
  queryable: Queryable,
  scope: { organizationId: number; packageNumber: number | null },
  { policy, userId, at }: { policy: ApprovalPolicy; userId: number; at: Date },
): Promise<void> {
  const key = { organizationId: scope.organizationId, packageNumber: scope.packageNumber ?? ORGANIZATION };
  const data = { policy: policy as object, setBy: userId, setAt: at };
  await queryable.approvalPolicy.upsert({
    where: { organizationId_packageNumber: key },
    create: { ...key, ...data },
    update: data,
  });
}

/** Deletes a policy. @returns false where there was none. */
export async function deletePolicy(
  queryable: Queryable,
  { organizationId, packageNumber }: { organizationId: number; packageNumber: number | null },
): Promise<boolean> {
  const where = { organizationId, packageNumber: packageNumber ?? ORGANIZATION };
  return (await queryable.approvalPolicy.deleteMany({ where })).count > 0;
}

const PackagePolicy = z.object({ number: z.number(), name: z.string(), policy: ApprovalPolicy });

/** A package with a policy of its own. */
export type PackagePolicy = z.infer<typeof PackagePolicy>;

/** One page of the packages that have a policy of their own, by number. */
export async function selectPackagePolicies(
  queryable: Queryable,
  organizationId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ packages: PackagePolicy[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT p.number, p.name, a.policy
    FROM approval_policies a JOIN packages p ON p.organization_id = a.organization_id AND p.number = a.package_number
    WHERE a.organization_id = ${organizationId}::int
    ORDER BY p.number OFFSET ${offset}::int LIMIT ${limit}::int`;
  const where = { organizationId, packageNumber: { not: ORGANIZATION } };
  const total = await queryable.approvalPolicy.count({ where });
  return { packages: z.array(PackagePolicy).parse(rows), total };
}

const Approver = z.object({ userId: z.number(), code: z.string(), name: z.string(), slackUserId: z.string() });

/** Somebody who may approve. Whoever has no Slack account linked cannot, and is none. */
export type Approver = z.infer<typeof Approver>;

/**
 * Who may approve at this moment, by name: the people named, those with one of the Slack accounts (of a user group),
 * and the holders of `approve`, as far as asked for. Who left is none of them.
 */
export async function selectApprovers(
  queryable: Queryable,
  organizationId: number,
  { userIds, holders }: Pick<Approvers, 'userIds' | 'holders'>,
  slackUserIds: readonly string[],
): Promise<Approver[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.code, u.name, u.slack_user_id AS "slackUserId"
    FROM users u
    WHERE u.organization_id = ${organizationId}::int AND u.left_at IS NULL AND u.slack_user_id IS NOT NULL
      AND (u.id = ANY (${idArray(userIds)}) OR u.slack_user_id = ANY (${[...slackUserIds]}::text[])
           OR (${holders}::boolean AND (u.founder OR EXISTS (
             SELECT FROM meta_permissions m
             WHERE m.organization_id = u.organization_id AND m.user_id = u.id AND m.meta_permission = 'approve'))))
    ORDER BY u.name, u.code`;
  return z.array(Approver).parse(rows);
}
