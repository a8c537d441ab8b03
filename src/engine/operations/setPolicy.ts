import { deletePolicy, findPolicy, writePolicy } from '../../persistence/approvalPolicies.ts';
import type { Queryable } from '../../persistence/database.ts';
import { selectUsers } from '../../persistence/users.ts';
import type { ApprovalPolicy } from '../core/approvalPolicy.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { type ApprovalContext, accountsOf, requireFeasible, selectStageApprovers } from './approvers.ts';
import { getPackage } from './loadPackage.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/** Of one package, or of the organization (`packageNumber` null). */
export interface PolicyScope {
  packageNumber: number | null;
}

/**
 * Sets which operations need approval, and whose (DOMAIN 6). A package's policy stands in the place of the
 * organization's. Requests that were made before keep their terms. Needs `administer`.
 * @throws EngineError `package_not_found`, `user_not_found`, `nothing_changed`, `too_few_approvers` where nobody could
 *   satisfy it today.
 */
export async function setPolicy(
  context: ApprovalContext,
  command: Command & PolicyScope & { policy: ApprovalPolicy },
): Promise<OperationDone<{ approvers: number[] }>> {
  const { packageNumber, policy } = command;
  const { organizationId, userId } = command.actor;
  const accounts = await accountsOf(context, policy.stages);
  const head = { kind: 'set_policy', needs: 'administer', command } as const;
  return runAdministration(context, head, async (transaction, { at }) => {
    if (packageNumber !== null) await getPackage(transaction, organizationId, packageNumber);
    const found = await findPolicy(transaction, organizationId, packageNumber);
    const before = found?.packageNumber === packageNumber ? found.policy : null;
    const record = await recorderOf(transaction, organizationId, before ? [policy, before] : [policy]);
    if (before && hashOf(record(before)) === hashOf(record(policy))) throw new EngineError('nothing_changed', {});
    const { stages } = policy;
    const approvers = await selectStageApprovers(transaction, organizationId, { stages, accounts, without: null });
    requireFeasible(stages, approvers);
    await writePolicy(transaction, { organizationId, packageNumber }, { policy, userId, at });
    return {
      subject: { package: packageNumber },
      before: before && record(before),
      after: record(policy),
      outcome: { approvers: approvers.map(({ length }) => length) },
    };
  });
}

/**
 * Takes a policy away: of a package, so that the organization's governs it again; of the organization, so that nothing
 * needs approval where no package says so. Needs `administer`.
 * @throws EngineError `policy_not_found`.
 */
export function removePolicy(
  context: EngineContext,
  command: Command & PolicyScope,
): Promise<OperationDone<Record<string, never>>> {
  const { packageNumber } = command;
  const { organizationId } = command.actor;
  const head = { kind: 'remove_policy', needs: 'administer', command } as const;
  return runAdministration(context, head, async (transaction) => {
    const found = await findPolicy(transaction, organizationId, packageNumber);
    const isIts = found?.packageNumber === packageNumber;
    if (!isIts || !(await deletePolicy(transaction, { organizationId, packageNumber }))) {
      throw new EngineError('policy_not_found', {});
    }
    const record = await recorderOf(transaction, organizationId, [found.policy]);
    return { subject: { package: packageNumber }, before: record(found.policy), after: null, outcome: {} };
  });
}

/**
 * How audit records tell policies: people by their codes.
 * @throws EngineError `user_not_found` where one names somebody whom the organization does not have.
 */
async function recorderOf(queryable: Queryable, organizationId: number, policies: readonly ApprovalPolicy[]) {
  const named = policies.flatMap(({ stages }) => stages.flatMap(({ approvers }) => approvers.userIds));
  const people = await selectUsers(queryable, organizationId, named);
  const codes = new Map(people.map(({ userId, code }) => [userId, code]));
  const codeOf = (userId: number): string => {
    const code = codes.get(userId);
    if (code === undefined) throw new EngineError('user_not_found', { wanted: String(userId) });
    return code;
  };
  return ({ operations, stages, ...terms }: ApprovalPolicy) => ({
    ...terms,
    operations: [...operations],
    stages: stages.map(({ quorum, approvers: { userIds, slackUserGroupId, holders } }) => ({
      ...{ quorum, users: userIds.map(codeOf), slackUserGroup: slackUserGroupId, holders },
    })),
  });
}
