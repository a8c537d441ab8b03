import { randomUUID } from 'node:crypto';
import { findPolicies } from '../../persistence/approvalPolicies.ts';
import type { Queryable } from '../../persistence/database.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { type ApprovalPolicy, policyOperationOf } from '../core/approvalPolicy.ts';
import { derivedKey } from '../core/derivedKey.ts';
import { parameterCodes } from '../core/parameter.ts';
import type { PersonStep } from '../core/personPlan.ts';
import { EngineError } from '../errors.ts';
import { type ApprovalContext, accountsOf } from './approvers.ts';
import { asksForNothing, considerRequest } from './considerRequest.ts';
import { requireReason, writeRequest } from './createRequest.ts';
import { type PerformStepsCommand, type StepDone, takeSteps } from './performSteps.ts';
import { type RequestableKind, readRequestedCommand } from './requestableKinds.ts';
import { rehearse, runTogether } from './runOperation.ts';

/** A step as the operation that can be asked for; its plan is made when it is. */
interface AskedStep {
  kind: RequestableKind;
  packageNumber: number | null;
  wanted: object;
}

/** What came of a plan of which some steps need approval. */
export interface StepsAsked {
  done: StepDone[];
  /** In the order of the steps that were asked for. */
  requestIds: number[];
}

/** The steps that a policy wants approved, by their place in the plan, each with that policy. */
export async function selectGoverned(
  queryable: Queryable,
  organizationId: number,
  { userId, steps }: { userId: number; steps: readonly PersonStep[] },
): Promise<Map<number, ApprovalPolicy>> {
  const numbers = steps.flatMap((step) => ('number' in step ? [step.number] : []));
  const policies = await findPolicies(queryable, organizationId, [...new Set(numbers)]);
  const governed = steps.flatMap((step, index): [number, ApprovalPolicy][] => {
    const { kind, packageNumber } = askedStep(step, userId);
    const policy = policies.get(packageNumber);
    return policy?.operations.some((each) => each === policyOperationOf(kind)) ? [[index, policy]] : [];
  });
  return new Map(governed);
}

/**
 * Does the steps of a plan that need no approval, and asks for each of the others, with one reason: all of it in one
 * transaction, so that either everything is done or asked for, or nothing. What is asked for is planned as it stands
 * after the steps that are done at once.
 * @throws EngineError `nothing_chosen`, `reason_needed`, `nothing_changed`, `plan_changed`, `too_few_approvers`, and
 *   what the steps refuse.
 */
export async function askForSteps(
  context: ApprovalContext,
  { reason, planHash, ...plan }: PerformStepsCommand & { reason: string },
): Promise<StepsAsked> {
  const { actor, key, userId, steps } = plan;
  const { organizationId } = actor;
  const told = requireReason(reason);
  const governed = await selectGoverned(context.database.prisma, organizationId, plan);
  const free = steps.filter((_, index) => !governed.has(index));
  // Slack is asked before anything is locked
  const asked = await Promise.all(
    [...governed].map(async ([index, policy]) => ({
      ...{ index, policy, ...askedStep(steps[index] as PersonStep, userId) },
      accounts: await accountsOf(context, policy.stages),
    })),
  );
  return runTogether(context, async (together) => {
    await lockOrganization(rawQueryOf(together.within), organizationId);
    const shown = await rehearse(together, (within) => takeSteps(within, { ...plan, key: randomUUID() }));
    if (shown.planHash !== planHash) throw new EngineError('plan_changed', {});
    const taken = free.length > 0 ? await takeSteps(together, { ...plan, steps: free }) : null;
    const requestIds: number[] = [];
    for (const { index, kind, wanted, policy, accounts } of asked) {
      const { command } = readRequestedCommand(kind, wanted);
      const wish = { kind, command, requester: actor, selfService: false };
      const considered = await considerRequest(together, wish);
      if (asksForNothing(kind, considered)) continue;
      const request = { ...wish, policy, accounts, considered, reason: told };
      const { outcome } = await writeRequest(together, request, derivedKey(`${key}/asked/${index}`));
      requestIds.push(outcome.requestId);
    }
    if (!taken && requestIds.length === 0) throw new EngineError('nothing_changed', {});
    return { done: taken?.done ?? [], requestIds };
  });
}

function askedStep(step: PersonStep, userId: number): AskedStep {
  const planHash = '';
  switch (step.kind) {
    case 'assign': {
      const { number, keepPackage } = step;
      const choices = { keepPackage, exceptions: [] };
      const wanted = { number, userIds: [userId], choices, planHash };
      return { kind: 'assign_package', packageNumber: number, wanted };
    }
    case 'unassign': {
      const { number } = step;
      return { kind: 'unassign_package', packageNumber: number, wanted: { number, userIds: [userId], planHash } };
    }
    case 'grant': {
      const { permissionId, value, param } = step;
      const change = { kind: 'set', value, structures: parameterCodes(param) };
      return { kind: 'grant_permission', packageNumber: null, wanted: { userId, permissionId, change, planHash } };
    }
    case 'disable': {
      const { permissionId } = step;
      const wanted = { userId, permissionId, change: { kind: 'disable' }, planHash };
      return { kind: 'grant_permission', packageNumber: null, wanted };
    }
  }
}
