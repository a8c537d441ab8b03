import { countPreflight } from '../../persistence/assignCells.ts';
import type { Queryable } from '../../persistence/database.ts';
import { countUnassignment } from '../../persistence/unassignCells.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { derivedKey } from '../core/derivedKey.ts';
import { parameterCodes } from '../core/parameter.ts';
import type { PersonStep } from '../core/personPlan.ts';
import { EngineError } from '../errors.ts';
import { assignPackage } from './assignPackage.ts';
import { grantPermission } from './grantPermission.ts';
import { planGrant } from './planGrant.ts';
import { type Command, type EngineContext, runTogether } from './runOperation.ts';
import { unassignPackage } from './unassignPackage.ts';

/** Several things to do to one person, that stand or fall together. */
export interface PerformStepsCommand extends Command {
  userId: number;
  steps: readonly PersonStep[];
  /** Hash of the rehearsal that was confirmed. */
  planHash: string;
}

/** What one step did, or would do. */
export interface StepDone {
  step: PersonStep;
  operationId: number;
  /** Permissions that were written for the person, or taken from them. */
  rows: number;
  /** Conflicts of an assignment, whatever became of them. */
  conflicts: number;
}

/**
 * Does several things to one person in one transaction: assigns and removes packages, grants and disables by hand. Each step
 * is an operation of its own, with its audit record, and needs what it always needs.
 * @throws EngineError `nothing_chosen`, `plan_changed`, and what each operation refuses.
 */
export async function performSteps(context: EngineContext, command: PerformStepsCommand): Promise<StepDone[]> {
  return runTogether(context, async (within) => {
    const { done, planHash, repeated } = await takeSteps(within, command);
    if (!repeated && planHash !== command.planHash) throw new EngineError('plan_changed', {});
    return done;
  });
}

/** Takes the steps one after another, within a transaction that somebody else ends. */
export async function takeSteps(
  within: EngineContext,
  command: Omit<PerformStepsCommand, 'planHash'>,
): Promise<{ done: StepDone[]; planHash: string; repeated: boolean }> {
  if (command.steps.length === 0) throw new EngineError('nothing_chosen', {});
  const done: StepDone[] = [];
  const hashes: string[] = [];
  let repeated = false;
  // One after another: each step finds what the ones before it left
  for (const [index, step] of command.steps.entries()) {
    const key = derivedKey(`${command.key}/${index}`);
    const taken = await takeStep(within, { ...command, key }, step);
    done.push({ step, ...taken.done });
    hashes.push(taken.hash);
    repeated ||= taken.repeated;
  }
  return { done, repeated, planHash: hashOf({ steps: command.steps.map((step) => ({ ...step })), hashes }) };
}

interface Taken {
  done: Omit<StepDone, 'step'>;
  hash: string;
  repeated: boolean;
}

async function takeStep(
  within: EngineContext,
  { actor, key, userId }: Command & { userId: number },
  step: PersonStep,
): Promise<Taken> {
  const { organizationId } = actor;
  const queryable: Queryable = within.within ?? within.database.prisma;
  switch (step.kind) {
    case 'assign': {
      const { number, keepPackage } = step;
      const target = { organizationId, packageNumber: number, userIds: [userId] };
      const { hash, conflicts } = await countPreflight(queryable, target);
      const command = { actor, key, number, userIds: [userId], planHash: hash };
      const { outcome, ...did } = await assignPackage(within, { ...command, choices: { keepPackage, exceptions: [] } });
      const rows = outcome.written + outcome.keptPackage;
      return { hash, repeated: did.repeated, done: { operationId: did.operationId, rows, conflicts } };
    }
    case 'unassign': {
      const target = { organizationId, packageNumber: step.number, userIds: [userId] };
      const { hash } = await countUnassignment(queryable, target);
      const command = { actor, key, number: step.number, userIds: [userId], planHash: hash };
      const { outcome, ...did } = await unassignPackage(within, command);
      return {
        hash,
        repeated: did.repeated,
        done: { operationId: did.operationId, rows: outcome.taken, conflicts: 0 },
      };
    }
    case 'grant':
    case 'disable': {
      const { permissionId } = step;
      const change =
        step.kind === 'disable'
          ? ({ kind: 'disable' } as const)
          : ({ kind: 'set', value: step.value, structures: parameterCodes(step.param) } as const);
      const { plan } = await planGrant(queryable, organizationId, { userId, permissionId, change });
      const did = await grantPermission(within, { actor, key, userId, permissionId, change, planHash: plan.hash });
      return { hash: plan.hash, repeated: did.repeated, done: { operationId: did.operationId, rows: 1, conflicts: 0 } };
    }
  }
}
