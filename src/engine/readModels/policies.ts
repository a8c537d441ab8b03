import { findPolicy, type PackagePolicy, selectPackagePolicies } from '../../persistence/approvalPolicies.ts';
import { type Person, selectUsers } from '../../persistence/users.ts';
import { type ApprovalPolicy, findShortage, type Shortage } from '../core/approvalPolicy.ts';
import type { Actor } from '../core/metaPermissions.ts';
import {
  type ApprovalContext,
  type Approver,
  accountsOf,
  type StageAccounts,
  selectStageApprovers,
} from '../operations/approvers.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { Approver, PackagePolicy };

/** A policy with the people whom it names, by id; who left is among them, and approves nothing. */
export interface NamedPolicy {
  policy: ApprovalPolicy;
  people: ReadonlyMap<number, Person>;
}

/**
 * The organization's policy (null: nothing needs approval), and one page of the packages with their own. Needs
 * `administer`.
 */
export async function listPolicies(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: { offset: number; limit: number },
): Promise<{ organization: NamedPolicy | null; packages: PackagePolicy[]; total: number }> {
  requireMay(actor, 'administer');
  const { organizationId } = actor;
  const found = await findPolicy(prisma, organizationId, null);
  const listed = await selectPackagePolicies(prisma, organizationId, page);
  return { organization: found && (await withPeople(prisma, organizationId, found.policy)), ...listed };
}

/** What governs a package, and whether it is its own. Needs `administer`. @throws EngineError `package_not_found`. */
export async function showPackagePolicy(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
): Promise<{ package: PackageRecord; own: boolean; governing: NamedPolicy | null }> {
  requireMay(actor, 'administer');
  const { organizationId } = actor;
  const pack = await getPackage(prisma, organizationId, number);
  const found = await findPolicy(prisma, organizationId, number);
  const governing = found && (await withPeople(prisma, organizationId, found.policy));
  return { package: pack, own: found?.packageNumber === number, governing };
}

/**
 * A policy that is not set yet: who could approve in each stage today, and why that is too few; null where it is not.
 */
export interface PolicyPreview {
  named: NamedPolicy;
  approvers: readonly (readonly Approver[])[];
  shortage: Shortage | null;
}

/** Finds out who could satisfy a policy today. Needs `administer`. */
export async function previewPolicy(
  context: ApprovalContext,
  actor: Actor,
  policy: ApprovalPolicy,
): Promise<PolicyPreview> {
  requireMay(actor, 'administer');
  const { organizationId } = actor;
  const { prisma } = context.database;
  const { stages } = policy;
  const accounts: StageAccounts = await accountsOf(context, stages);
  const approvers = await selectStageApprovers(prisma, organizationId, { stages, accounts, without: null });
  const sets = approvers.map((each) => new Set(each.map(({ userId }) => userId)));
  const named = await withPeople(prisma, organizationId, policy);
  return { named, approvers, shortage: findShortage(stages, sets) };
}

/** A policy that is being written, with the people whom it names. Needs `administer`. */
export function namePolicy(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  policy: ApprovalPolicy,
): Promise<NamedPolicy> {
  requireMay(actor, 'administer');
  return withPeople(prisma, actor.organizationId, policy);
}

async function withPeople(
  prisma: EngineContext['database']['prisma'],
  organizationId: number,
  policy: ApprovalPolicy,
): Promise<NamedPolicy> {
  const named = policy.stages.flatMap(({ approvers }) => approvers.userIds);
  const people = await selectUsers(prisma, organizationId, named);
  return { policy, people: new Map(people.map((person) => [person.userId, person])) };
}
