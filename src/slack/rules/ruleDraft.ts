import { z } from 'zod';
import { parameterCodes } from '../../engine/core/parameter.ts';
import type { Rule } from '../../engine/readModels/rules.ts';
import { StructureChoice, startChoice } from '../kit/structureChoice.ts';

/** A rule being made or changed; the permission of one that is there stays. */
export const RuleDraft = StructureChoice.extend({
  ruleId: z.number().int().nullable(),
  name: z.string(),
  groupId: z.number().int().nullable(),
  /** The structure that it is for, by code. */
  structure: z.string().nullable(),
  applicationId: z.number().int().nullable(),
  permissionId: z.number().int().nullable(),
  value: z.string().nullable(),
});

export type RuleDraft = z.infer<typeof RuleDraft>;

/** A draft with nothing chosen. */
export function emptyRule(): RuleDraft {
  const audience = { groupId: null, structure: null };
  return {
    ruleId: null,
    name: '',
    ...audience,
    applicationId: null,
    permissionId: null,
    value: null,
    ...startChoice(),
  };
}

/** A rule as it is. */
export function ruleAsItIs({ id, name, audience, permission, value, param }: Rule): RuleDraft {
  return {
    ...{ ruleId: id, name, value, applicationId: permission.applicationId, permissionId: permission.id },
    groupId: audience.kind === 'group' ? audience.id : null,
    structure: audience.kind === 'structure' ? audience.code : null,
    ...startChoice(parameterCodes(param)),
  };
}
