import { z } from 'zod';
import type { OperationKind } from './operationKinds.ts';

/** What a policy may demand approval for (DOMAIN 6). */
export const POLICY_OPERATIONS = ['assign', 'unassign', 'sync', 'remove_permission', 'edit', 'grant'] as const;

export type PolicyOperation = (typeof POLICY_OPERATIONS)[number];

/** Which of them an operation is; null for one that never needs approval, because it gives and takes nothing. */
const POLICY_OPERATION_OF: Record<OperationKind, PolicyOperation | null> = {
  assign_package: 'assign',
  unassign_package: 'unassign',
  sync_package: 'sync',
  remove_permission: 'remove_permission',
  grant_permission: 'grant',
  add_permission: 'edit',
  change_permission: 'edit',
  edit_package: 'edit',
  enable_package: 'edit',
  disable_package: 'edit',
  create_package: null,
  clone_package: null,
};

/** What a policy calls an operation of a kind; null for one that no policy is about. */
export function policyOperationOf(kind: string): PolicyOperation | null {
  return Object.hasOwn(POLICY_OPERATION_OF, kind) ? POLICY_OPERATION_OF[kind as OperationKind] : null;
}

const userId = z.number().int();

const Approvers = z.object({
  userIds: z.array(userId).max(50).readonly(),
  /** A user group of Slack, whose members are asked for at each decision. */
  slackUserGroupId: z.string().nullable(),
  /** Whoever holds `approve`, founders included. */
  holders: z.boolean(),
});

/** Who may approve: the union of what is named. */
export type Approvers = z.infer<typeof Approvers>;

const Stage = z.object({ approvers: Approvers, quorum: z.number().int().min(1).max(10) });

/** So many distinct people of these. */
export type ApprovalStage = z.infer<typeof Stage>;

/** The terms of approval, of the organization or of one package. */
export const ApprovalPolicy = z.object({
  operations: z.array(z.enum(POLICY_OPERATIONS)).readonly(),
  /** One after another; whoever decided in one does not count in the next. */
  stages: z.array(Stage).min(1).max(2).readonly(),
  livesHours: z.number().int().min(1).max(2160),
  /** Approvers who have not decided are reminded after so long, once; null: never. */
  remindAfterHours: z.number().int().min(1).nullable(),
  /** A channel of Slack that gets the requests too; null: approvers hear by direct message alone. */
  channel: z.string().nullable(),
  /** Whether approvers get direct messages; without a channel they always do. */
  direct: z.boolean(),
  /** Whether the people whose access would change hear of the request's outcome too. */
  tellPeople: z.boolean(),
});

export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>;

/** The terms of a request that no policy covers: somebody asks for access that they may not give themselves. */
export const DEFAULT_POLICY: ApprovalPolicy = {
  operations: [],
  stages: [{ approvers: { userIds: [], slackUserGroupId: null, holders: true }, quorum: 1 }],
  livesHours: 7 * 24,
  remindAfterHours: 24,
  channel: null,
  direct: true,
  tellPeople: false,
};

/** Why a policy cannot be satisfied: a stage has fewer people than its quorum, or both together have too few. */
export interface Shortage {
  /** The stage that is short, from 1; null where each has enough, but not distinct ones. */
  stage: number | null;
  needed: number;
  available: number;
}

/**
 * Whether enough distinct people could approve, none of them twice.
 * @param candidates who could approve in each stage, in the order of the stages.
 * @returns null where they could.
 */
export function findShortage(
  stages: readonly Pick<ApprovalStage, 'quorum'>[],
  candidates: readonly ReadonlySet<number>[],
): Shortage | null {
  for (const [index, { quorum }] of stages.entries()) {
    const available = candidates[index]?.size ?? 0;
    if (available < quorum) return { stage: index + 1, needed: quorum, available };
  }
  // With two sets, Hall's condition is that of each and that of the union
  const needed = stages.reduce((sum, { quorum }) => sum + quorum, 0);
  const available = new Set(candidates.flatMap((each) => [...each])).size;
  return available < needed ? { stage: null, needed, available } : null;
}
