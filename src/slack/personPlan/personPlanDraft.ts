import { z } from 'zod';
import { type Actor, type MetaPermission, mayDo } from '../../engine/core/metaPermissions.ts';
import type { PersonStep } from '../../engine/core/personPlan.ts';

const number = z.number().int().positive();
const permissionId = z.number().int();

const Step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), number, keepPackage: z.boolean() }),
  z.object({ kind: z.literal('unassign'), number }),
  z.object({ kind: z.literal('grant'), permissionId, value: z.string(), param: z.string() }),
  z.object({ kind: z.literal('disable'), permissionId }),
]);

/** A plan for one person under way: its steps, which of them are wanted, and the rehearsal last shown. */
export const PersonPlanDraft = z.object({
  key: z.uuid(),
  userId: z.number().int(),
  /** Whom the person is to be like; null where packages were chosen. */
  modelId: z.number().int().nullable(),
  steps: z.array(z.object({ step: Step, include: z.boolean() })).max(500),
  planHash: z.string(),
});

export type PersonPlanDraft = z.infer<typeof PersonPlanDraft>;

const NEEDS = {
  assign: 'assign_packages',
  unassign: 'assign_packages',
  grant: 'manage_permissions',
  disable: 'manage_permissions',
} as const satisfies Record<PersonStep['kind'], MetaPermission>;

/** What a step needs that the person who plans does not have; null where nothing is missing. */
export function missingFor(actor: Actor, step: PersonStep): MetaPermission | null {
  return mayDo(actor, NEEDS[step.kind]) ? null : NEEDS[step.kind];
}

/** The steps that are wanted, in their order. */
export function wantedSteps({ steps }: Pick<PersonPlanDraft, 'steps'>): PersonStep[] {
  return steps.filter(({ include }) => include).map(({ step }) => step);
}

/** What can be decided about a step. */
export const DECISIONS = ['do', 'package', 'leave'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The draft with another decision about one step. */
export function decide(draft: PersonPlanDraft, index: number, decision: Decision): PersonPlanDraft {
  const steps = draft.steps.map((each, at) => {
    if (at !== index) return each;
    const include = decision !== 'leave';
    const { step } = each;
    return step.kind === 'assign'
      ? { include, step: { ...step, keepPackage: decision === 'package' } }
      : { include, step };
  });
  return { ...draft, steps };
}
