import { type Approver, selectApprovers } from '../../persistence/approvalPolicies.ts';
import type { Queryable } from '../../persistence/database.ts';
import { type ApprovalStage, findShortage, type Shortage } from '../core/approvalPolicy.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from './runOperation.ts';

export type { Approver };

/** The Slack user ids of a user group's members, asked for at the moment; throws where Slack cannot tell. */
export type UserGroupMembers = (slackUserGroupId: string) => Promise<readonly string[]>;

/** What operations of approvals need besides: the only thing that Slack alone knows. */
export interface ApprovalContext extends EngineContext {
  userGroupMembers: UserGroupMembers;
}

/** Members of the user groups that stages name, in the order of the stages: asked for before any transaction begins. */
export type StageAccounts = readonly (readonly string[])[];

/** Asks Slack for the members of the user groups that stages name. */
export function accountsOf(
  { userGroupMembers }: ApprovalContext,
  stages: readonly ApprovalStage[],
): Promise<StageAccounts> {
  return Promise.all(
    stages.map(({ approvers: { slackUserGroupId } }) => (slackUserGroupId ? userGroupMembers(slackUserGroupId) : [])),
  );
}

/** Who could approve in each stage at this moment; the requester never does. */
export function selectStageApprovers(
  queryable: Queryable,
  organizationId: number,
  { stages, accounts, without }: { stages: readonly ApprovalStage[]; accounts: StageAccounts; without: number | null },
): Promise<Approver[][]> {
  return Promise.all(
    stages.map(async ({ approvers }, index) => {
      const found = await selectApprovers(queryable, organizationId, approvers, accounts[index] ?? []);
      return found.filter(({ userId }) => userId !== without);
    }),
  );
}

/** Why nobody could satisfy the stages; null where somebody could. */
export function shortageOf(
  stages: readonly ApprovalStage[],
  approvers: readonly (readonly Approver[])[],
): Shortage | null {
  return findShortage(
    stages,
    approvers.map((each) => new Set(each.map(({ userId }) => userId))),
  );
}

/**
 * Refuses stages that nobody can satisfy.
 * @throws EngineError `too_few_approvers`.
 */
export function requireFeasible(stages: readonly ApprovalStage[], approvers: readonly (readonly Approver[])[]): void {
  const shortage = shortageOf(stages, approvers);
  if (shortage) throw new EngineError('too_few_approvers', shortage);
}
