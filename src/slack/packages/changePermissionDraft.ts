import { z } from 'zod';
import { StructureChoice } from '../kit/structureChoice.ts';

/** A permission of a package being changed. */
export const ChangePermissionDraft = StructureChoice.extend({
  number: z.number().int(),
  permissionId: z.number().int(),
  value: z.string(),
});

export type ChangePermissionDraft = z.infer<typeof ChangePermissionDraft>;
