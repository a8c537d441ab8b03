import { z } from 'zod';
import { ApprovalPolicy, type ApprovalStage } from '../../engine/core/approvalPolicy.ts';
import { ACTIONS } from '../kit/ids.ts';

/** A policy that is being written; the draft's id is the operation's key. */
export const PolicyDraft = z.object({
  /** Null: the organization's. */
  packageNumber: z.number().int().positive().nullable(),
  policy: ApprovalPolicy,
});

export type PolicyDraft = z.infer<typeof PolicyDraft>;

/** The inputs of each stage, in the order of the stages. */
export const STAGE_INPUTS = [
  {
    people: ACTIONS.policyPeople,
    userGroup: ACTIONS.policyUserGroup,
    holders: ACTIONS.policyHolders,
    quorum: ACTIONS.policyQuorum,
  },
  {
    people: ACTIONS.policyPeopleThen,
    userGroup: ACTIONS.policyUserGroupThen,
    holders: ACTIONS.policyHoldersThen,
    quorum: ACTIONS.policyQuorumThen,
  },
] as const;

export type StageInputs = (typeof STAGE_INPUTS)[number];

/** What the form shows of a second stage that there is not. */
export const NO_STAGE: ApprovalStage = {
  approvers: { userIds: [], slackUserGroupId: null, holders: false },
  quorum: 1,
};
