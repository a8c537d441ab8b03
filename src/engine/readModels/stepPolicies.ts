import type { ApprovalPolicy } from '../core/approvalPolicy.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { PersonStep } from '../core/personPlan.ts';
import type { ApprovalContext, Approver } from '../operations/approvers.ts';
import { selectGoverned } from '../operations/askForSteps.ts';
import { approversFor } from './requests.ts';

/** Steps of a plan that one policy wants approved, by their places, and who could approve them. */
export interface StepPolicy {
  policy: ApprovalPolicy;
  places: number[];
  approvers: Approver[][];
}

/** Which steps of a plan need approval, and whose; none where all may be done at once. */
export async function policiesOfSteps(
  context: ApprovalContext,
  actor: Actor,
  plan: { userId: number; steps: readonly PersonStep[] },
): Promise<StepPolicy[]> {
  const governed = await selectGoverned(context.database.prisma, actor.organizationId, plan);
  const byPolicy = new Map<string, { policy: ApprovalPolicy; places: number[] }>();
  for (const [place, policy] of governed) {
    // Parsed by one schema: equal policies have their fields in the same order
    const key = JSON.stringify(policy);
    const found = byPolicy.get(key) ?? { policy, places: [] };
    found.places.push(place);
    byPolicy.set(key, found);
  }
  return Promise.all(
    [...byPolicy.values()].map(async (each) => ({
      ...each,
      approvers: await approversFor(context, actor, each.policy),
    })),
  );
}
