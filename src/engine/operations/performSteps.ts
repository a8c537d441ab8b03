import { countPreflight } from '../../persistence/assignCells.ts';
import { fingerprintPerson } from '../../persistence/personHoldings.ts';
import { countUnassignment } from '../../persistence/unassignCells.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { derivedKey } from '../core/derivedKey.ts';
import { parameterCodes } from '../core/parameter.ts';
import type { PersonStep } from '../core/personPlan.ts';
import { EngineError } from '../errors.ts';
import { assignPackage } from './assignPackage.ts';
import { grantPermission } from './grantPermission.ts';
import { planGrant } from './planGrant.ts';
import { type Command, type EngineContext, runTogether, type Together } from './runOperation.ts';
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
 * Does several things to one person in one transaction: assigns and removes packages, grants and disables by hand. Each
 * step is an operation of its own, with its audit record, and needs what it always needs.
 * @throws EngineError `nothing_chosen`, `plan_changed`, and what each operation refuses.
 */
export async function performSteps(context: EngineContext, command: PerformStepsCommand): Promise<StepDone[]> {
  return runTogether(context, async (together) => {
    const { done, planHash, repeated } = await takeSteps(together, command);
    if (!repeated && planHash !== command.planHash) throw new EngineError('plan_changed', {});
    return done;
  });
}

/** Takes the steps one after another, within a transaction that somebody else ends. */
export async function takeSteps(
  context: Together,
  command: Omit<PerformStepsCommand, 'planHash'>,
): Promise<{ done: StepDone[]; planHash: string; repeated: boolean }> {
  if (command.steps.length === 0) throw new EngineError('nothing_chosen', {});
  const { organizationId } = command.actor;
  const numbers = command.steps.flatMap((step) => ('number' in step ? [step.number] : []));
  // The plans of later steps name operations of earlier ones, which a rehearsal takes back: what counts is where it
  // began
  const began = await fingerprintPerson(context.within, organizationId, command.userId, numbers);
  const done: StepDone[] = [];
  let repeated = false;
  // One after another: each step finds what the ones before it left
  for (const [index, step] of command.steps.entries()) {
    const key = derivedKey(`${command.key}/${index}`);
    const taken = await takeStep(context, { ...command, key }, step);
    done.push({ step, ...taken.done });
    repeated ||= taken.repeated;
  }
  const does = done.map(({ step, rows, conflicts }) => ({ step: { ...step }, rows, conflicts }));
  return { done, repeated, planHash: hashOf({ userId: command.userId, began, does }) };
}

interface Taken {
  done: Omit<StepDone, 'step'>;
  repeated: boolean;
}

async function takeStep(
  context: Together,
  { actor, key, userId }: Command & { userId: number },
  step: PersonStep,
): Promise<Taken> {
  const { organizationId } = actor;
  switch (step.kind) {
    case 'assign': {
      const { number, keepPackage } = step;
      const target = { organizationId, packageNumber: number, userIds: [userId] };
      const { hash, conflicts } = await countPreflight(context.within, target);
      const command = { actor, key, number, userIds: [userId], planHash: hash };
      const { outcome, ...did } = await assignPackage(context, {
        ...command,
        choices: { keepPackage, exceptions: [] },
      });
      const rows = outcome.written + outcome.keptPackage;
      return { repeated: did.repeated, done: { operationId: did.operationId, rows, conflicts } };
    }
    case 'unassign': {
      const target = { organizationId, packageNumber: step.number, userIds: [userId] };
      const { hash } = await countUnassignment(context.within, target);
      const command = { actor, key, number: step.number, userIds: [userId], planHash: hash };
      const { outcome, ...did } = await unassignPackage(context, command);
      return {
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
      const { plan } = await planGrant(context.within, organizationId, { userId, permissionId, change });
      const did = await grantPermission(context, { actor, key, userId, permissionId, change, planHash: plan.hash });
      return { repeated: did.repeated, done: { operationId: did.operationId, rows: 1, conflicts: 0 } };
    }
  }
}
