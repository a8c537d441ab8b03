import { z } from 'zod';
import { parameterCodes } from '../../engine/core/parameter.ts';
import type { PackagePermission } from '../../engine/readModels/packages.ts';
import { StructureChoice, startChoice } from '../kit/structureChoice.ts';

/** A permission being added to a package: what is chosen so far, and what the structure filter shows. */
export const AddPermissionDraft = StructureChoice.extend({
  number: z.number().int(),
  applicationId: z.number().int().nullable(),
  permissionId: z.number().int().nullable(),
  value: z.string().nullable(),
});

export type AddPermissionDraft = z.infer<typeof AddPermissionDraft>;

/** A draft with nothing chosen. */
export function emptyDraft(number: number): AddPermissionDraft {
  return { number, applicationId: null, permissionId: null, value: null, ...startChoice() };
}

/** A draft of putting back a permission that was removed from the package, as it was. */
export function readdDraft(number: number, removed: PackagePermission): AddPermissionDraft {
  const { applicationId, permissionId, value, param } = removed;
  return { number, applicationId, permissionId, value, ...startChoice(parameterCodes(param)) };
}
