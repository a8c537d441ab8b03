import { type CatalogPermission, selectPermissions } from '../../persistence/catalog.ts';
import { type AccessDifference, selectAccessDifferences, selectHoldings } from '../../persistence/personHoldings.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { type PersonStep, type ProposedStep, planLikeness } from '../core/personPlan.ts';
import { EngineError } from '../errors.ts';
import { type StepDone, takeSteps } from '../operations/performSteps.ts';
import { type EngineContext, rehearse } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { AccessDifference, StepDone };

/**
 * What would make one person like another. Needs `view`.
 * @throws EngineError `user_not_found`, `founder_untouchable`.
 */
export async function proposeLikeness(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
  modelId: number,
): Promise<ProposedStep[]> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  for (const id of [userId, modelId]) {
    const person = await findUser(prisma, organizationId, { userId: id });
    if (!person) throw new EngineError('user_not_found', { wanted: '?' });
    if (person.founder) throw new EngineError('founder_untouchable', { user: person.name });
  }
  return planLikeness(
    await selectHoldings(prisma, organizationId, userId),
    await selectHoldings(prisma, organizationId, modelId),
  );
}

/** What a plan names. */
export interface PersonPlanNames {
  person: Person;
  model: Person | null;
  packages: ReadonlyMap<number, string>;
  permissions: ReadonlyMap<number, CatalogPermission>;
}

/** The names of everything in a plan. Needs `view`. @throws EngineError `user_not_found`. */
export async function namePlan(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  { userId, modelId, steps }: { userId: number; modelId: number | null; steps: readonly PersonStep[] },
): Promise<PersonPlanNames> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const person = await findUser(prisma, organizationId, { userId });
  const model = modelId === null ? null : await findUser(prisma, organizationId, { userId: modelId });
  if (!person || (modelId !== null && !model)) throw new EngineError('user_not_found', { wanted: '?' });
  const numbers = steps.flatMap((step) => ('number' in step ? [step.number] : []));
  const packages = await prisma.package.findMany({ where: { organizationId, number: { in: numbers } } });
  const ids = steps.flatMap((step) => ('permissionId' in step ? [step.permissionId] : []));
  const permissions = await selectPermissions(prisma, organizationId, ids);
  return {
    ...{ person, model, packages: new Map(packages.map(({ number, name }) => [number, name])) },
    permissions: new Map(permissions.map((permission) => [permission.id, permission])),
  };
}

/** What some steps would do, and what would still differ between the two people afterwards. */
export interface PersonPlanPreview {
  done: StepDone[];
  planHash: string;
  /** Null where there is nobody to be like. */
  differences: AccessDifference[] | null;
}

/**
 * Rehearses the steps: each does what it would do, and everything is taken back. Every step needs what it always needs;
 * no step at all compares the two people as they are.
 * @throws what the steps refuse.
 */
export function previewSteps(
  context: EngineContext,
  actor: Actor,
  { userId, modelId, steps }: { userId: number; modelId: number | null; steps: readonly PersonStep[] },
): Promise<PersonPlanPreview> {
  requireMay(actor, 'view');
  return rehearse(context, async (together) => {
    const taken =
      steps.length === 0
        ? { done: [], planHash: '' }
        : await takeSteps(together, { actor, key: crypto.randomUUID(), userId, steps });
    const differences =
      modelId === null ? null : await selectAccessDifferences(together.within, actor.organizationId, userId, modelId);
    return { done: taken.done, planHash: taken.planHash, differences };
  });
}
