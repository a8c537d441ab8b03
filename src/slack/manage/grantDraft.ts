import { z } from 'zod';
import { ALL_STRUCTURES, parameterCodes } from '../../engine/core/parameter.ts';
import type { WantedChange } from '../../engine/operations/planGrant.ts';
import type { HeldPermission } from '../../engine/readModels/manualGrants.ts';
import { StructureChoice, startChoice } from '../kit/structureChoice.ts';

/** A value and structures being chosen for one permission of one person. */
export const GrantDraft = StructureChoice.extend({
  userId: z.number().int(),
  permissionId: z.number().int(),
  value: z.string(),
});

export type GrantDraft = z.infer<typeof GrantDraft>;

/** Begins with what the person has, or had, of the permission; else with the lowest level. */
export function draftFor(userId: number, { permission, effective, access }: HeldPermission): GrantDraft {
  const held = effective ?? access.row;
  const value = held && permission.levels.includes(held.value) ? held.value : (permission.levels[0] ?? '');
  const structures = permission.scope === 'structures' && held ? parameterCodes(held.param) : [];
  return { userId, permissionId: permission.id, value, ...startChoice(structures) };
}

/** What a draft asks for. */
export function changeOf({ value, structures }: GrantDraft): WantedChange {
  return { kind: 'set', value, structures: structures.includes(ALL_STRUCTURES) ? [ALL_STRUCTURES] : structures };
}
