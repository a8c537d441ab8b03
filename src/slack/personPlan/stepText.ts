import type { PersonStep } from '../../engine/core/personPlan.ts';
import type { PersonPlanNames } from '../../engine/readModels/personPlan.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';

/** A step in words: ":heavy_plus_sign: Assign *package:1* Registrars". */
export function stepText(texts: Texts, step: PersonStep, { packages, permissions }: PersonPlanNames): string {
  const { steps } = texts.personPlan;
  if ('number' in step) {
    const name = packageName(texts, { number: step.number, name: packages.get(step.number) ?? '' });
    return steps[step.kind](name);
  }
  const permission = permissions.get(step.permissionId);
  const label = permission ? describePermission(texts, permission) : '–';
  return step.kind === 'disable'
    ? steps.disable(label)
    : steps.grant(label, describeValue(texts, step.value, step.param));
}
