import { z } from 'zod';

/** A removal of assignments under way: of whom, and the plan last shown. */
export const UnassignDraft = z.object({
  /** Key of the operation, so that one confirmation is applied once. */
  key: z.uuid(),
  number: z.number().int(),
  userIds: z.array(z.number().int()).min(1),
  /** Members in the chosen structures and groups who are not among them, because they left. */
  leftOut: z.number().int().default(0),
  planHash: z.string(),
  optionsHash: z.string(),
});

export type UnassignDraft = z.infer<typeof UnassignDraft>;
