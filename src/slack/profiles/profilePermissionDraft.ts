import { z } from 'zod';
import { StructureChoice } from '../kit/structureChoice.ts';

/** A permission being added to a profile, or changed in it. */
export const ProfilePermissionDraft = StructureChoice.extend({
  profileId: z.number().int(),
  /** Null until it is chosen; `adds` says whether it can be. */
  permissionId: z.number().int().nullable(),
  adds: z.boolean(),
  value: z.string().nullable(),
});

export type ProfilePermissionDraft = z.infer<typeof ProfilePermissionDraft>;
